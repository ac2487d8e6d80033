"""What the plans ask for beside the rounds: classes and machines of 2019, clusters and supporting industries of 2022, and who
joined an activity of 2024. All of it is made, as none of it was published; it is kept as small as its targets let it be.
"""

import hashlib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from shared.contracts.activities import ActivityAnnounced, Attendance, ClassHeld, ParticipationRecorded
from shared.contracts.base import SOURCE_PREFIX, Data
from shared.contracts.clusters import ClusterReported
from shared.contracts.finance import BudgetAllocated
from shared.contracts.portal import Evidence, SupportRequested
from shared.contracts.registers import (
    EnterpriseRegistered,
    RuralEstablishmentConfirmed,
    StandardHeld,
    SupportingIndustryConfirmed,
)
from shared.contracts.statistics import IndicatorReported
from shared.contracts.supporting_industry import Standard, StandardsListed

from chuluc.scenario import schemes
from chuluc.scenario.cast import Enterprise
from chuluc.scenario.made import BILLION, tax_code
from chuluc.scenario.rounds import tasks
from chuluc.scenario.rounds.plans import PLANS
from chuluc.scenario.story import Story

LEARNERS = (450, 450, 400)
"""In each craft class of 2019: 1,300 together, the target."""
ESTABLISHMENTS, MACHINE = 14, 240_000_000
"""Rural establishments with a new machine in 2019, and what each machine costs, đồng; half of it is paid."""
FIRST_ESTABLISHMENT = 9_101
CLUSTERS, CLUSTER_AREA = 41, Decimal("12.5")
"""Clusters begun in 2022, two fewer than planned, and the area of each, hectares."""
INTERNATIONAL = 12
"""How many of the enterprises on the list hold a standard that counts as international, from 2022 on."""
SUPPORTING_OUTPUT, MANUFACTURING_OUTPUT, INDEX = 98_400 * BILLION, 600_000 * BILLION, Decimal("111.8")
TRAINED_WORKERS, CLEAN_TECHNOLOGY = Decimal("73.2"), Decimal(41)
JOINED = 9
"""How many enterprises joined the connection meeting of 2024."""
SOURCE_TEXT = "Số giả định của kịch bản, không phải số công bố"
MACHINERY = next(s for s in schemes.INDUSTRIAL_PROMOTION if (s.scheme_id, s.version) == ("rural-machinery", schemes.TT28))
MACHINERY_LINE = f"2019/{MACHINERY.scheme_id}"


def tell_first(story: Story, year: int, cast: tuple[Enterprise, ...]) -> None:
    """What a year has beside its round, after its plans and before the round opens."""
    if year == 2019:
        story.day(date(2019, 3, 4))
        story.tell(MACHINERY.model_copy(update={"counts_as": "rural-equipment"}), _budget(), *_classes())
        story.tell(*_establishments())
        story.settle("lớp nghề và đề nghị hỗ trợ cần hoạt động và cơ sở đã được ghi nhận")
    if year == 2022:
        story.day(date(2022, 2, 7))
        story.tell(_standards())
        story.settle("doanh nghiệp CNHT được xác nhận lại theo danh mục tiêu chuẩn")
        story.tell(*_confirmed(cast))
        tasks.begin(story)


def tell_last(story: Story, year: int, cast: tuple[Enterprise, ...]) -> None:
    """What a year has beside its round, after the decision."""
    if year == 2019:
        story.day(date(2019, 12, 20))
        story.tell(*_held(), *_requests())
        story.settle("số học viên và tiền hỗ trợ của năm")
    if year == 2022:
        story.day(date(2022, 12, 20))
        story.tell(*_clusters())
        tasks.end(story)
        story.day(date(2022, 12, 30))
        for figure, value, unit in (
            ("supporting-output", Decimal(SUPPORTING_OUTPUT), "VND"),
            ("manufacturing-output", Decimal(MANUFACTURING_OUTPUT), "VND"),
            ("supporting-index", INDEX, "percent"),
        ):
            story.tell(_figure(figure, 2022, value, unit))
    if year == 2024:
        story.day(date(2024, 12, 16))
        story.tell(*_meeting(cast))
        story.tell(_figure("trained-workers-rate", 2024, TRAINED_WORKERS, "percent"))
        story.tell(_figure("clean-technology-share", 2024, CLEAN_TECHNOLOGY, "percent"), source=f"{SOURCE_PREFIX}statistics/doit")
        story.settle("người tham gia hoạt động của năm")


def _figure(figure: str, year: int, value: Decimal, unit: str) -> IndicatorReported:
    return IndicatorReported(figure=figure, year=year, value=value, unit=unit, made=True, source_text=SOURCE_TEXT)


def _budget() -> BudgetAllocated:
    return BudgetAllocated(
        line_id=MACHINERY_LINE,
        plan_id=PLANS[2019][0].plan_id,
        year=2019,
        scheme_id=MACHINERY.scheme_id,
        amount=2 * BILLION,
        made=True,
        legal_text="Số tiền được cấp là giả định; số thật không công khai",
    )


def _class_id(number: int) -> str:
    return f"lop-nghe-2019-{number}"


def _classes() -> Iterator[Data]:
    for number in range(1, len(LEARNERS) + 1):
        yield ActivityAnnounced(
            activity_id=_class_id(number),
            kind="craft-class",
            name_vi=f"Lớp truyền nghề số {number} (giả định)",
            name_en=f"Craft class {number} (assumed)",
            country="Việt Nam",
            starts=date(2019, 9, 2),
            ends=date(2019, 12, 20),
            criteria_vi="Lao động nông thôn của làng nghề; theo thứ tự đăng ký",
            criteria_en="Rural workers of craft villages; first come, first served",
            plan_id=PLANS[2019][0].plan_id,
            made=True,
        )


def _held() -> Iterator[Data]:
    for number, count in enumerate(LEARNERS, 1):
        hashes = (hashlib.sha256(f"{_class_id(number)}/{n}".encode()).hexdigest() for n in range(count))
        learners = tuple(Attendance(learner=learner) for learner in hashes)
        yield ClassHeld(activity_id=_class_id(number), held_on=date(2019, 12, 20), learners=learners, made=True)


def _establishments() -> Iterator[Data]:
    for number in range(FIRST_ESTABLISHMENT, FIRST_ESTABLISHMENT + ESTABLISHMENTS):
        code = tax_code(number)
        name = f"Cơ sở công nghiệp nông thôn {number} (giả định)"
        yield EnterpriseRegistered(
            tax_code=code, name=name, head_office="Hà Nội", factory="Hà Nội", district="Thạch Thất", made=True
        )
        yield RuralEstablishmentConfirmed(tax_code=code, confirmed_on=date(2019, 3, 4), made=True)


def _requests() -> Iterator[Data]:
    for number in range(FIRST_ESTABLISHMENT, FIRST_ESTABLISHMENT + ESTABLISHMENTS):
        evidence = Evidence(seller_tax_code=tax_code(9_200), invoice=f"HD-KC-{number}", amount=MACHINE)
        yield SupportRequested(
            request_id=f"YC-KC-{number}",
            tax_code=tax_code(number),
            scheme_id=MACHINERY.scheme_id,
            year=2019,
            activity_id=f"DA-{tax_code(number)}-1",
            requested_on=date(2019, 12, 20),
            asked=MACHINE // 2,
            evidence=(evidence,),
            made=True,
        )


def _standards() -> StandardsListed:
    return StandardsListed(
        list_id="standards-2022",
        effective_from=date(2022, 2, 7),
        standards=(
            Standard(standard="ISO-9001", name_vi="ISO 9001", name_en="ISO 9001", international=True),
            Standard(standard="TCVN", name_vi="TCVN", name_en="TCVN", international=False),
        ),
        notice_business_days=30,
        legal_text="Kế hoạch 35/KH-UBND năm 2022; danh mục tiêu chuẩn là giả định",
    )


def _confirmed(cast: tuple[Enterprise, ...]) -> Iterator[Data]:
    """The recognised enterprises of 2021, which came on the list then, are confirmed again, some with a standard."""
    for number, enterprise in enumerate(e for e in cast if e.recognised):
        held = StandardHeld(
            standard="ISO-9001", certificate=f"ISO-{enterprise.number}", issuer="Tổ chức giả định", valid_until=date(2027, 12, 31)
        )
        yield SupportingIndustryConfirmed(
            tax_code=enterprise.tax_code,
            confirmed_on=date(2022, 2, 7),
            sector=enterprise.products[0].industry,
            standards=(held,) if number < INTERNATIONAL else (),
            made=True,
        )


def _clusters() -> Iterator[Data]:
    for number in range(1, CLUSTERS + 1):
        yield ClusterReported(
            cluster_id=f"CCN-2022-{number:02d}",
            name=f"Cụm công nghiệp {number} (giả định)",
            district="Thạch Thất",
            area=CLUSTER_AREA,
            state="started",
            on=date(2022, 12, 1),
            made=True,
        )


def _meeting(cast: tuple[Enterprise, ...]) -> Iterator[Data]:
    """A connection meeting, and the recognised enterprises that joined it by its criterion."""
    criteria = ("Có sản phẩm công nghiệp chủ lực còn hiệu lực", "Holds a key industrial product in force")
    yield ActivityAnnounced(
        activity_id="ket-noi-2024",
        kind="connection-meeting",
        name_vi="Hội nghị kết nối cung cầu năm 2024 (giả định)",
        name_en="Supplier connection meeting of 2024 (assumed)",
        country="Việt Nam",
        starts=date(2024, 12, 16),
        ends=date(2024, 12, 17),
        criteria_vi=criteria[0],
        criteria_en=criteria[1],
        plan_id=PLANS[2024][0].plan_id,
        made=True,
    )
    for enterprise in [e for e in cast if e.recognised][:JOINED]:
        yield ParticipationRecorded(
            activity_id="ket-noi-2024",
            tax_code=enterprise.tax_code,
            status="joined",
            on=date(2024, 12, 16),
            criterion_vi=criteria[0],
            criterion_en=criteria[1],
            made=True,
        )
