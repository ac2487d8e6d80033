"""Events of several keys in any order end the same; only the order within a key is kept, as the log keeps it."""

from datetime import date, timedelta
from typing import Any

from applications.domain.application import Application
from applications.domain.evidence import Flag
from applications.main import service
from hypothesis import given, settings
from hypothesis import strategies as st
from shared.contracts.base import Data
from shared.contracts.portal import SupplementFiled, WithdrawalFiled
from shared.contracts.registers import AnnualResultReported
from shared.testing.memory import run
from unit.applications.facts import MISA, RULES, figures, filed, opened, papers, registered
from unit.applications.test_rounds import extended
from unit.applications.test_supplements import day

FILED = date(2021, 8, 20)
CLOSES = date(2021, 8, 31)
COMPARED = RULES.model_copy(update={"figures_tolerance_percent": 5})


def lacking(id: str, **changes: Any) -> Data:
    return filed(id, **{"received": FILED, "documents": papers(("form", "description"), FILED)} | changes)


def answer(id: str, received: date) -> Data:
    documents = papers(("business-registration",), received)
    return SupplementFiled(application_id=id, tax_code=MISA, received=received, documents=documents)


FIRST_DUE = date(2021, 8, 27)
FIRST_DAY = day(date(2021, 8, 19))
DEPARTMENT: tuple[Data, ...] = (
    COMPARED,
    opened(supplement_business_days=5, second_dossier="replaces"),
    day(FILED),
    extended(date(2021, 9, 10)),
)
LATER_DAYS: tuple[Data, ...] = tuple(day(FIRST_DUE + timedelta(days=n)) for n in (1, 5, 20))
REGISTERS: tuple[Data, ...] = (
    registered(),
    AnnualResultReported(tax_code=MISA, year=2020, production_value=90 * 10**9, exports_usd=0),
)
PORTAL: tuple[Data, ...] = (
    lacking("A1"),
    lacking("A2"),
    filed("A3", product_id="sme", received=CLOSES + timedelta(days=2)),
    lacking("A4", product_id="eshop"),
    filed("A5", product_id="cukcuk", received=CLOSES + timedelta(days=30)),
    filed("A6", product_id="mimosa", received=FILED, figures=figures((2019, 10**11, 0), (2020, 10**11 + 1, 0))),
    answer("A1", FIRST_DUE),
    answer("A4", FIRST_DUE + timedelta(days=1)),
    WithdrawalFiled(application_id="A6", tax_code=MISA, filed_on=FIRST_DUE, reason="Rút"),
    WithdrawalFiled(application_id="A2", tax_code=MISA, filed_on=FIRST_DUE, reason="Rút"),
)


@st.composite
def interleavings(draw: st.DrawFn) -> list[Data]:
    """The publishers' events in one order, each publisher's own order kept."""
    left = [list(DEPARTMENT), list(REGISTERS), list(PORTAL)]
    order: list[Data] = []
    while any(left):
        order.append(draw(st.sampled_from([publisher for publisher in left if publisher])).pop(0))
    return order


def end(events: list[Data]) -> tuple[list[Application], list[Flag], dict[str, str]]:
    ran = run(service, FIRST_DAY, *events)["applications"]
    return ran.all(Application), ran.all(Flag), ran.held


EXPECTED = end([*DEPARTMENT, *REGISTERS, *PORTAL, *LATER_DAYS])


@settings(max_examples=60, deadline=None)
@given(interleavings(), st.integers(0, 4))
def test_publishers_may_come_in_any_order(order: list[Data], late: int) -> None:
    """Also where the portal's last events come after the ticks of the deadlines."""
    straggling = PORTAL[len(PORTAL) - late :]
    events = [event for event in order if event not in straggling]
    assert end([*events, *LATER_DAYS[:1], *straggling, *LATER_DAYS[1:]]) == EXPECTED


def test_end_of_the_story_is_the_one_the_rules_give() -> None:
    applications, flags, held = EXPECTED
    assert {a.application_id: (a.state, [r.slug for r in a.reasons]) for a in applications} == {
        "A1": ("accepted", []),
        "A2": ("withdrawn", []),
        "A3": ("accepted", []),
        "A4": ("rejected", ["supplement-not-filed", "documents-missing"]),
        "A5": ("rejected", ["received-late"]),
        "A6": ("withdrawal-asked", []),
    }
    assert {flag.application_id for flag in flags} == {"A1", "A2", "A3", "A4", "A5", "A6"}
    assert held == {}


def test_every_kind_of_document_survives_being_stored() -> None:
    ran = run(service, FIRST_DAY, *DEPARTMENT, *REGISTERS, *PORTAL)["applications"]
    same = {
        kind.collection
        for kind in service.documents.values()
        for document in ran.all(kind)
        if kind.model_validate(document.model_dump(mode="json")) == document
    }
    kept = {"eligibility_rules", "rounds", "open_rounds", "applications", "product_dossiers"}
    assert same >= kept | {"due_days", "due_supplements", "year_evidence", "flags"}
