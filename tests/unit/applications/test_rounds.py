"""Rounds: what they ask for, their extension, and what a new version of the rules leaves alone."""

from datetime import date
from itertools import permutations
from typing import Any

import pytest
from applications.domain.application import Application
from applications.domain.round import Round
from applications.main import service
from shared.business_days import Calendar
from shared.contracts.applications import ApplicationAccepted, ApplicationRejected
from shared.contracts.base import Data
from shared.contracts.department import DayStarted, RoundExtended
from shared.testing.memory import City, run
from unit.applications.facts import RULES, figures, filed, opened, registered

LATE = date(2021, 9, 10)
BASE: tuple[Data, ...] = (RULES, opened(), registered())


def extended(closes: date = date(2021, 9, 15), **changes: Any) -> RoundExtended:
    return RoundExtended(**{"round_id": "2021", "closes": closes, "legal_text": "Thông báo gia hạn"} | changes)


def day(day: date) -> DayStarted:
    return DayStarted(date=day)


def states(city: City) -> dict[str, tuple[str, list[str]]]:
    return {a.application_id: (a.state, [r.slug for r in a.reasons]) for a in city["applications"].all(Application)}


def test_dossier_received_by_the_new_close_is_in_time() -> None:
    city = run(service, *BASE, extended(), day(date(2021, 9, 12)), filed(received=LATE))
    assert states(city) == {"A1": ("accepted", [])}


@pytest.mark.parametrize("closes", [date(2021, 9, 15), date(2021, 9, 10), date(2021, 9, 9)])
def test_extension_and_late_dossier_end_the_same_in_any_order(closes: date) -> None:
    ends = []
    for order in permutations((opened(), RULES, registered(), filed(received=LATE))):
        place = order.index(opened())
        for extension in range(place + 1, len(order) + 1):
            events = (*order[:extension], extended(closes), *order[extension:])
            city = run(service, day(date(2021, 8, 20)), *events, day(date(2021, 9, 20)))
            ends.append((states(city), len(city.of_type(ApplicationAccepted)), len(city.of_type(ApplicationRejected))))
    in_time = closes >= LATE
    expected = ({"A1": ("accepted", []) if in_time else ("rejected", ["received-late"])}, int(in_time), int(not in_time))
    assert ends == [expected] * len(ends)


def test_dossier_that_came_before_the_extension_is_checked_with_it() -> None:
    late = filed(received=date(2021, 9, 1))
    city = run(service, *BASE, day(date(2021, 8, 31)), late, extended(date(2021, 11, 30)))
    assert (states(city), city["applications"].held) == ({"A1": ("accepted", [])}, {})


def test_dossier_after_the_extended_close_goes_on_waiting() -> None:
    city = run(service, *BASE, day(date(2021, 8, 31)), filed(received=LATE), extended(date(2021, 9, 9)))
    assert list(city["applications"].held.values()) == ["waits for passed_closes/2021/2021-09-09"]


def test_dossier_after_the_close_waits_until_the_close_has_passed() -> None:
    city = run(service, *BASE, day(date(2021, 8, 31)), filed(received=LATE))
    assert list(city["applications"].held.values()) == ["waits for passed_closes/2021/2021-08-31"]
    assert states(run(service, *BASE, day(date(2021, 8, 31)), filed(received=LATE), day(date(2021, 9, 1)))) == {
        "A1": ("rejected", ["received-late"])
    }


def test_round_that_opens_when_its_close_has_passed_is_closed_at_once() -> None:
    city = run(service, day(date(2021, 9, 5)), *BASE, filed(received=LATE))
    assert states(city) == {"A1": ("rejected", ["received-late"])}


@pytest.mark.parametrize(
    ("events", "slug", "field"),
    [
        ((extended(date(2021, 8, 31)),), "round-extension-not-later", "closes"),
        ((extended(date(2021, 8, 1)),), "round-extension-not-later", "closes"),
        ((extended(), extended(date(2021, 9, 14))), "round-extension-not-later", "closes"),
        ((day(date(2021, 9, 1)), extended()), "round-extended-after-its-close", None),
    ],
)
def test_extension_that_cannot_be_is_refused(events: tuple[Data, ...], slug: str, field: str | None) -> None:
    city = run(service, *BASE, *events)
    assert [(r.slug, r.field, "2021" in r.vi, "2021" in r.en) for r in city.refusals] == [(slug, field, True, True)]


def test_extension_on_the_last_day_counts_and_its_repeat_changes_nothing() -> None:
    city = run(service, *BASE, day(date(2021, 8, 31)), extended(), extended(), day(date(2021, 9, 2)), extended())
    found = city["applications"].find(Round, "2021")
    assert city.refusals == []
    assert found is not None
    assert (found.closes, [(e.before, e.closes) for e in found.extensions]) == (
        date(2021, 9, 15),
        [(date(2021, 8, 31), date(2021, 9, 15))],
    )


def test_extended_round_keeps_what_it_opened_with() -> None:
    city = run(service, *BASE, extended(), opened())
    found = city["applications"].find(Round, "2021")
    assert found is not None
    assert found.as_opened() == Round.of(opened())
    assert city.refusals == []


def test_extension_waits_for_its_round() -> None:
    city = run(service, extended(), *BASE, day(date(2021, 9, 12)), filed(received=LATE))
    assert states(city) == {"A1": ("accepted", [])}


def test_new_version_of_the_rules_never_touches_an_open_round() -> None:
    stricter = RULES.model_copy(
        update={"rules_id": "stricter", "other_revenue": 10**15, "required_documents": ("form", "audit"), "years_of_figures": 5}
    )
    city = run(service, RULES, opened(), registered(), stricter, filed())
    assert [a.rules_id for a in city.of_type(ApplicationAccepted)] == [RULES.rules_id]
    assert city["applications"].find(Round, "2021") == Round.of(opened())


@pytest.mark.parametrize(
    ("years", "declared", "reasons"),
    [
        (3, (2018, 2019, 2020), []),
        (3, (2019, 2020), ["figures-missing"]),
        (2, (2017, 2018, 2019, 2020), []),
        (2, (2018, 2020), ["figures-missing"]),
    ],
)
def test_rules_say_how_many_years_of_figures_a_dossier_holds(years: int, declared: tuple[int, ...], reasons: list[str]) -> None:
    rules = RULES.model_copy(update={"years_of_figures": years})
    rows = figures(*((year, 10**11, 0) for year in declared))
    city = run(service, rules, opened(), registered(), filed(figures=rows))
    assert states(city)["A1"] == ("rejected" if reasons else "accepted", reasons)


def test_threshold_holds_for_every_year_the_rules_ask_for() -> None:
    rules = RULES.model_copy(update={"years_of_figures": 3})
    rows = figures((2018, 1, 0), (2019, 10**11, 0), (2020, 10**11, 0))
    city = run(service, rules, opened(), registered(), filed(figures=rows))
    assert states(city)["A1"] == ("rejected", ["revenue-below"])


@pytest.mark.parametrize(
    ("asked_on", "days", "until", "due"),
    [
        (date(2021, 8, 27), 5, None, date(2021, 9, 7)),
        (date(2021, 8, 27), 5, date(2021, 9, 1), date(2021, 9, 1)),
        (date(2021, 8, 27), 5, date(2021, 8, 27), date(2021, 8, 27)),
        (date(2021, 8, 27), 5, date(2021, 8, 26), None),
        (date(2021, 8, 27), 0, None, None),
        (date(2021, 8, 29), 1, None, date(2021, 8, 30)),
    ],
)
def test_deadline_counts_business_days_and_ends_with_the_last_day_of_the_round_for_papers(
    asked_on: date, days: int, until: date | None, due: date | None
) -> None:
    """The second and third of September 2021 are holidays."""
    calendar = Calendar(frozenset({date(2021, 9, 2), date(2021, 9, 3)}))
    round_ = Round.of(opened(supplement_business_days=days, supplements_until=until))
    assert round_.supplement_due(asked_on, calendar) == due
