"""Labels of the operators' page."""

from shared.words import Words

PAGE = {
    "operations": Words("Luồng sự kiện của các dịch vụ", "The event flow of the services"),
    "operations_note": Words(
        "Số liệu tại thời điểm mở trang, do từng tiến trình tự báo; mở lại trang để cập nhật.",
        "As each instance says of itself at the moment this page was opened; open it again for newer figures.",
    ),
    "operations_none": Words(
        "Chưa khai báo địa chỉ của các dịch vụ: đặt biến SERVICES của dịch vụ báo cáo, ví dụ "
        '{"scoring": ["http://scoring:8000"]}, rồi khởi động lại.',
        'The addresses of the services are not set: set SERVICES of the reporting service, for example {"scoring": '
        '["http://scoring:8000"]}, and start it again.',
    ),
    "operations_well": Words(
        "Mọi tiến trình đều sẵn sàng, không có sự kiện nào bị lỗi.", "Every instance is ready and no event has failed."
    ),
    "operations_look": Words("Cần xem ngay", "To be looked at now"),
    "service": Words("Dịch vụ", "Service"),
    "day_reached": Words("Ngày đã xử lý đến", "Day it has come to"),
    "unread": Words("Chưa đọc", "Unread"),
    "lag": Words("Chưa xử lý", "Unhandled"),
    "unsent": Words("Chưa gửi", "Unsent"),
    "held_waiting": Words("Đang chờ sự kiện khác", "Waiting for others"),
    "dead": Words("Bị lỗi", "Dead letters"),
    "refused": Words("Đã từ chối", "Refused"),
    "handled": Words("Đã xử lý từ khi chạy", "Handled since it started"),
    "ready": Words("Sẵn sàng", "Ready"),
    "not_ready": Words("Chưa sẵn sàng", "Not ready"),
    "silent": Words("Không trả lời", "No answer"),
    "partitions": Words("Phân vùng", "Partitions"),
    "partition": Words("Phân vùng", "Partition"),
    "next_record": Words("Bản ghi kế tiếp", "Next record"),
    "log_end": Words("Cuối nhật ký", "End of its log"),
    "published": Words("Đã gửi", "Published"),
    "made_events": Words("Đã tạo", "Made"),
    "explained": Words("Các cột nghĩa là gì và cần làm gì", "What the columns mean, and what to do"),
    "explain_unread": Words(
        "sự kiện đã có trên các chủ đề nhưng chưa vào nhật ký của dịch vụ; tăng mãi: xem lag-grows trong deploy/runbooks",
        "events on the topics, not in the log of the service yet; where it keeps growing see lag-grows in deploy/runbooks",
    ),
    "explain_lag": Words(
        "sự kiện trong nhật ký của dịch vụ chưa được xử lý; tăng mãi: xem lag-grows",
        "events in the log of the service that are not handled yet; where it keeps growing see lag-grows",
    ),
    "explain_unsent": Words(
        "sự kiện đã quyết định nhưng chưa lên Kafka; cũ dần: xem outbox-ages",
        "events decided on and not on Kafka yet; where they grow old see outbox-ages",
    ),
    "explain_waiting": Words(
        "hàng đợi của đối tượng chờ một sự kiện chưa đến; xem records-held",
        "queues of subjects that wait for an event that has not come; see records-held",
    ),
    "explain_dead": Words(
        "hàng đợi dừng vì lỗi của chương trình; người vận hành quyết định xử lý lại hay bỏ: xem dead-letters",
        "queues stopped by a fault of the program; an operator decides to try again or discard: see dead-letters",
    ),
    "explain_refused": Words(
        "sự kiện bị từ chối và đã trả lời người gửi; tăng nhanh: xem refusals-rise",
        "events refused and answered to their publishers; where it rises see refusals-rise",
    ),
}
