"""What is missing, from whom and how late; reminders before and on the due day."""

from datetime import date
from typing import Any

import pytest
from scoring.domain.agenda import Agenda, DueDay
from scoring.domain.council import Council
from scoring.domain.reminders import reminder_days
from scoring.main import service
from shared.business_days import Calendar
from shared.contracts.base import Data
from shared.contracts.department import CalendarIssued, DayStarted
from shared.contracts.scoring import CouncilNotified
from shared.testing.memory import City, run
from unit.scoring.facts import APPOINTED, ISSUED, OPENED, accepted, closed, score, scores, withdrawal

# Thursday; 1 October is a Friday.
DUE = date(2021, 9, 30)
TIMED = APPOINTED.model_copy(update={"scoring_due": DUE, "remind_before": (3,)})
BASE: tuple[Data, ...] = (ISSUED, OPENED, TIMED)


def day(month: int, number: int) -> DayStarted:
    return DayStarted(date=date(2021, month, number))


def told(city: City) -> list[tuple[str, str]]:
    return [(n.to, n.addressee) for n in city.of_type(CouncilNotified)]


ALL = [("member", "an"), ("member", "binh"), ("member", "chi"), ("agency", "trade")]


@pytest.mark.parametrize(
    ("days", "times"),
    [
        ((day(9, 24),), 0),
        ((day(9, 27),), 1),
        ((day(9, 27), day(9, 28), day(9, 29)), 1),
        ((day(9, 27), day(9, 30)), 2),
        ((day(9, 26), day(9, 30), day(10, 1)), 1),  # both days were passed over at once: one notice
        ((day(10, 15),), 1),
    ],
)
def test_those_with_scores_missing_are_reminded_before_and_on_the_due_day(days: tuple[DayStarted, ...], times: int) -> None:
    assert told(run(service, day(9, 1), *BASE, accepted(), *days)) == ALL * times


def test_reminder_says_how_many_scores_of_how_many_dossiers_by_when() -> None:
    events = (accepted("A1"), accepted("A2"), score("A1", "binh", "growth", "1"), score("A1", "binh", "export", "1"))
    notice = next(n for n in run(service, *BASE, *events, day(9, 30)).of_type(CouncilNotified) if n.addressee == "binh")
    assert notice == CouncilNotified(
        to="member",
        addressee="binh",
        slug="scores-due",
        about="2021",
        vi="Đợt 2021 còn 2 tiêu chí của 1 hồ sơ chờ binh chấm, hạn 30/09/2021; xem /rounds/2021/missing.",
        en="Round 2021: 2 criteria of 1 dossiers wait for binh, due 2021-09-30; see /rounds/2021/missing.",
        due=DUE,
    )


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ((accepted(), *scores("A1", ("50", "50"), "30")), []),
        (
            (accepted(), score("A1", "an", "growth", "1"), score("A1", "binh", "export", "1")),
            [("member", "binh"), ("member", "chi")],
        ),
        ((accepted(), withdrawal("A1")), []),
        ((accepted(), *scores("A1", ("50", "50"), "30"), closed("A1")), []),
        ((), []),
    ],
)
def test_nobody_is_reminded_of_what_is_there(events: tuple[Data, ...], expected: list[tuple[str, str]]) -> None:
    assert told(run(service, *BASE, *events, day(9, 30))) == expected


def test_holiday_moves_the_reminder_to_an_earlier_day() -> None:
    holidays = CalendarIssued(calendar_id="2021", holidays=(date(2021, 9, 28),), legal_text="x")
    before = (holidays, day(9, 1), *BASE, accepted())
    assert (told(run(service, *before, day(9, 23))), told(run(service, *before, day(9, 24)))) == ([], ALL)


def test_later_version_of_the_council_moves_the_due_day() -> None:
    later = TIMED.model_copy(
        update={
            "decision": "9/QĐ-UBND",
            "effective_from": date(2021, 9, 20),
            "scoring_due": date(2021, 10, 29),
            "remind_before": (),
        }
    )
    city = run(service, *BASE, accepted(), later, day(9, 30))
    assert told(city) == []
    assert told(run(service, *BASE, accepted(), later, day(9, 30), day(10, 29))) == ALL


def test_appointment_without_a_due_day_reminds_nobody() -> None:
    assert told(run(service, ISSUED, OPENED, APPOINTED, accepted(), day(12, 31))) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"remind_before": ()}, [DUE]),
        ({"remind_before": (1, 4)}, [date(2021, 9, 24), date(2021, 9, 29), DUE]),
        ({"scoring_due": None}, []),
        ({"scoring_due": date(2021, 10, 3), "remind_before": (1,)}, [date(2021, 10, 1), date(2021, 10, 3)]),  # a Sunday
    ],
)
def test_days_of_reminders_are_business_days_before_the_due_day(changes: dict[str, Any], expected: list[date]) -> None:
    version = Council.of(TIMED.model_copy(update=changes)).current
    assert list(reminder_days(version, Calendar())) == expected


def test_what_was_worked_off_is_taken_from_the_agenda() -> None:
    scoring = run(service, day(9, 1), *BASE, accepted(), day(9, 27))["scoring"]
    agenda = scoring.find(Agenda, "agenda")
    assert agenda is not None
    assert (agenda.days, [due.id for due in scoring.all(DueDay)]) == ((DUE,), ["2021-09-30"])
