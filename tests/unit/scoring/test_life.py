"""The life of a recognition: renewed, reviewed, suspended, revoked, expired, and how it stands on any day."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scoring.domain.agenda import Agenda, DueDay
from scoring.domain.life import check_fact
from scoring.domain.recognition import DAY, Recognition, Status
from scoring.main import service
from shared.contracts.base import Data
from shared.contracts.department import CalendarIssued
from shared.contracts.recognitions import (
    RecognitionExpired,
    RecognitionFact,
    RecognitionReinstated,
    RecognitionRenewed,
    RecognitionRevoked,
    RecognitionSuspended,
)
from shared.contracts.scoring import CouncilNotified
from shared.errors import Refusal
from shared.testing.memory import City, run
from unit.scoring.facts import (
    APPOINTED,
    ISSUED,
    OPENED,
    OTHER_TAX,
    TAX,
    accepted,
    began,
    closed,
    decided,
    lifting,
    renewal,
    review,
    revocation,
    rules,
    scores,
    suspension,
)

# Certificate 2021-001 of A1, in force from 26/11/2021 to 25/11/2023.
START, END = date(2021, 11, 26), date(2023, 11, 25)
ROUND = OPENED.model_copy(update={"expiry_notice_business_days": 5})
BEFORE: tuple[Data, ...] = (ISSUED, ROUND, APPOINTED, accepted(), *scores("A1", ("50", "50"), "30"), closed("A1"))
GRANTED: tuple[Data, ...] = (*BEFORE, decided((1, "A1")))


def slugs(city: City) -> list[str]:
    return [refusal.slug for refusal in city.refusals]


def found(city: City) -> Recognition:
    recognition = city["scoring"].find(Recognition, "2021-001")
    assert recognition is not None
    return recognition


def statuses(city: City, *days: date) -> list[Status]:
    return [found(city).standing(day).status for day in days]


def notices(city: City, slug: str) -> list[tuple[str, str, date | None]]:
    return [(n.addressee, n.about, n.due) for n in city.of_type(CouncilNotified) if n.slug == slug]


# -- renewal -------------------------------------------------------------------------------------------------------------


def test_renewal_goes_on_from_the_running_period_by_the_rules_it_names() -> None:
    city = run(service, rules(24), rules(36), *GRANTED, renewal(date(2023, 10, 20)))
    assert [(r.certificate, r.rules_id, r.valid_to) for r in city.of_type(RecognitionRenewed)] == [
        ("2021-001", "36", date(2026, 11, 25))
    ]
    assert statuses(city, END, END + DAY, date(2026, 11, 25), date(2026, 11, 26)) == [
        *("in-force", "in-force", "in-force", "expired"),
    ]
    assert notices(city, "recognition-renewed") == [(TAX, "2021-001", None)]


def test_last_day_is_shown_as_it_was_known_on_the_day() -> None:
    recognition = found(run(service, rules(36), *GRANTED, renewal(date(2023, 10, 20))))
    assert [recognition.standing(day).valid_to for day in (date(2023, 10, 19), date(2023, 10, 20))] == [END, date(2026, 11, 25)]
    assert (recognition.granted_to, recognition.valid_to) == (END, date(2026, 11, 25))


def test_renewal_waits_for_its_rules_and_what_follows_stands_behind_it() -> None:
    city = run(service, *GRANTED, renewal(date(2023, 10, 20)), suspension(date(2024, 1, 1)))
    assert city["scoring"].held == {"2021-001": "waits for validity_rules/36"}
    city = run(service, *GRANTED, renewal(date(2023, 10, 20)), suspension(date(2024, 1, 1)), rules(36))
    assert (slugs(city), statuses(city, date(2023, 12, 31), date(2024, 1, 1))) == ([], ["in-force", "suspended"])


def test_rules_on_validity_never_change() -> None:
    city = run(service, rules(36), rules(36), rules(36, effective_from=date(2020, 1, 1)))
    assert slugs(city) == ["validity-rules-already-issued"]


# -- what cannot be ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ((renewal(START - DAY),), "recognition-not-begun"),
        ((renewal(END + DAY),), "recognition-expired"),
        ((revocation(date(2022, 5, 1)), renewal(date(2022, 5, 1))), "recognition-revoked"),
        ((renewal(date(2022, 5, 1), "24"),), "validity-rules-not-in-force"),
        ((review(END + DAY, passed=True),), "recognition-expired"),
        ((review(date(2022, 5, 1), passed=False, reason=None),), "review-without-reason"),
        ((suspension(START - DAY),), "recognition-not-begun"),
        ((suspension(END + DAY),), "recognition-expired"),
        ((suspension(date(2022, 5, 2), date(2022, 5, 1)),), "suspension-period-not-valid"),
        ((suspension(date(2022, 5, 1)), suspension(date(2022, 6, 1))), "recognition-suspended"),
        ((revocation(date(2022, 5, 1)), suspension(date(2022, 6, 1))), "recognition-revoked"),
        ((lifting(date(2022, 6, 1)),), "recognition-not-suspended"),
        ((suspension(date(2022, 5, 1)), lifting(date(2022, 5, 1))), "recognition-not-suspended"),
        ((suspension(date(2022, 5, 1), date(2022, 5, 31)), lifting(date(2022, 6, 1))), "recognition-not-suspended"),
        ((suspension(date(2022, 5, 1)), lifting(date(2022, 6, 1)), lifting(date(2022, 7, 1))), "recognition-not-suspended"),
        ((suspension(date(2022, 5, 1)), revocation(date(2022, 6, 1)), lifting(date(2022, 7, 1))), "recognition-revoked"),
        ((revocation(date(2022, 5, 1)), revocation(date(2022, 5, 1))), "recognition-revoked"),
        ((revocation(date(2022, 5, 1)), revocation(date(2023, 5, 1))), "recognition-revoked"),
        ((revocation(END + DAY),), "recognition-expired"),
    ],
)
def test_fact_that_cannot_be_on_its_day_is_refused(events: tuple[Data, ...], expected: str) -> None:
    later = rules(24, effective_from=date(2023, 1, 1))
    before = run(service, rules(36), later, *GRANTED, *events[:-1])
    city = run(service, rules(36), later, *GRANTED, *events)
    assert (slugs(city), found(city).facts) == ([expected], found(before).facts)


def test_decision_on_an_unknown_certificate_waits_and_is_refused_in_the_end() -> None:
    city = run(service, *GRANTED, revocation(date(2022, 5, 1), certificate="2021-009"))
    assert city["scoring"].held == {"2021-009": f"waits for homes/{TAX}/2021-009"}
    start = date(2022, 5, 2)
    city = run(
        service, *GRANTED, revocation(date(2022, 5, 1), certificate="2021-009"), *(began(start + n * DAY) for n in range(50))
    )
    assert (slugs(city), city["scoring"].held) == (["awaited-never-came"], {})


def test_decision_that_names_another_enterprise_does_not_reach_the_certificate() -> None:
    city = run(service, *GRANTED, revocation(date(2022, 5, 1), tax_code=OTHER_TAX))
    assert city["scoring"].held == {"2021-001": f"waits for homes/{OTHER_TAX}/2021-001"}
    assert found(city).facts == ()


def test_decision_that_names_a_branch_reaches_its_enterprise() -> None:
    city = run(service, *GRANTED, revocation(date(2022, 5, 1), tax_code=f"{TAX}-001"))
    assert statuses(city, date(2022, 5, 1)) == ["revoked"]


def test_decision_on_a_certificate_that_arrived_before_it_waits_for_it() -> None:
    city = run(service, *BEFORE, revocation(date(2022, 5, 1)), decided((1, "A1")))
    assert (statuses(city, date(2022, 4, 30), date(2022, 5, 1)), city["scoring"].held) == (["in-force", "revoked"], {})


# -- suspension, review, revocation --------------------------------------------------------------------------------------


def test_suspension_takes_the_rights_for_its_days_and_ends_by_itself() -> None:
    events = (suspension(date(2022, 6, 1), date(2022, 8, 31)), began(date(2022, 8, 31)))
    city = run(service, *GRANTED, *events)
    assert (len(city.of_type(RecognitionSuspended)), city.of_type(RecognitionReinstated)) == (1, [])
    city = run(service, *GRANTED, *events, began(date(2022, 9, 1)), began(date(2022, 9, 2)))
    assert [(r.reinstated_on, r.decision) for r in city.of_type(RecognitionReinstated)] == [(date(2022, 9, 1), None)]
    days = (date(2022, 5, 31), date(2022, 6, 1), date(2022, 8, 31), date(2022, 9, 1))
    assert statuses(city, *days) == ["in-force", "suspended", "suspended", "in-force"]
    assert notices(city, "recognition-suspended") + notices(city, "recognition-reinstated") == [(TAX, "2021-001", None)] * 2


def test_lifted_suspension_is_not_reinstated_a_second_time() -> None:
    events = (suspension(date(2022, 6, 1), date(2022, 8, 31)), lifting(date(2022, 7, 1)), began(date(2022, 9, 5)))
    city = run(service, *GRANTED, *events)
    assert [(r.reinstated_on, r.decision) for r in city.of_type(RecognitionReinstated)] == [(date(2022, 7, 1), "611/QĐ-UBND")]
    assert statuses(city, date(2022, 6, 30), date(2022, 7, 1)) == ["suspended", "in-force"]


def test_certificate_can_be_suspended_again_from_the_day_it_was_lifted() -> None:
    events = (suspension(date(2022, 6, 1)), lifting(date(2022, 7, 1)), suspension(date(2022, 7, 1), date(2022, 7, 3)))
    city = run(service, *GRANTED, *events)
    assert statuses(city, date(2022, 7, 1), date(2022, 7, 4)) == ["suspended", "in-force"]


def test_revocation_ends_everything_and_does_not_expire() -> None:
    city = run(service, *GRANTED, revocation(date(2022, 6, 1)), began(END + DAY))
    assert [(r.revoked_on, r.reason) for r in city.of_type(RecognitionRevoked)] == [(date(2022, 6, 1), "Ngừng sản xuất.")]
    assert (city.of_type(RecognitionExpired), statuses(city, END + DAY)) == ([], ["revoked"])
    assert notices(city, "recognition-revoked") == [(TAX, "2021-001", None)]


@pytest.mark.parametrize(("passed", "told"), [(True, []), (False, [(TAX, "2021-001", None)])])
def test_review_is_kept_and_a_failed_one_is_told(passed: bool, told: list[Any]) -> None:
    city = run(service, *GRANTED, review(date(2022, 11, 1), passed=passed))
    assert ([(f.kind, f.passed) for f in found(city).facts], notices(city, "review-failed")) == ([("reviewed", passed)], told)
    assert statuses(city, date(2022, 11, 2)) == ["in-force"]


def test_late_decision_gives_the_right_answer_for_past_days() -> None:
    city = run(service, *GRANTED, began(date(2023, 1, 2)), suspension(date(2022, 6, 1), date(2022, 6, 30)))
    assert statuses(city, date(2022, 5, 31), date(2022, 6, 15), date(2022, 7, 1)) == ["in-force", "suspended", "in-force"]


# -- what falls due ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ((END,), []),
        ((END, END + DAY), [END]),
        ((END + DAY, END + 2 * DAY), [END]),
        ((START, END + timedelta(days=400)), [END]),
    ],
)
def test_recognition_expires_once_on_the_day_after_its_last_or_the_first_day_after_a_gap(
    days: tuple[date, ...], expected: list[date]
) -> None:
    city = run(service, *GRANTED, *map(began, days))
    assert [r.valid_to for r in city.of_type(RecognitionExpired)] == expected
    assert len(notices(city, "recognition-expired")) == len(expected)


def test_day_that_was_worked_off_leaves_nothing_behind() -> None:
    city = run(service, *GRANTED, suspension(date(2022, 6, 1), date(2022, 6, 30)), began(END + DAY), began(END + 2 * DAY))
    agenda = city["scoring"].find(Agenda, "agenda")
    assert (agenda, city["scoring"].all(DueDay)) == (Agenda(id="agenda"), [])


def test_recognition_decided_after_its_last_day_expires_with_the_next_day() -> None:
    city = run(service, began(END + 5 * DAY), *GRANTED, began(END + 6 * DAY))
    assert [r.valid_to for r in city.of_type(RecognitionExpired)] == [END]


def test_renewed_recognition_expires_on_its_new_last_day_only() -> None:
    new_end = date(2026, 11, 25)
    city = run(service, rules(36), *GRANTED, renewal(date(2023, 10, 20)), began(END + DAY), began(new_end), began(new_end + DAY))
    assert [r.valid_to for r in city.of_type(RecognitionExpired)] == [new_end]


def test_renewal_in_time_that_arrives_late_undoes_the_expiry() -> None:
    city = run(service, rules(36), *GRANTED, began(END + DAY), renewal(END), began(END + 2 * DAY), began(date(2026, 11, 26)))
    assert [r.valid_to for r in city.of_type(RecognitionExpired)] == [END, date(2026, 11, 25)]
    assert statuses(city, END + DAY) == ["in-force"]


# 25/11/2023 is a Saturday: the last five business days are Monday 20/11 to Friday 24/11.
@pytest.mark.parametrize(
    ("calendar", "first"),
    [
        ((), date(2023, 11, 17)),
        ((CalendarIssued(calendar_id="2023", holidays=(date(2023, 11, 20),), legal_text="made"),), date(2023, 11, 16)),
    ],
)
def test_holder_is_told_once_so_many_business_days_before_the_last_day(calendar: tuple[Data, ...], first: date) -> None:
    days = [began(START + n * DAY) for n in range((END - START).days)]
    late = date(2023, 11, 1)
    city = run(service, *GRANTED, *(d for d in days if d.date < late), *calendar, *(d for d in days if d.date >= late))
    assert notices(city, "recognition-expiring") == [(TAX, "2021-001", END)]
    quiet = run(service, *GRANTED, *calendar, *(d for d in days if d.date < first))
    assert notices(quiet, "recognition-expiring") == []
    told = run(service, *GRANTED, *calendar, *(d for d in days if d.date <= first))
    assert notices(told, "recognition-expiring") == [(TAX, "2021-001", END)]


def test_renewed_holder_is_told_of_the_new_last_day_by_the_new_rules() -> None:
    again = rules(36, expiry_notice_business_days=1)
    days = [began(date(2026, 11, 23)), began(date(2026, 11, 24)), began(date(2026, 11, 25))]
    city = run(service, again, *GRANTED, renewal(date(2022, 1, 3)), began(date(2023, 11, 20)), *days[:1])
    assert notices(city, "recognition-expiring") == []
    city = run(service, again, *GRANTED, renewal(date(2022, 1, 3)), began(date(2023, 11, 20)), *days)
    assert notices(city, "recognition-expiring") == [(TAX, "2021-001", date(2026, 11, 25))]


def test_nobody_is_told_where_the_rules_know_no_notice() -> None:
    without = tuple(OPENED if event is ROUND else event for event in GRANTED)
    city = run(service, *without, *(began(START + n * DAY) for n in range((END - START).days)))
    assert notices(city, "recognition-expiring") == []


# -- any facts, any day --------------------------------------------------------------------------------------------------

FIRST = date(2022, 1, 1)
LAST = FIRST + 59 * DAY
day = st.integers(-3, 90).map(lambda n: FIRST + n * DAY)


def bare() -> Recognition:
    """A recognition in force for sixty days."""
    return Recognition(
        **{"id": "2022-001", "application_id": "A1", "round_id": "2022", "year": 2022, "tax_code": TAX, "made": True},
        **{"enterprise_name": "E", "product_id": "P", "product_name": "P", "industry": "mechanical", "decision": "1/QĐ"},
        **{"decided_on": FIRST, "valid_from": FIRST, "granted_to": LAST, "valid_to": LAST, "logo_right": True},
        **{"first_time": True, "top10_rank": 4, "score": Decimal(80), "notice_business_days": 0},
    )


@st.composite
def facts(draw: st.DrawFn) -> RecognitionFact:
    kind = draw(st.sampled_from(["renewed", "reviewed", "suspended", "suspended", "lifted", "lifted", "revoked", "honoured"]))
    on = draw(day)
    until, rank = None, None
    if kind == "renewed":
        until = LAST + draw(st.integers(1, 40)) * DAY
    if kind == "suspended":
        until = draw(st.none() | st.integers(0, 20).map(lambda n: on + n * DAY))
    if kind == "honoured":
        rank = draw(st.none() | st.integers(1, 10))
    return RecognitionFact(kind=kind, on=on, until=until, top10_rank=rank)


def simulated(recognition: Recognition, until: date) -> dict[date, tuple[Status, int | None]]:
    """Day by day: what begins, what ends, and what holds then."""
    answers: dict[date, tuple[Status, int | None]] = {}
    last, revoked, rank = recognition.granted_to, False, recognition.top10_rank
    suspended: list[date | None] = []
    today = min([recognition.valid_from, *(fact.on for fact in recognition.facts)]) - 5 * DAY
    while today <= until:
        of_day = [fact for fact in recognition.facts if fact.on == today]
        suspended = [end for end in suspended if end is None or end >= today]
        if any(fact.kind == "lifted" for fact in of_day):
            suspended = []
        for fact in of_day:
            if fact.kind == "suspended":
                suspended.append(fact.until)
            elif fact.kind == "renewed" and fact.until is not None:
                last = max(last, fact.until)
            elif fact.kind == "revoked":
                revoked = True
            elif fact.kind == "honoured":
                rank = fact.top10_rank
        status: Status = "in-force"
        if today < recognition.valid_from:
            status = "not-begun"
        elif revoked:
            status = "revoked"
        elif today > last:
            status = "expired"
        elif suspended:
            status = "suspended"
        answers[today] = (status, rank)
        today += DAY
    return answers


def taken(recognition: Recognition, given: list[RecognitionFact]) -> Recognition:
    """The recognition with those of the facts that the rules let pass, in the order they arrive."""
    for fact in given:
        try:
            if fact.kind != "honoured":
                check_fact(recognition, fact)
        except Refusal:
            continue
        recognition = recognition.with_fact(fact)
    return recognition


@settings(max_examples=300, deadline=None)
@given(given=st.lists(facts(), max_size=8))
def test_standing_agrees_with_a_simulation_day_by_day(given: list[RecognitionFact]) -> None:
    recognition = taken(bare(), given)
    for on, expected in simulated(recognition, FIRST + 120 * DAY).items():
        standing = recognition.standing(on)
        assert (standing.status, standing.top10_rank) == expected


@settings(max_examples=100, deadline=None)
@given(given=st.lists(facts(), max_size=8), seed=st.randoms())
def test_standing_does_not_depend_on_when_facts_of_different_days_arrived(given: list[RecognitionFact], seed: Any) -> None:
    recognition = taken(bare(), given)
    one_a_day = list({fact.on: fact for fact in recognition.facts}.values())
    shuffled = list(one_a_day)
    seed.shuffle(shuffled)
    first, second = (recognition.but(facts=tuple(order)) for order in (one_a_day, shuffled))
    for n in range(-5, 120):
        assert first.standing(FIRST + n * DAY) == second.standing(FIRST + n * DAY)
