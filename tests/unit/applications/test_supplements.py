"""What a dossier lacks is asked for once; an answer counts by the day it was received, silence rejects."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from applications.domain.application import Application
from applications.domain.deadlines import DueDays, DueSupplements
from applications.main import service
from shared.contracts.applications import (
    ApplicantNotified,
    ApplicationAccepted,
    ApplicationReceived,
    ApplicationRejected,
    SupplementAsked,
)
from shared.contracts.base import Data
from shared.contracts.department import CalendarIssued, DayStarted
from shared.contracts.portal import SupplementFiled
from shared.testing.memory import City, run
from unit.applications.facts import MISA, RULES, VINAMILK, figures, filed, opened, papers, registered

FILED, DUE = date(2021, 8, 20), date(2021, 8, 27)
BASE: tuple[Data, ...] = (RULES, opened(supplement_business_days=5), registered())
LACKING = filed(received=FILED, documents=papers(("form", "description"), FILED))


def answered(application_id: str = "A1", **changes: Any) -> SupplementFiled:
    facts: dict[str, Any] = {
        "application_id": application_id,
        "tax_code": MISA,
        "received": DUE,
        "documents": papers(("business-registration",), DUE),
    }
    return SupplementFiled(**facts | changes)


def day(day: date) -> DayStarted:
    return DayStarted(date=day)


def state(city: City, id: str = "A1") -> tuple[str, list[str]]:
    found = city["applications"].find(Application, f"{MISA}/{id}")
    assert found is not None
    return found.state, [reason.slug for reason in found.reasons]


def test_what_is_missing_is_asked_for_with_a_deadline_and_a_notice() -> None:
    city = run(service, *BASE, LACKING)
    (asked,) = city.of_type(SupplementAsked)
    assert (asked.asked_on, asked.due, asked.documents, asked.years, asked.commitments) == (
        FILED,
        DUE,
        ("business-registration",),
        (),
        (),
    )
    assert [reason.slug for reason in asked.reasons] == ["documents-missing"]
    (notice,) = city.of_type(ApplicantNotified)
    assert (notice.to, notice.addressee, notice.slug, notice.about, notice.due) == (
        "enterprise",
        MISA,
        "supplement-asked",
        "A1",
        DUE,
    )
    assert ("27/08/2021" in notice.vi, "2021-08-27" in notice.en) == (True, True)
    assert (len(city.of_type(ApplicationReceived)), state(city)) == (1, ("supplement-asked", []))


def test_holidays_put_the_deadline_off() -> None:
    holiday = CalendarIssued(calendar_id="x", holidays=(date(2021, 8, 23), date(2021, 8, 24)), legal_text="x")
    assert [asked.due for asked in run(service, holiday, *BASE, LACKING).of_type(SupplementAsked)] == [date(2021, 8, 31)]


def test_dossier_that_was_checked_late_has_its_whole_deadline_from_the_check() -> None:
    """It waited for its enterprise: its deadline must not have passed before anybody was asked."""
    round_ = opened(supplement_business_days=5)
    city = run(service, day(FILED), RULES, round_, LACKING, day(date(2021, 9, 1)), registered())
    assert [(a.asked_on, a.due) for a in city.of_type(SupplementAsked)] == [(date(2021, 9, 1), date(2021, 9, 8))]


@pytest.mark.parametrize(
    ("changes", "asked"),
    [
        ({"figures": figures((2020, 10**11, 0))}, ((), (2019,), ())),
        ({"figures": figures((2019, 10**11, 0), (2020, 10**11, 0), (2020, 1, 0))}, ((), (2020,), ())),
        ({"path": "high-tech", "commitments": ("quality",)}, ((), (), ("environment", "intellectual-property"))),
        (
            {"documents": papers(received=FILED, valid_until=FILED - timedelta(days=1))},
            (("form", "business-registration", "description"), (), ()),
        ),
        ({"documents": papers(received=FILED + timedelta(days=1))}, (("form", "business-registration", "description"), (), ())),
    ],
    ids=["a year", "a year twice", "commitments", "expired", "papers of a later day"],
)
def test_everything_that_can_be_handed_in_is_asked_for(changes: dict[str, Any], asked: tuple[Any, ...]) -> None:
    city = run(service, *BASE, filed(**{"received": FILED} | changes))
    assert [(a.documents, a.years, a.commitments) for a in city.of_type(SupplementAsked)] == [asked]


@pytest.mark.parametrize(
    ("enterprise", "changes", "slugs"),
    [
        (registered(head_office="Hưng Yên"), {}, ["not-in-the-city", "documents-missing"]),
        (registered(), {"industry": "handicraft"}, ["path-not-for-handicraft", "documents-missing"]),
        (registered(), {"figures": figures((2019, 1, 0), (2020, 1, 0))}, ["revenue-below", "documents-missing"]),
        (registered(), {"received": date(2021, 5, 31)}, ["received-early", "documents-missing"]),
        (registered(), {"received": date(2021, 9, 1)}, ["received-late", "documents-missing"]),
    ],
)
def test_what_cannot_be_mended_rejects_at_once_with_every_reason(
    enterprise: Data, changes: dict[str, Any], slugs: list[str]
) -> None:
    poor = filed(**{"received": FILED, "documents": papers(("form", "description"), date(2021, 5, 1))} | changes)
    city = run(service, RULES, opened(supplement_business_days=5), enterprise, day(date(2021, 9, 1)), poor)
    assert [[r.slug for r in rejected.reasons] for rejected in city.of_type(ApplicationRejected)] == [slugs]
    assert city.of_type(SupplementAsked) == []


@pytest.mark.parametrize("terms", [{}, {"supplement_business_days": 5, "supplements_until": date(2021, 8, 19)}])
def test_round_that_asks_for_nothing_rejects_what_is_missing(terms: dict[str, Any]) -> None:
    city = run(service, RULES, opened(**terms), registered(), LACKING)
    assert (state(city), city.of_type(SupplementAsked)) == (("rejected", ["documents-missing"]), [])


@pytest.mark.parametrize(
    ("valid_until", "holds"),
    [(FILED, True), (FILED - timedelta(days=1), False), (None, True)],
    ids=["last day", "over", "for ever"],
)
def test_certificate_counts_where_it_was_valid_on_the_day_it_was_received(valid_until: date | None, holds: bool) -> None:
    documents = (*papers(("form", "description"), FILED), *papers(("business-registration",), FILED, valid_until=valid_until))
    city = run(service, *BASE, filed(received=FILED, documents=documents))
    asked = [[r.slug for r in a.reasons] for a in city.of_type(SupplementAsked)]
    assert asked == ([] if holds else [["documents-expired"]])


def test_valid_paper_beside_an_expired_one_counts() -> None:
    expired = papers(("form",), FILED, valid_until=date(2020, 1, 1))
    assert state(run(service, *BASE, filed(received=FILED, documents=(*papers(received=FILED), *expired)))) == ("accepted", [])


def test_expired_paper_is_named_with_its_days() -> None:
    documents = (
        *papers(("form", "description"), FILED),
        *papers(("business-registration",), FILED, valid_until=date(2021, 8, 1)),
    )
    (asked,) = run(service, *BASE, filed(received=FILED, documents=documents)).of_type(SupplementAsked)
    assert "giấy chứng nhận đăng ký doanh nghiệp (hết hạn 01/08/2021, nhận 20/08/2021)" in asked.reasons[0].vi
    assert "business registration (valid until 2021-08-01, received 2021-08-20)" in asked.reasons[0].en


@pytest.mark.parametrize("received", [FILED, DUE])
def test_answer_in_time_reopens_the_check(received: date) -> None:
    city = run(service, *BASE, LACKING, answered(received=received, documents=papers(("business-registration",), received)))
    assert [a.application_id for a in city.of_type(ApplicationAccepted)] == ["A1"]
    assert (state(city), city.of_type(ApplicationRejected)) == (("accepted", []), [])


def test_answer_dated_before_its_dossier_takes_nothing_away() -> None:
    early = FILED - timedelta(days=1)
    city = run(service, *BASE, LACKING, answered(received=early, documents=papers(("business-registration",), early)))
    assert state(city) == ("accepted", [])


def test_answer_corrects_figures_and_adds_commitments() -> None:
    rows = figures((2019, 10**10, 0), (2020, 10**10, 0), (2020, 1, 0))
    poor = filed(received=FILED, path="high-tech", figures=rows, documents=papers(received=FILED))
    mended = answered(documents=(), figures=figures((2020, 2 * 10**10, 7)), commitments=RULES.high_tech_commitments)
    (accepted,) = run(service, *BASE, poor, mended).of_type(ApplicationAccepted)
    assert accepted.figures == figures((2019, 10**10, 0), (2020, 2 * 10**10, 7))


@pytest.mark.parametrize(
    ("answer", "slugs"),
    [
        (answered(documents=()), ["documents-missing"]),
        (answered(documents=papers(("business-registration",), DUE + timedelta(days=1))), ["documents-missing"]),
        (answered(documents=papers(("business-registration",), DUE, valid_until=FILED)), ["documents-expired"]),
        (answered(figures=figures((2020, 1, 0))), ["revenue-below"]),
    ],
)
def test_dossier_that_still_lacks_something_is_rejected_with_all_reasons(answer: SupplementFiled, slugs: list[str]) -> None:
    city = run(service, *BASE, LACKING, answer)
    assert state(city) == ("rejected", slugs)
    assert len(city.of_type(SupplementAsked)) == 1


@pytest.mark.parametrize("ticks", [(DUE + timedelta(days=1),), (DUE, DUE + timedelta(days=40))], ids=["next day", "after a gap"])
def test_silence_rejects_on_the_first_day_after_the_deadline(ticks: tuple[date, ...]) -> None:
    city = run(service, *BASE, LACKING, *map(day, ticks))
    assert state(city) == ("rejected", ["supplement-not-filed", "documents-missing"])
    assert [n.slug for n in city.of_type(ApplicantNotified)] == ["supplement-asked", "supplement-not-filed"]


def test_deadline_itself_is_a_day_to_answer() -> None:
    assert state(run(service, *BASE, LACKING, day(DUE))) == ("supplement-asked", [])


def test_deadlines_of_several_days_and_dossiers_are_worked_off_after_a_gap() -> None:
    other = filed("A2", product_id="sme", received=date(2021, 8, 23), documents=())
    third = filed("A3", product_id="cukcuk", received=date(2021, 8, 25), documents=())
    city = run(service, *BASE, LACKING, other, third, answered(), day(date(2021, 8, 31)))
    assert [state(city, id)[0] for id in ("A1", "A2", "A3")] == ["accepted", "rejected", "supplement-asked"]
    left = city["applications"].all(DueDays)
    assert [d.days for d in left] == [(date(2021, 9, 1),)]
    assert [d.id for d in city["applications"].all(DueSupplements)] == ["2021-09-01"]


def test_answer_received_in_time_counts_after_the_tick_too() -> None:
    """Papers count by the day they were received: the desk may only have sent them on after the deadline's tick."""
    late_tick = run(service, *BASE, LACKING, day(DUE + timedelta(days=1)), answered())
    in_order = run(service, *BASE, LACKING, answered(), day(DUE + timedelta(days=1)))
    assert late_tick["applications"].all(Application) == in_order["applications"].all(Application)
    assert len(late_tick.of_type(ApplicationRejected)) == len(late_tick.of_type(ApplicationAccepted)) == 1
    assert late_tick.refusals == []


@pytest.mark.parametrize("ticks", [(), (DUE + timedelta(days=1),)], ids=["before the tick", "after it"])
def test_answer_after_the_deadline_is_refused_whenever_it_comes(ticks: tuple[date, ...]) -> None:
    late = answered(received=DUE + timedelta(days=1))
    city = run(service, *BASE, LACKING, *map(day, ticks), late, day(DUE + timedelta(days=2)))
    assert [(r.slug, r.field, "28/08/2021" in r.vi, "2021-08-28" in r.en) for r in city.refusals] == [
        ("supplement-late", "received", True, True)
    ]
    assert state(city) == ("rejected", ["supplement-not-filed", "documents-missing"])


@pytest.mark.parametrize(
    ("events", "state_en"),
    [
        ((filed(received=FILED, documents=papers(received=FILED)), answered()), "accepted"),
        ((LACKING, answered(), answered(documents=())), "accepted"),
        ((LACKING, answered(documents=()), answered()), "rejected"),
        ((filed(received=FILED, figures=figures((2019, 1, 0), (2020, 1, 0))), answered()), "rejected"),
    ],
)
def test_answer_nobody_asked_for_is_refused(events: tuple[Data, ...], state_en: str) -> None:
    city = run(service, *BASE, *events)
    assert [(r.slug, state_en in r.en, "A1" in r.vi) for r in city.refusals] == [("supplement-not-asked", True, True)]


def test_same_answer_sent_again_changes_nothing() -> None:
    city = run(service, *BASE, LACKING, answered(), answered())
    assert (len(city.of_type(ApplicationAccepted)), city.refusals) == (1, [])


def test_dossier_sent_again_after_its_answer_changes_nothing() -> None:
    city = run(service, *BASE, LACKING, answered(), LACKING)
    assert (len(city.of_type(ApplicationReceived)), state(city), city.refusals) == (1, ("accepted", []), [])


def test_answer_before_its_dossier_waits_for_it() -> None:
    assert state(run(service, *BASE, answered(), LACKING)) == ("accepted", [])


def test_answer_of_an_enterprise_with_a_wrong_tax_code_is_refused() -> None:
    assert [r.slug for r in run(service, *BASE, answered(tax_code="0101243151")).refusals] == ["tax-code-check-digit"]


def test_each_version_of_a_dossier_is_kept_in_order() -> None:
    city = run(service, *BASE, LACKING, answered())
    (dossier,) = city["applications"].all(Application)
    assert [(v.number, v.kind, v.received, len(v.documents)) for v in dossier.versions] == [
        (1, "filing", FILED, 2),
        (2, "supplement", DUE, 3),
    ]
    assert all(later.number == earlier.number + 1 for earlier, later in pairwise(dossier.versions))


def test_deadlines_of_two_enterprises_do_not_touch_each_other() -> None:
    other = LACKING.model_copy(update={"tax_code": VINAMILK})
    city = run(service, *BASE, registered(VINAMILK), LACKING, other, answered(), day(DUE + timedelta(days=1)))
    assert {a.tax_code: a.state for a in city["applications"].all(Application)} == {MISA: "accepted", VINAMILK: "rejected"}
