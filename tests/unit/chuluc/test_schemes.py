"""Every scheme of the plans: what the texts give, written down here a second time, and decided as the service decides."""

from datetime import date

import pytest
from chuluc.scenario.schemes import EVERY_SCHEME
from shared.contracts.activities import ActivityAnnounced
from shared.contracts.applications import EnterpriseRecorded
from shared.contracts.base import Data
from shared.contracts.finance import BudgetAllocated
from shared.contracts.portal import Evidence, SupportRequested
from shared.contracts.registers import RuralEstablishmentConfirmed
from shared.contracts.support import SupportDeclined, SupportGranted
from shared.testing.memory import run
from support.domain.caps import caps_of
from support.domain.scheme_faults import faults_of
from support.domain.schemes import Scheme
from support.main import service

A = "0100000001"
MILLION = 1_000_000
OPEN = None

# Scheme, version: rate in per cent, caps in triệu đồng by unit; as the table of the domain and the pages behind it have them.
TABLE = {
    ("cnht-fair-abroad", "TT29-2018"): (100, [("fair-edition", 150)]),
    ("cnht-fair-at-home", "TT29-2018"): (70, [("fair-edition", 12)]),
    ("cnht-mission-abroad", "TT29-2018"): (100, [("mission", 28), ("mission", 42), ("mission", 70)]),
    ("cnht-technology-renewal", "KH35-2022"): (50, []),
    ("research", "ND111-2015"): (70, []),
    ("technology-transfer", "ND111-2015"): (70, []),
    ("licences-and-patents", "ND111-2015"): (70, []),
    ("software", "ND111-2015"): (70, []),
    ("foreign-experts", "ND111-2015"): (70, []),
    ("trial-production", "ND111-2015"): (70, []),
    ("management-systems", "TT29-2018"): (100, []),
    ("capability-assessment", "TT29-2018"): (100, []),
    ("training", "TT29-2018"): (70, []),
    ("craft-class", "KH-2018-2024"): (100, [("learner", 2)]),
    ("rural-machinery", "TTLT26-2014"): (50, [("establishment", 200)]),
    ("rural-machinery", "TT28-2018"): (50, [("establishment", 300)]),
    ("rural-model", "TTLT26-2014"): (30, [("project", 500)]),
    ("rural-model", "TT28-2018"): (30, [("project", 1_000)]),
    ("supplier-connection", "KH-2018-2024"): OPEN,
    ("online-connection", "KH-2018-2024"): OPEN,
    ("city-cnht-fair", "KH-2018-2024"): OPEN,
    ("publicity", "KH-2018-2024"): OPEN,
    ("programme-logo", "KH-2018-2024"): OPEN,
    ("ceremony", "KH-2018-2024"): OPEN,
}


def test_every_row_of_the_table_is_there_with_its_rate_and_caps() -> None:
    found = {
        (s.scheme_id, s.version): OPEN if s.in_kind else (s.rate_percent, [(c.unit, c.amount // MILLION) for c in s.caps])
        for s in EVERY_SCHEME
    }
    assert found == TABLE
    assert len(EVERY_SCHEME) == len(TABLE)


@pytest.mark.parametrize("scheme", EVERY_SCHEME, ids=lambda s: f"{s.scheme_id}-{s.version}")
def test_scheme_can_be_issued_and_names_its_text(scheme) -> None:
    assert faults_of(scheme) == []
    assert scheme.legal_text.startswith(("Thông tư", "Kế hoạch", "Nghị định", "các kế hoạch"))
    assert "giả định" in scheme.legal_text
    assert all(cap.clause for cap in scheme.caps)


def test_all_of_them_are_taken_in() -> None:
    city = run(service, *EVERY_SCHEME)
    assert city.refusals == []
    assert sum(len(scheme.versions) for scheme in city["support"].all(Scheme)) == len(EVERY_SCHEME)


def asked(scheme_id: str, day: date, cost: int, project: str = "p1", **changes: object) -> SupportRequested:
    """A request for all of one invoice, in triệu đồng."""
    id = f"{scheme_id}-{day}-{project}"
    evidence = (Evidence(seller_tax_code="0309999999", invoice=id, amount=cost * MILLION),)
    facts = {"request_id": id, "tax_code": A, "scheme_id": scheme_id, "year": 2021, "activity_id": project, "requested_on": day}
    return SupportRequested.model_validate(facts | {"asked": cost * MILLION, "evidence": evidence} | changes)


def announced(kind: str, **changes: object) -> ActivityAnnounced:
    """An activity of a kind, known by it."""
    words = {"name_vi": "Hoạt động (giả định)", "name_en": "An activity (assumed)", "country": "Việt Nam"}
    words |= {"criteria_vi": "Theo thứ tự đăng ký", "criteria_en": "First come, first served"}
    facts = {"activity_id": kind, "kind": kind, "starts": date(2021, 9, 1), "ends": date(2021, 9, 3)}
    return ActivityAnnounced.model_validate(facts | words | changes)


def granted(*requests: SupportRequested) -> list[int | tuple[str, ...]]:
    """What each request gets, in triệu đồng, or why it gets nothing."""
    lines: list[Data] = [
        BudgetAllocated(
            line_id=f"2021/{id}", plan_id="60", year=2021, scheme_id=id, amount=10**11, legal_text="Phân bổ (giả định)"
        )
        for id in sorted({r.scheme_id for r in requests})
    ]
    who = (
        EnterpriseRecorded(tax_code=A, name="Cơ sở", in_the_city=True, supporting_industry=True),
        RuralEstablishmentConfirmed(tax_code=A, confirmed_on=date(2014, 1, 1)),
    )
    offered = [announced(kind) for kind in ("training-course", "craft-class")] + [announced("trade-mission", region="europe")]
    city = run(service, *EVERY_SCHEME, *offered, *who, *lines, *requests)
    assert city.refusals == []
    outcome: dict[str, int | tuple[str, ...]] = {g.request_id: g.amount // MILLION for g in city.of_type(SupportGranted)}
    outcome |= {d.request_id: tuple(r.slug for r in d.reasons) for d in city.of_type(SupportDeclined)}
    return [outcome[r.request_id] for r in requests]


BEFORE, AFTER = date(2018, 5, 14), date(2018, 5, 15)
OLD, NEW = date(2017, 6, 1), date(2021, 6, 1)
A_LINE = {"traits": ("technology-line",)}


@pytest.mark.parametrize(
    ("requests", "expected"),
    [
        ([asked("rural-machinery", BEFORE, 1_000)], [200]),
        ([asked("rural-machinery", AFTER, 1_000)], [300]),
        ([asked("rural-machinery", NEW, 1_000, **A_LINE)], [450]),
        ([asked("rural-machinery", NEW, 500)], [250]),
        ([asked("rural-machinery", OLD, 1_000), asked("rural-machinery", NEW, 1_000, "p2")], [200, 100]),
        ([asked("rural-machinery", NEW, 1_000), asked("rural-machinery", NEW, 1_000, "p2")], [300, ("nothing-to-pay",)]),
        ([asked("rural-model", BEFORE, 5_000)], [500]),
        ([asked("rural-model", AFTER, 5_000), asked("rural-model", NEW, 2_000, "p2")], [1_000, 600]),
        ([asked("cnht-technology-renewal", date(2022, 2, 1), 7_000)], [3_500]),
        ([asked("research", NEW, 100), asked("software", NEW, 10, "p2")], [70, 7]),
        ([asked("management-systems", NEW, 80)], [80]),
        ([asked("training", NEW, 100, "training-course")], [70]),
        ([asked("craft-class", NEW, 100, "craft-class", learners=30)], [60]),
        ([asked("cnht-mission-abroad", NEW, 100, "trade-mission")], [42]),
    ],
)
def test_scheme_pays_what_its_text_says(requests: list[SupportRequested], expected: list[int | tuple[str, ...]]) -> None:
    assert granted(*requests) == expected


@pytest.mark.parametrize(
    ("region", "most"),
    [("asia", 28), ("europe", 42), ("north-america", 42), ("west-asia", 42), ("south-america", 70), (None, 28)],
)
def test_mission_abroad_is_capped_by_its_region(region: str | None, most: int) -> None:
    version = next(s for s in EVERY_SCHEME if s.scheme_id == "cnht-mission-abroad")
    request = asked("cnht-mission-abroad", NEW, 100)
    (bound,) = caps_of(version, request, request.tax_code, region)
    assert bound.limit == most * MILLION
