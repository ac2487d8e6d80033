"""Any valid events in any order: each is handled, refused or waits; no handler fails, and no day stands still."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from applications.main import service
from hypothesis import given, settings
from hypothesis import strategies as st
from shared.contracts.applications import Reason
from shared.contracts.base import Data, make_event
from shared.contracts.clusters import ClusterReported
from shared.contracts.demand import DemandClosed, DemandPosted
from shared.contracts.department import CalendarIssued, DayStarted, EligibilityRulesIssued, RoundExtended, RoundOpened
from shared.contracts.districts import EnterpriseNominated
from shared.contracts.portal import ApplicationFiled, Paper, SupplementFiled, WithdrawalFiled, YearFigures
from shared.contracts.registers import (
    AnnualResultReported,
    Capability,
    EnterpriseRegistered,
    EnterprisesMerged,
    StandardHeld,
    SupportingIndustryConfirmed,
    SupportingIndustryNominated,
    SupportingIndustryRemoved,
    TaxCodeChanged,
)
from shared.contracts.runtime import RecordDeadLettered
from shared.contracts.scoring import DossierWithdrawn, WithdrawalDeclined
from shared.contracts.supporting_industry import Standard, StandardsListed
from shared.testing.memory import run
from unit.applications.facts import HABECO, MISA, RULES, VINAMILK, filed, opened, registered
from unit.applications.test_demands import posted
from unit.applications.test_rounds import extended
from unit.applications.test_suppliers import confirmed, listed

# The first and last day a contract takes.
FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)

HOUSEHOLD = "001099012345"
LONGEST = "á" * 2000
CODES = st.sampled_from((MISA, f"{MISA}-001", VINAMILK, HABECO, HOUSEHOLD, "0101243151"))
KEYS = st.sampled_from((MISA, VINAMILK, HABECO, HOUSEHOLD))
TEXTS = st.sampled_from(("Hà Nội", "Bắc Ninh", "chiếc", " ", "\u0301", LONGEST))
IDS = st.sampled_from(("a", "b", "c/1", "x" * 120))
KINDS = tuple(f"{n}".rjust(120, "k") for n in range(25))
DAYS = st.one_of(st.dates(date(2021, 5, 1), date(2021, 12, 31)), st.sampled_from((FIRST, LAST)))
NEAR = st.dates(date(2021, 5, 1), date(2021, 12, 31))
MONEY = st.sampled_from((0, 10**9, 10**11, 10**15))
USD = st.sampled_from((0, 10**6, 10**12))
AMOUNTS = st.sampled_from((Decimal("0.001"), Decimal(100), Decimal(10**14)))
YEARS = st.sampled_from((2018, 2019, 2020, 2021))


def some(kind: type[Data], /, **fields: Any) -> st.SearchStrategy[Data]:
    return st.builds(kind, **fields)


def few(values: st.SearchStrategy[Any], least: int = 0, most: int = 3) -> st.SearchStrategy[Any]:
    return st.lists(values, min_size=least, max_size=most).map(tuple)


FIGURES = few(some(YearFigures, year=YEARS, revenue=MONEY, exports_usd=USD))
PAPERS = few(
    some(
        Paper,
        kind=st.sampled_from(KINDS[:3]),
        name=TEXTS,
        media_type=st.just("application/pdf"),
        size=st.just(1),
        sha256=st.just("0" * 64),
        received=DAYS,
        valid_until=st.none() | DAYS,
    )
)
MANY = st.sampled_from(((), KINDS[:2], KINDS))
HELD = few(some(StandardHeld, standard=IDS, certificate=TEXTS, issuer=TEXTS, valid_until=DAYS))
MAKES = few(some(Capability, product=TEXTS, capacity=AMOUNTS, unit=TEXTS))
COMMITMENTS = few(st.sampled_from(KINDS[:2]))
REASONS = some(Reason, slug=st.just("late"), vi=TEXTS, en=TEXTS)
PATHS = st.sampled_from(("high-tech", "other", "handicraft", "start-up"))
INDUSTRY = st.sampled_from(("mechanical", "handicraft"))
ROUNDS, DOSSIERS, PRODUCTS = st.sampled_from(("2021", "2021-b")), st.sampled_from("ABCD"), st.sampled_from(("p", "q"))

EVENTS = st.one_of(
    some(
        EligibilityRulesIssued,
        rules_id=st.just("r"),
        effective_from=DAYS,
        high_tech_revenue=st.just(10**9),
        other_revenue=st.just(10**10),
        handicraft_exports_usd=st.just(10**6),
        required_documents=MANY,
        high_tech_commitments=MANY,
        years_of_figures=st.integers(2, 10),
        figures_tolerance_percent=st.sampled_from((None, 0, 5)),
        legal_text=TEXTS,
    ),
    some(
        RoundOpened,
        round_id=ROUNDS,
        year=st.just(2021),
        plan_id=st.just("p"),
        rules_id=st.just("r"),
        criteria_id=st.just("c"),
        opens=st.just(date(2021, 5, 1)),
        closes=NEAR,
        validity_months=st.just(24),
        supplement_business_days=st.sampled_from((0, 5, 250)),
        supplements_until=st.none() | DAYS,
        second_dossier=st.sampled_from(("refused", "replaces")),
        legal_text=TEXTS,
    ),
    some(RoundExtended, round_id=ROUNDS, closes=DAYS, legal_text=TEXTS),
    some(CalendarIssued, calendar_id=IDS, holidays=few(DAYS), legal_text=TEXTS),
    some(DayStarted, date=NEAR),
    some(
        EnterpriseRegistered,
        tax_code=CODES,
        name=TEXTS,
        head_office=TEXTS,
        factory=st.none() | TEXTS,
        district=st.none() | TEXTS,
        since=st.none() | DAYS,
    ),
    some(TaxCodeChanged, former=CODES, tax_code=CODES, changed_on=DAYS),
    some(EnterprisesMerged, absorbed=KEYS, kept=KEYS, merged_on=DAYS, why=st.sampled_from(("duplicate", "merged"))),
    some(
        SupportingIndustryConfirmed,
        tax_code=CODES,
        confirmed_on=DAYS,
        sector=TEXTS,
        more_sectors=few(TEXTS),
        capabilities=MAKES,
        standards=HELD,
    ),
    some(SupportingIndustryNominated, tax_code=CODES, year=st.just(2021), nominated_on=DAYS, reason=TEXTS),
    some(SupportingIndustryRemoved, tax_code=CODES, removed_on=DAYS, reason=TEXTS),
    some(AnnualResultReported, tax_code=CODES, year=YEARS, production_value=MONEY, exports_usd=USD),
    some(
        EnterpriseNominated,
        tax_code=CODES,
        district=TEXTS,
        programme=st.sampled_from(("key-product", "supporting-industry")),
        year=st.just(2021),
        nominated_on=DAYS,
        reason=TEXTS,
    ),
    some(
        StandardsListed,
        list_id=IDS,
        effective_from=DAYS,
        standards=few(some(Standard, standard=IDS, name_vi=TEXTS, name_en=TEXTS, international=st.booleans()), 1),
        notice_business_days=st.sampled_from((0, 5, 250)),
        legal_text=TEXTS,
    ),
    some(
        DemandPosted,
        demand_id=IDS,
        buyer=TEXTS,
        buyer_tax_code=st.none() | CODES,
        sector=TEXTS,
        product=TEXTS,
        standards=few(IDS),
        capacity=AMOUNTS,
        unit=TEXTS,
        posted_on=DAYS,
        until=DAYS,
    ),
    some(DemandClosed, demand_id=IDS, closed_on=DAYS, reason=TEXTS),
    some(
        ClusterReported,
        cluster_id=IDS,
        name=TEXTS,
        district=TEXTS,
        area=st.just(Decimal("12.5")),
        state=st.sampled_from(("planned", "established", "started", "operating")),
        on=DAYS,
    ),
    some(
        ApplicationFiled,
        application_id=DOSSIERS,
        round_id=ROUNDS,
        tax_code=CODES,
        product_id=PRODUCTS,
        product_name=TEXTS,
        industry=INDUSTRY,
        path=PATHS,
        received=DAYS,
        figures=FIGURES,
        documents=PAPERS,
        commitments=COMMITMENTS,
    ),
    some(
        SupplementFiled,
        application_id=DOSSIERS,
        tax_code=CODES,
        received=DAYS,
        documents=PAPERS,
        figures=FIGURES,
        commitments=COMMITMENTS,
    ),
    some(WithdrawalFiled, application_id=DOSSIERS, tax_code=CODES, filed_on=DAYS, reason=TEXTS),
    some(WithdrawalDeclined, application_id=DOSSIERS, round_id=ROUNDS, tax_code=KEYS, reason=REASONS),
    some(
        DossierWithdrawn,
        application_id=DOSSIERS,
        round_id=ROUNDS,
        tax_code=KEYS,
        replaced_by=st.none() | DOSSIERS,
        withdrawn_on=DAYS,
    ),
)


def faults(*events: Data) -> list[str]:
    when = datetime(2021, 5, 3, tzinfo=UTC)
    said = [make_event(data, id=str(n), time=when + timedelta(seconds=n)) for n, data in enumerate(events)]
    return [letter.error for letter in run(service, *said).of_type(RecordDeadLettered)]


BASE = (RULES, opened(supplement_business_days=5, second_dossier="replaces"), registered(), registered(VINAMILK))


@settings(max_examples=150, deadline=None)
@given(st.booleans(), st.lists(EVENTS, min_size=10, max_size=60))
def test_no_handler_fails(begun: bool, events: list[Data]) -> None:
    assert faults(*(BASE if begun else ()), *events) == []


LONG_STANDARD = StandardHeld(standard="ISO-9001", certificate=LONGEST, issuer="QUACERT", valid_until=date(2021, 9, 3))
MANY_PAPERS = RULES.model_copy(update={"required_documents": KINDS})


@pytest.mark.parametrize(
    "events",
    [
        pytest.param((confirmed(sector=LONGEST), posted(sector=LONGEST)), id="a match whose reason is longer than a text"),
        pytest.param((listed(), confirmed(standards=(LONG_STANDARD,)), DayStarted(date=date(2021, 9, 1))), id="a notice"),
        pytest.param((MANY_PAPERS, *BASE[1:], filed()), id="a dossier that lacks very many papers"),
        pytest.param((*BASE, extended(LAST), filed(received=LAST, documents=())), id="a deadline after that day"),
        pytest.param((*BASE, filed(received=LAST), DayStarted(date=date(2021, 9, 1))), id="a dossier of the last day there is"),
    ],
)
def test_texts_and_days_at_their_bounds_stop_nothing(events: tuple[Data, ...]) -> None:
    assert faults(*events) == []
