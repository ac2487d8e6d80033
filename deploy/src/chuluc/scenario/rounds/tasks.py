"""The tasks of the two plans of 2022: one of each task group and of each CNHT solution, with what became of them.

The groups and solutions are those of the plans; names, agencies, days and results are made. One is late, one was adjusted,
one was cancelled, of one a report is missing, and two agencies do the same for the same enterprises.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from shared.contracts.base import SOURCE_PREFIX
from shared.contracts.tasks import TaskAdjusted, TaskCancelled, TaskCompleted, TaskGroup, TaskIssued, TaskProgressReported

from chuluc.scenario.rounds.plans import PLANS
from chuluc.scenario.story import Story

KEY_PRODUCTS, CNHT = (plan.plan_id for plan in PLANS[2022])
LAST = date(2022, 12, 15)


def _task(number: int, group: TaskGroup, lead: str, names: tuple[str, str], targets: tuple[str, str], **more: Any) -> TaskIssued:
    fields = {
        "task_id": f"NV-2022-{number:02d}",
        "plan_id": CNHT if group.startswith("cnht-") else KEY_PRODUCTS,
        "year": 2022,
        "group": group,
        "name_vi": names[0],
        "name_en": names[1],
        "lead": lead,
        "starts": date(2022, 2, 7),
        "ends": LAST,
        "target_vi": targets[0],
        "target_en": targets[1],
        "for_whom": "recognition",
        "made": True,
    }
    return TaskIssued.model_validate(fields | more)


SUPPLIERS = {"for_whom": "supporting-industry"}
TASKS = (
    _task(
        1,
        "select-and-honour",
        "doit",
        ("Xét chọn, công nhận và tôn vinh sản phẩm", "Select, recognise and honour products"),
        ("30 – 35 sản phẩm", "30 to 35 products"),
        target=Decimal(30),
        for_whom="applicant",
    ),
    _task(
        2,
        "trade-and-investment-promotion",
        "hpa",
        ("Hội chợ công nghiệp chủ lực", "Fair of the key industries"),
        ("20 doanh nghiệp tham gia", "20 enterprises take part"),
        activity_kind="fair-at-home",
        **SUPPLIERS,
    ),
    _task(
        3,
        "investment-environment",
        "dpi",
        ("Rà soát thủ tục đầu tư", "Review the procedures of investment"),
        ("giảm 20 % thời gian", "20 % less time"),
        for_whom="everyone",
        reported_every=6,
    ),
    _task(
        4,
        "science-and-technology",
        "dost",
        ("Hỗ trợ đổi mới công nghệ", "Support the renewal of technology"),
        ("10 dự án", "10 projects"),
        activity_kind="investment-project",
        target=Decimal(10),
    ),
    _task(
        5,
        "human-resources",
        "dolisa",
        ("Đào tạo quản lý doanh nghiệp", "Train the managers of enterprises"),
        ("5 khóa", "5 courses"),
        activity_kind="training-course",
        ends=date(2022, 10, 31),
    ),
    _task(
        6,
        "mechanisms-and-policy",
        "doit",
        ("Trình quy chế sửa đổi", "Submit the amended rules"),
        ("một quy chế", "one set of rules"),
        for_whom="agency",
        ends=date(2022, 11, 30),
    ),
    _task(
        7,
        "cnht-supplier-connection",
        "doit",
        ("Kết nối doanh nghiệp CNHT tại hội chợ", "Connect suppliers at a fair"),
        ("25 doanh nghiệp", "25 enterprises"),
        activity_kind="fair-at-home",
        starts=date(2022, 8, 1),
        **SUPPLIERS,
    ),
    _task(
        8,
        "cnht-foreign-investment",
        "hpa",
        ("Xúc tiến đầu tư nước ngoài vào CNHT", "Promote foreign investment in supporting industries"),
        ("3 đoàn công tác", "3 missions"),
        activity_kind="trade-mission",
        **SUPPLIERS,
    ),
    _task(
        9,
        "cnht-management-systems",
        "doit",
        ("Tư vấn hệ thống quản lý", "Advise on management systems"),
        ("12 doanh nghiệp", "12 enterprises"),
        target=Decimal(12),
        **SUPPLIERS,
    ),
    _task(
        10,
        "cnht-research-and-transfer",
        "dost",
        ("Chuyển giao công nghệ cho doanh nghiệp CNHT", "Transfer technology to suppliers"),
        ("4 hợp đồng", "4 contracts"),
        **SUPPLIERS,
    ),
    _task(
        11,
        "cnht-yearly-information",
        "doit",
        ("Ấn phẩm thông tin CNHT hằng năm", "Yearly publication on supporting industries"),
        ("một ấn phẩm", "one publication"),
        **SUPPLIERS,
    ),
    _task(
        12,
        "cnht-other",
        "doit",
        ("Khởi công cụm công nghiệp", "Start industrial clusters"),
        ("43 cụm", "43 clusters"),
        target=Decimal(43),
        for_whom="everyone",
    ),
)
DONE = {
    1: ("33 sản phẩm được công nhận", Decimal(33)),
    2: ("22 doanh nghiệp tham gia", None),
    4: ("11 dự án", Decimal(11)),
    6: ("đã trình quy chế", None),
    7: ("26 doanh nghiệp được kết nối", None),
    9: ("12 doanh nghiệp", Decimal(12)),
    11: ("đã phát hành", None),
}
"""What was done, by the number of the task."""


def begin(story: Story) -> None:
    """The tasks are issued."""
    story.tell(*TASKS)


def end(story: Story) -> None:
    """What became of them by the end of the year: done, adjusted, cancelled, reported, or nothing said."""
    story.tell(
        TaskAdjusted(
            task_id=TASKS[9].task_id,
            adjusted_on=date(2022, 12, 20),
            ends=date(2023, 6, 30),
            reason="Bên nhận chưa bố trí được vốn đối ứng (giả định)",
            legal_text="Công văn điều chỉnh (giả định)",
            made=True,
        ),
        TaskCancelled(
            task_id=TASKS[7].task_id,
            cancelled_on=date(2022, 12, 20),
            reason="Hạn chế đi lại (giả định)",
            legal_text="Công văn điều chỉnh (giả định)",
            made=True,
        ),
    )
    story.settle("báo cáo tiến độ đến sau khi nhiệm vụ đã được giao và điều chỉnh")
    for number, (result, figure) in DONE.items():
        task = TASKS[number - 1]
        said = {"task_id": task.task_id, "agency": task.lead, "result_vi": f"{result} (giả định)", "figure": figure, "made": True}
        done = TaskCompleted.model_validate(said | {"completed_on": min(task.ends, LAST)})
        story.tell(done, source=f"{SOURCE_PREFIX}agencies/{task.lead}")
    story.tell(
        TaskProgressReported(
            task_id=TASKS[11].task_id,
            agency="doit",
            result_vi="41 cụm đã khởi công (giả định)",
            figure=Decimal(41),
            made=True,
            period_starts=date(2022, 2, 7),
            period_ends=date(2022, 12, 15),
        ),
        source=f"{SOURCE_PREFIX}agencies/doit",
    )
