"""Scenario support: what the services say of the made year is what is reckoned apart from its rows.

Once in memory, where every figure is looked at; once as an operator has it, on the embedded engines: one run for all tests.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import fields, replace
from types import SimpleNamespace
from typing import Any

import pytest
from applications.main import service as applications
from chuluc import serve, support_table
from chuluc.scenario.schemes import EVERY_SCHEME
from chuluc.scenario.steps import Publish, Settle
from chuluc.scenario.support.figures import Figures, differences, reckoned_figures
from chuluc.scenario.support.rows import dong
from chuluc.scenario.support.story import scenario
from chuluc.scenario.support.year import YEAR
from chuluc.support_table import figures_of, show
from reporting.main import service as reporting
from rich.console import Console
from scoring.main import service as scoring
from shared.contracts.base import TYPE_PREFIX, Data
from shared.contracts.support_activities import ACTIVITY
from shared.http import application
from shared.messaging.codec import Received
from shared.testing.memory import City, MemoryReader
from starlette.testclient import TestClient
from support.api import routes
from support.main import service as support

from .running import Up, until

pytestmark = pytest.mark.timeout(600)
SCENARIO = scenario()
APART = reckoned_figures(YEAR)

# Written down by hand: what is declined, and why. Everything else is granted, or waits.
DECLINED = {
    "F5": ["overlap"],  # the same fair a second time
    "F6": ["not-supporting-industry"],
    "F7": ["cost-already-supported"],  # by its invoice
    "F8": ["cost-already-supported"],  # by its document
    "H3": ["overlap"],  # an agency's report before it
    "D2": ["no-place-left"],
    "T4": ["programmes-exclude-each-other"],
    "X2": ["overlap"],  # the same project under another scheme
    "X4": ["no-recognition"],  # expired
    "W2": ["papers-missing"],
    "W4": ["debt-outstanding"],
    "C2": ["debt-outstanding"],
    "E3": ["cap-used-up"],
    "M3": ["nothing-to-pay"],  # its own cap is used up
}


class InMemory:
    """The HTTP interface of support in memory, as the table asks for it."""

    def __init__(self, city: City) -> None:
        self._client = TestClient(application(routes(MemoryReader(city["support"]))))

    async def get(self, service: str, path: str) -> Any:
        assert service == "support"
        answer = self._client.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def pages(self, service: str, path: str) -> list[Any]:
        page = await self.get(service, f"{path}?limit=500")
        assert page["next"] is None
        items: list[Any] = page["items"]
        return items


@pytest.fixture(scope="module")
def city() -> City:
    """The four services in memory after the whole year."""
    played = City.of(applications, scoring, support, reporting)
    for step in SCENARIO.steps:
        if not isinstance(step, Settle):
            played.send(step.topic, step.value)
    return played


@pytest.fixture(scope="module")
def published(city: City) -> list[Received]:
    """The records of support's topic of activities."""
    of_topic = [event for event in city.published if event.data.contract.topic is ACTIVITY]
    return [Received(ACTIVITY.name, 0, n, None, event.to_json(), (), 0) for n, event in enumerate(of_topic)]


@pytest.fixture(scope="module")
def said(city: City, published: list[Received]) -> Figures:
    return asyncio.run(figures_of(InMemory(city), published, YEAR))


def test_every_figure_is_the_one_reckoned_apart(said: Figures) -> None:
    assert differences(said, APART) == []
    assert {len(getattr(said, of.name)) for of in fields(Figures)} == {79, 16, 20, 6, 3}


def test_declined_are_those_written_down_each_for_its_reasons(said: Figures) -> None:
    found = {id: row["why"] for id, row in said.requests.items() if row["outcome"] == "declined"}
    assert found == {id: sorted(why) for id, why in DECLINED.items()}


def test_every_scheme_is_reached(said: Figures) -> None:
    paying = {scheme for scheme, row in said.schemes.items() if row["granted"] and row["granted_dong"]}
    in_kind = {scheme for scheme, row in said.in_kind.items() if row["joined"]}
    assert paying | in_kind == {version.scheme_id for version in EVERY_SCHEME}


def test_targets_are_counted_from_grants_and_classes(said: Figures) -> None:
    assert (said.counts["rural-equipment"], said.counts["learners"]) == ({"count": 14}, {"count": 1_300})
    assert len(said.counts["uncovered"]["enterprises"]) == 1


def test_only_the_cut_below_what_is_used_is_refused(city: City) -> None:
    assert [refusal.slug for refusal in city.refusals] == ["line-under-used"]
    assert {r.service.name: r.held for r in city.services} == {r.service.name: {} for r in city.services}


def test_all_that_can_say_so_says_that_it_is_made() -> None:
    told: list[Data] = [step.event.data for step in SCENARIO.steps if isinstance(step, Publish)]
    assert {data.contract.type for data in told if not getattr(data, "made", True)} == set()


def screen(said: Figures) -> str:
    """What a terminal of 80 columns shows."""
    console = Console(width=80, force_terminal=False)
    with console.capture() as captured:
        show(console, said, APART, SCENARIO)
    return captured.get()


def test_table_fits_with_both_figures_and_says_where_they_differ(said: Figures) -> None:
    text = screen(said)
    assert ("…" in text, "LỆCH" in text, max(map(len, text.splitlines())) <= 80) == (False, False, True)
    lines = text.splitlines()
    place = lines.index("2022/research  khớp")
    assert lines[place + 1].split() == lines[place + 2].split()
    assert lines[place + 1].split()[:2] == ["1.000", "500"]
    line = {**said.lines["2022/research"], "paid": 51_000_000}
    wrong = screen(replace(said, lines={**said.lines, "2022/research": line}))
    assert "2022/research  LỆCH" in wrong and wrong.count("LỆCH") == 1


@pytest.mark.parametrize(("allocated", "code"), [(dong(1_000), 0), (dong(1_001), 1)])
def test_up_ends_with_1_where_a_figure_differs(
    city: City, published: list[Received], monkeypatch: pytest.MonkeyPatch, allocated: int, code: int
) -> None:
    """The rows say that the line was given 1 triệu đồng more than it was."""

    async def nothing(*_: object, **__: object) -> None: ...

    async def topics(*_: object) -> dict[str, list[Received]]:
        return {ACTIVITY.name: published}

    @asynccontextmanager
    async def services(*_: object) -> AsyncIterator[InMemory]:
        yield InMemory(city)

    monkeypatch.setattr(serve, "play", nothing)
    monkeypatch.setattr(serve, "Sender", lambda *_: SimpleNamespace(stop=nothing))
    monkeypatch.setattr(serve, "Services", services)
    monkeypatch.setattr(support_table, "read_all", topics)
    run = SimpleNamespace(kafka_settings=lambda: None, http={"reporting": ""})
    money = tuple(replace(m, amount=allocated) if (m.kind, m.line) == ("allocate", "2022/research") else m for m in YEAR.money)
    story = replace(SCENARIO, steps=(), support=replace(YEAR, money=money))
    directory: Any = SimpleNamespace(token=lambda: "")
    supervisor: Any = SimpleNamespace(run=lambda: run)
    assert asyncio.run(serve._tell(directory, supervisor, story)) == code


# -- as an operator has it -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    """A running `up` that has played the year."""
    running = Up.started(tmp_path_factory.mktemp("support") / "data", "--scenario", "support")
    try:
        until(lambda: "serving" in running.said or running.process.poll() is not None, 240)
        assert running.process.poll() is None, running.said
        yield running
    finally:
        running.process.terminate()
        running.process.wait(60)


def test_table_says_that_all_agrees(year: Up) -> None:
    assert "79/79 đề nghị khớp từng số" in year.said
    assert ("LỆCH" in year.said, year.said.count("khớp  ") + year.said.count("khớp\n")) == (False, 16 + 20 + 9)
    assert all(name in year.said for name in (*APART.schemes, *APART.lines, *APART.in_kind))
    assert "Toàn bộ là số liệu giả định" in year.said


def test_audit_finds_every_guarantee_kept(year: Up) -> None:
    done = year.chuluc("audit")
    rows = [row.split() for row in done.stdout.splitlines() if "kept" in row or "BROKEN" in row]
    assert (done.returncode, {row[2] for row in rows}) == (0, {"kept"}), done.stdout + done.stderr
    assert "20 lines" in done.stdout


def outline(tree: dict[str, Any]) -> dict[str, Any]:
    """A told tree as names: `type subject` to what followed."""
    name = tree["type"].removeprefix(TYPE_PREFIX).removesuffix(".v1")
    return {f"{name} {tree['subject']}": [outline(child) for child in tree["children"]], "id": tree["id"]}


def path_to(tree: dict[str, Any], name: str) -> list[str]:
    """The names from the root of a tree down to the event of this name; empty where it is not in it."""
    own = next(key for key in tree if key != "id")
    if own == name:
        return [own]
    below = next((found for child in tree[own] if (found := path_to(child, name))), [])
    return [own, *below] if below else []


def found(tree: dict[str, Any], name: str) -> str:
    """The id of the event of this name in a tree."""
    own = next(key for key in tree if key != "id")
    ids = [tree["id"]] if own == name else [id for child in tree[own] if (id := found(child, name))]
    return str(ids[0]) if ids else ""


CHAIN = [
    "RevocationDecided 2019-005",
    "RecognitionRevoked 2019-005",
    "LineMoved R1",
    "ScarceThingAnswered R2",
    "SupportGranted R2",
]
"""From the decision on the certificate to the grant of the request that stood in line."""


def test_trace_tells_a_revocation_to_the_request_its_money_served_and_back(year: Up) -> None:
    done = year.chuluc("trace", "2019-005", "--json")
    assert done.returncode == 0, done.stderr
    trees = [outline(tree) for tree in json.loads(done.stdout)]
    assert any(path_to(tree, "ProductRecognised 2019-005") for tree in trees)
    (tree,) = [tree for tree in trees if CHAIN[0] in tree]
    assert path_to(tree, "SupportCancelled R1") == [*CHAIN[:2], "SupportCancelled R1"]
    assert path_to(tree, "SupportGranted R2") == CHAIN
    back = year.chuluc("trace", found(tree, "SupportGranted R2"), "--json")
    (upwards,) = map(outline, json.loads(back.stdout))
    assert path_to(upwards, "SupportGranted R2") == CHAIN
    # What the revocation brought about beside it is no part of the story of the request it served.
    assert path_to(upwards, "SupportCancelled R1") == []
