"""What other services and the department tell reporting beside the recognitions: lists, clusters, classes, tasks."""

from datetime import date
from decimal import Decimal
from typing import Any

from shared.contracts.activities import ParticipationRecorded
from shared.contracts.clusters import ClusterRecorded
from shared.contracts.statistics import IndicatorReported
from shared.contracts.support_activities import BeneficiaryCounted, LearnersCounted
from shared.contracts.supporting_industry import SupplierDelisted, SupplierListed
from shared.contracts.tasks import TaskAdjusted, TaskCancelled, TaskCompleted, TaskIssued, TaskProgressReported
from unit.reporting import story


def listed(n: int, confirmed_on: date = date(2021, 12, 1), *, international: bool = False) -> SupplierListed:
    return SupplierListed(
        tax_code=story.tax_code(n),
        name=story.name(n),
        sectors=("mechanical",),
        capabilities=(),
        standards=(),
        international=international,
        confirmed_on=confirmed_on,
    )


def delisted(n: int, left_on: date) -> SupplierDelisted:
    return SupplierDelisted(tax_code=story.tax_code(n), left_on=left_on, why="removed", reason="ngừng sản xuất")


def cluster(n: int, started_on: date | None, area: str = "20", on: date | None = None) -> ClusterRecorded:
    return ClusterRecorded(
        cluster_id=f"CCN-{n}",
        name=f"Cụm công nghiệp {n}",
        district="Thạch Thất",
        area=Decimal(area),
        state="started" if started_on else "established",
        on=on or started_on or date(2021, 5, 5),
        started_on=started_on,
    )


def learners(activity: str, learners: int, *employers: int, kind: Any = "craft-class", year: int = 2021) -> LearnersCounted:
    codes = tuple(story.tax_code(n) for n in employers)
    return LearnersCounted(activity_id=activity, kind=kind, year=year, added=1, learners=learners, employers=codes)


def beneficiary(n: int, request: str, *, counted: bool = True, figure: str = "rural-equipment") -> BeneficiaryCounted:
    return BeneficiaryCounted(
        tax_code=story.tax_code(n), year=2021, counts_as=figure, request_id=request, counted=counted, made=False
    )


def joined(n: int, activity: str, status: Any = "joined", on: date = date(2021, 9, 1)) -> ParticipationRecorded:
    return ParticipationRecorded(
        activity_id=activity,
        tax_code=story.tax_code(n),
        status=status,
        on=on,
        criterion_vi="Có sản phẩm xuất khẩu",
        criterion_en="Has exported products",
    )


def reported(
    figure: str, value: int | str, unit: str = "VND", starts: date | None = None, ends: date | None = None, year: int = 2021
) -> IndicatorReported:
    return IndicatorReported(
        figure=figure, year=year, value=Decimal(value), unit=unit, starts=starts, ends=ends, source_text="Niên giám"
    )


def task(id: str = "T1", **changes: Any) -> TaskIssued:
    fields: dict[str, Any] = {
        "task_id": id,
        "plan_id": story.PLAN,
        "year": 2021,
        "group": "trade-and-investment-promotion",
        "name_vi": f"Tổ chức hội chợ {id}",
        "name_en": f"Hold fair {id}",
        "lead": "hpa",
        "joint": ("doit",),
        "starts": date(2021, 4, 1),
        "ends": date(2021, 11, 30),
        "target_vi": "30 doanh nghiệp",
        "target_en": "30 enterprises",
        "target": Decimal(30),
        "for_whom": "supporting-industry",
        "activity_kind": "fair-at-home",
        "reported_every": 3,
    }
    return TaskIssued(**{**fields, **changes})


def adjusted(id: str = "T1", **changes: Any) -> TaskAdjusted:
    fields = {"task_id": id, "adjusted_on": date(2021, 9, 6), "reason": "dịch bệnh", "legal_text": "Công văn 12"}
    return TaskAdjusted(**{**fields, **changes})


def progress(
    id: str = "T1", starts: date = date(2020, 4, 1), ends: date = date(2020, 6, 30), **more: Any
) -> TaskProgressReported:
    said = {"agency": "hpa", "result_vi": "đã xong một nửa", **more}
    return TaskProgressReported(task_id=id, period_starts=starts, period_ends=ends, **said)


def completed(id: str = "T1", on: date = date(2020, 11, 15), **more: Any) -> TaskCompleted:
    said = {"agency": "hpa", "result_vi": "đã hoàn thành", "result_en": "done", **more}
    return TaskCompleted(task_id=id, completed_on=on, **said)


def cancelled(id: str = "T1", on: date = date(2021, 10, 4)) -> TaskCancelled:
    return TaskCancelled(task_id=id, cancelled_on=on, reason="dịch bệnh", legal_text="Công văn 13")
