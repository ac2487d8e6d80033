"""The values of the indicators on their topic: those of the pages, as the end of a day left them."""

import asyncio
import json
import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from harness.closing import Instance
from hypothesis import given, settings
from hypothesis import strategies as st
from reporting.api import routes
from reporting.domain.values import ValueOfYear
from reporting.indicators import INDICATORS
from reporting.main import service
from reporting.repository import values
from shared.contracts.activities import ActivityChanged
from shared.contracts.base import Data, Event, make_event
from shared.contracts.department import DayStarted
from shared.contracts.reporting import IndicatorsValued, ValuedIndicator
from shared.http import application
from shared.testing.memory import City, MemoryReader
from starlette.testclient import TestClient
from unit.reporting import facts, lives, story
from unit.support import cases

TOPIC = "reporting.indicator-value.v1"
START = datetime(2022, 3, 7, tzinfo=UTC)
MON, TUE, WED, THU, FRI = (date(2022, 3, day) for day in (7, 8, 9, 10, 11))
Value = tuple[str, str, str, bool]


class Told:
    """Reporting in memory with what it heard, and an instance that looks for days that are over."""

    def __init__(self, *events: Data) -> None:
        self.city = City.of(service)
        self.reporting = self.city["reporting"]
        self.instance = Instance(self.reporting)
        self._heard = 0
        self.hear(*events)

    def hear(self, *events: Data) -> list[dict[str, Any]]:
        """Handle what is heard; what is told after each of it."""
        told = []
        for event in events:
            self._heard += 1
            self.city.publish(make_event(event, id=f"heard-{self._heard}", time=START))
            told += self.look()
        return told

    def look(self, instance: Instance | None = None) -> list[dict[str, Any]]:
        """What an instance tells; it is handled afterwards."""
        told = asyncio.run((instance or self.instance).look())
        self.reporting.step()
        return [json.loads(record.value or b"")["data"] for record in told]

    @property
    def published(self) -> list[tuple[str, dict[str, Any] | None]]:
        """Every record of the topic, with None for a tombstone."""
        outgoing = (out for out in self.reporting.outgoing if out.topic == TOPIC)
        return [(out.key, json.loads(out.value)["data"] if out.value else None) for out in outgoing]

    @property
    def on_topic(self) -> dict[str, Value]:
        """What the compacted topic holds in the end, by key."""
        return {key: (v["exact"], v["value"], v["unit"], v["made"]) for key, v in dict(self.published).items() if v}

    def in_file(self, on: date) -> dict[str, Value]:
        """The same as the file of values says it of a day."""
        client = TestClient(application(routes(MemoryReader(self.reporting))))
        lines = client.get(f"/files/indicator-values.ndjson?on={on}").text.splitlines()
        found = (json.loads(line) for line in lines)
        return {f"{v['indicator']}/{v['year']}": (v["exact"], two_places(v["value"]), v["unit"], v["made"]) for v in found}


def two_places(value: Any) -> str:
    return f"{Decimal(str(value)):.2f}"


def day(on: date) -> DayStarted:
    return DayStarted(date=on)


def codes(told: Iterable[dict[str, Any]]) -> dict[str, str | None]:
    return {f"{v['indicator']}/{year['year']}": v["exact"] for year in told for v in year["values"]}


def test_value_is_published_as_it_stood_at_the_end_of_the_day() -> None:
    reporting = Told(day(MON), story.round_opened(), story.recognised(1, 1), story.received(2, 2))
    assert reporting.published == []
    (told,) = [year for year in reporting.hear(day(TUE)) if year["year"] == 2021]
    assert (told["as_of"], codes([told])["products-recognised/2021"]) == ("2022-03-07", "1")
    assert dict(reporting.published)["products-recognised/2021"] == {
        "value_id": "products-recognised/2021",
        "indicator": "products-recognised",
        "year": 2021,
        "value": "1.00",
        "exact": "1",
        "unit": "products",
        "as_of": "2022-03-07",
        "made": True,
    }


def test_value_is_rounded_half_away_from_zero_and_exact_beside() -> None:
    told = ValuedIndicator(indicator="production-growth", exact="-401/200", unit="percent", made=False)
    state = ValueOfYear.of(told, 2021, MON).published_state()
    assert state is not None
    assert (str(state.value), state.exact) == ("-2.01", "-401/200")


def test_day_on_which_nothing_changed_tells_nothing_and_neither_does_a_restart() -> None:
    reporting = Told(day(MON), *story.year_2021(MON), day(TUE))
    assert len(reporting.on_topic) > 10
    assert reporting.look(Instance(reporting.reporting)) == []
    assert reporting.hear(day(WED), day(THU)) == []


def test_correction_tells_what_it_changed_and_no_more() -> None:
    reporting = Told(day(MON), *story.year_2021(MON), day(TUE))
    before = reporting.on_topic
    told = reporting.hear(story.figure("city-industrial-output", 10**15), day(WED))
    assert list(codes(told)) == ["output-share/2021"]
    assert {key for key, value in reporting.on_topic.items() if value != before[key]} == {"output-share/2021"}


def test_value_that_is_gone_is_taken_away_and_can_come_back() -> None:
    started, put_off = facts.cluster(1, date(2021, 3, 1)), facts.cluster(1, None, on=date(2021, 4, 1))
    reporting = Told(day(MON), started, day(TUE), put_off, day(WED), day(THU))
    keys = ["clusters-started/2021", "clusters-started-area/2021"]
    assert [(key, said is None) for key, said in reporting.published] == [(k, gone) for gone in (False, True) for k in keys]
    reporting.hear(facts.cluster(1, date(2021, 5, 1)), day(FRI))
    assert sorted(reporting.on_topic) == sorted(keys)


def test_indicator_that_is_declared_no_more_is_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    reporting = Told(day(MON), facts.cluster(1, date(2021, 3, 1)), day(TUE))
    left = {code: indicator for code, indicator in INDICATORS.items() if code != "clusters-started-area"}
    monkeypatch.setattr(values, "INDICATORS", left)
    assert codes(reporting.look(Instance(reporting.reporting))) == {"clusters-started-area/2021": None}
    assert list(reporting.on_topic) == ["clusters-started/2021"]
    assert reporting.hear(day(WED)) == []


def test_other_formula_is_told_at_the_first_start_of_its_version(monkeypatch: pytest.MonkeyPatch) -> None:
    reporting = Told(day(MON), facts.cluster(1, date(2021, 3, 1), "20"), day(TUE))
    other = replace(INDICATORS["clusters-started"], formula=INDICATORS["clusters-started-area"].formula)
    monkeypatch.setattr(values, "INDICATORS", {**INDICATORS, "clusters-started": other})
    assert codes(reporting.look(Instance(reporting.reporting))) == {"clusters-started/2021": "20"}
    assert reporting.on_topic["clusters-started/2021"][0] == "20"


def test_year_that_has_not_begun_is_told_when_its_first_day_is_over() -> None:
    eve, new_year = date(2021, 12, 31), date(2022, 1, 1)
    reporting = Told(day(eve), story.recognised(1, 1), day(new_year))  # in force to 2024
    assert {key for key in reporting.on_topic if "supported" in key} == {"supported-share/2021"}
    reporting.hear(day(date(2022, 1, 2)))
    assert {key for key in reporting.on_topic if "supported" in key} == {"supported-share/2021", "supported-share/2022"}


def valued(as_of: date, exact: str | None) -> Event[Any]:
    values = (ValuedIndicator(indicator="clusters-started", exact=exact, unit="clusters", made=False),)
    data = IndicatorsValued(year=2021, as_of=as_of, values=values)
    return make_event(data, id=f"{as_of} {exact}", time=START, source="//industry.hanoi.gov.vn/reporting")


@pytest.mark.parametrize(
    ("told", "exact", "as_of", "records"),
    [
        ([(TUE, "5"), (MON, "4")], "5", TUE, 1),  # told late, by an instance that was no longer the owner
        ([(TUE, None), (MON, "4")], None, TUE, 0),
        ([(MON, "4"), (TUE, "4")], "4", MON, 1),
        ([(MON, "4"), (MON, "5")], "5", MON, 2),  # by two versions
        ([(MON, "4"), (TUE, None), (WED, "4")], "4", WED, 3),
    ],
)
def test_later_day_stands_whatever_comes_in_late(
    told: list[tuple[date, str | None]], exact: str | None, as_of: date, records: int
) -> None:
    reporting = Told()
    for each in told:
        reporting.reporting.append("2021", valued(*each).to_json())
        reporting.reporting.step()
    (kept,) = reporting.reporting.all(ValueOfYear)
    assert (kept.exact, kept.as_of, len(reporting.published)) == (exact, as_of, records)


def made_up(draw: random.Random, count: int) -> list[Data]:
    """News of some enterprises, lines, clusters and figures, again and again, so that most of it corrects something."""
    n = lambda: draw.randint(1, 5)  # noqa: E731
    certificate = lambda: f"2021-{n():03d}"  # noqa: E731
    some_day = lambda year: date(year, draw.randint(1, 12), draw.randint(1, 28))  # noqa: E731
    kinds = [
        lambda: story.recognised(*[n()] * 2, first_time=draw.random() < 0.5),
        lambda: lives.revoked(some_day(draw.choice((2022, 2023))), n(), certificate()),
        lambda: lives.renewed(date(draw.choice((2025, 2027)), 11, 25), n(), certificate()),
        lambda: lives.merged(n(), n(), some_day(draw.choice((2021, 2022)))),
        lambda: story.result(n(), draw.choice((2020, 2021, 2022)), draw.randrange(10**6), made=draw.random() < 0.5),
        lambda: story.received(n(), n()),
        lambda: story.granted(n(), n(), year=draw.choice((2021, 2022))),
        lambda: story.reserved(f"2021/{draw.choice('ab')}", draw.randrange(1000), 1000),
        lambda: facts.learners(f"l{n()}", draw.randint(1, 40), n(), n()),
        lambda: facts.cluster(n(), draw.choice((None, some_day(2021), some_day(2022))), f"{n()}.{n()}", on=some_day(2022)),
        lambda: facts.listed(n(), some_day(2021), international=draw.random() < 0.5),
        lambda: facts.delisted(n(), some_day(2022)),
        lambda: facts.reported("city-industrial-output", f"{draw.randrange(1, 10**9)}.{n()}"),
        lambda: facts.joined(n(), "a", draw.choice(("joined", "attended")), date(2021, 9, draw.randint(7, 12))),
        lambda: ActivityChanged(
            activity_id="a", changed_on=date(2021, 9, 1), reason="dời ngày", starts=date(2021, 9, draw.randint(7, 10)), ends=None
        ),
    ]
    return [draw.choice(kinds)() for _ in range(count)]


FIRST = (story.round_opened(), cases.fair("a", None, starts=date(2021, 9, 8), ends=date(2021, 9, 10)))
DAYS = (date(2021, 11, 1), date(2021, 12, 31), date(2022, 1, 1), date(2022, 7, 1), date(2022, 7, 3), date(2024, 2, 1))


@settings(max_examples=10)
@given(seed=st.integers(0, 10**9))
def test_values_after_every_day_are_those_of_the_file_of_that_day(seed: int) -> None:
    draw = random.Random(seed)
    reporting = Told(*FIRST, *made_up(draw, 6), day(DAYS[0]))
    for begins in DAYS[1:]:
        reporting.hear(*made_up(draw, 12), day(begins))
        assert reporting.on_topic == reporting.in_file(begins - timedelta(days=1)), begins
    assert len(reporting.on_topic) > 5
