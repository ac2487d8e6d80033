"""Words of the tasks of the plans: groups, agencies, whom they are for, how they stand."""

from shared.words import Words

GROUPS: dict[str, Words] = {
    "select-and-honour": Words("Xét chọn, tôn vinh", "Select and honour"),
    "trade-and-investment-promotion": Words("Xúc tiến thương mại, đầu tư", "Trade and investment promotion"),
    "investment-environment": Words("Môi trường đầu tư", "Investment environment"),
    "science-and-technology": Words("Khoa học và công nghệ", "Science and technology"),
    "human-resources": Words("Nguồn nhân lực", "Human resources"),
    "mechanisms-and-policy": Words("Cơ chế, chính sách", "Mechanisms and policy"),
    "cnht-supplier-connection": Words("CNHT: kết nối cung cầu", "Supporting industries: supplier connection"),
    "cnht-foreign-investment": Words("CNHT: thu hút đầu tư nước ngoài", "Supporting industries: foreign investment"),
    "cnht-management-systems": Words("CNHT: hệ thống quản lý", "Supporting industries: management systems"),
    "cnht-research-and-transfer": Words(
        "CNHT: nghiên cứu, chuyển giao công nghệ", "Supporting industries: R&D and technology transfer"
    ),
    "cnht-yearly-information": Words("CNHT: thông tin hằng năm", "Supporting industries: yearly information"),
    "cnht-other": Words("CNHT: giải pháp khác", "Supporting industries: other solutions"),
}

FOR_WHOM: dict[str, Words] = {
    "recognition": Words("doanh nghiệp có sản phẩm được công nhận", "enterprises with a recognised product"),
    "supporting-industry": Words("doanh nghiệp công nghiệp hỗ trợ", "supporting industries"),
    "rural-establishment": Words("cơ sở công nghiệp nông thôn", "rural establishments"),
    "applicant": Words("doanh nghiệp đăng ký xét chọn", "enterprises that apply"),
    "agency": Words("cơ quan nhà nước", "agencies"),
    "everyone": Words("mọi người", "everyone"),
}

AGENCIES: dict[str, Words] = {
    "doit": Words("Sở Công Thương", "Department of Industry and Trade"),
    "dpi": Words("Sở Kế hoạch và Đầu tư", "Department of Planning and Investment"),
    "dost": Words("Sở Khoa học và Công nghệ", "Department of Science and Technology"),
    "dolisa": Words("Sở Lao động – Thương binh và Xã hội", "Department of Labour"),
    "dof": Words("Sở Tài chính", "Department of Finance"),
    "hpa": Words("Trung tâm Xúc tiến Đầu tư, Thương mại, Du lịch", "Promotion Agency (HPA)"),
}

TASK_STATES: dict[str, Words] = {
    "done": Words("Hoàn thành", "Done"),
    "cancelled": Words("Đã hủy", "Cancelled"),
    "late": Words("Quá hạn", "Late"),
    "report-due": Words("Chưa báo cáo", "Report is due"),
    "running": Words("Đang thực hiện", "Under way"),
    "not-begun": Words("Chưa bắt đầu", "Not begun"),
}

PAGE = {
    "tasks": Words("Nhiệm vụ của kế hoạch", "Tasks of the plan"),
    "tasks_none": Words("Chưa có nhiệm vụ nào được giao cho năm này.", "No task has been issued for this year."),
    "tasks_not_found": Words("Không có nhiệm vụ nào theo điều kiện này.", "No task fits these conditions."),
    "tasks_late": Words("Cần đôn đốc", "Need attention"),
    "tasks_filter": Words("Lọc nhiệm vụ", "Filter the tasks"),
    "task": Words("Nhiệm vụ", "Task"),
    "task_group": Words("Nhóm nhiệm vụ", "Group"),
    "task_agency": Words("Cơ quan", "Agency"),
    "task_all": Words("Tất cả", "All"),
    "task_late_only": Words("Chỉ nhiệm vụ quá hạn hoặc chưa báo cáo", "Only those late or without a report"),
    "task_show": Words("Hiện", "Show"),
    "task_lead": Words("Chủ trì", "Lead"),
    "task_joint": Words("phối hợp", "with"),
    "task_days": Words("Thời gian", "From – to"),
    "task_target": Words("Mục tiêu", "Target"),
    "task_for": Words("Đối tượng", "For"),
    "task_state": Words("Tình trạng", "State"),
    "task_result": Words("Kết quả mới nhất", "Latest result"),
    "task_history": Words("Điều chỉnh và báo cáo", "Adjustments and reports"),
    "task_overlaps": Words("Trùng đối tượng và thời gian với", "Same people and time as"),
    "task_due": Words("chưa có báo cáo của kỳ đến", "no report of the period to"),
    "task_changed": Words("Điều chỉnh", "Adjusted"),
    "task_reported": Words("Báo cáo kỳ", "Report of"),
    "task_replaced": Words("thay báo cáo trước của kỳ này", "replaces the earlier report of this period"),
}
