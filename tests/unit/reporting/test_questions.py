"""How many questions a page asks of the documents: few, as many with ten times the enterprises, and each one by an index."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from reporting.api import routes
from reporting.domain.rows import Contribution
from reporting.main import service
from reporting.repository.asking import OnceReader
from shared.contracts.applications import EnterpriseRecorded
from shared.contracts.base import Data
from shared.contracts.department import DayStarted
from shared.http import application
from shared.messaging.document import Document
from shared.messaging.reader import Between
from shared.testing.memory import MemoryReader, run
from starlette.testclient import TestClient
from unit.reporting import story

# The most questions a page may ask, by its address; the year before and a phase of years are asked by measure.
PAGES = {
    "/pages/2021": 13,
    "/pages/2021/report": 25,
    "/pages/2022": 11,
    "/pages/2021?on=2021-12-31": 13,
    "/pages/2021/indicators/enterprises-recognised": 7,
    "/pages/2021/indicators/production-growth": 9,
    "/pages/2021/indicators/products-recognised?on=2021-12-31": 5,
    "/pages/2021/support": 4,
    "/pages/requests/HT-001": 5,
    "/pages/2021/lines": 5,
    "/pages/2021/lines/fair-abroad": 4,
    "/pages/2021/coverage": 9,
    "/pages/2021/activities": 5,
    "/pages/2021/tasks": 3,
    "/pages/products": 4,
    "/pages/products?year=2021&q=may": 4,
    "/pages/products/SP-001": 2,
    "/pages/certificates/2021-001": 3,
    "/pages/2021/charts": 4,
    "/pages/2021/cnht": 8,
    "/pages/2021/cnht/print": 8,
    "/pages/enterprises": 2,
    "/pages/enterprises?q=cong+ty": 2,
    f"/pages/enterprises/{story.tax_code(1)}": 11,
    "/pages/files": 2,
    "/years/2021": 13,
    "/plans/2021": 7,
    "/indicators/production-growth": 3,
    "/indicators/production-growth/2021": 8,
    "/recognised-products?limit=10": 2,
    "/grants?limit=10": 2,
    f"/enterprises/{story.tax_code(1)}": 10,
    "/files/indicator-values.csv": 5,
    "/files/indicators.csv": 7,
    "/files/recognised-products.csv?year=2021": 2,
    "/files/grants.csv?year=2021": 2,
}
# Of these there are few, whatever the number of enterprises and years: they are read whole.
FEW = {
    "plans",
    "rounds",
    "schemes",
    "business-days",
    "budget-lines",
    "successions",
    "standards-lists",
    "clusters",
    "suppliers",  # the register is published as a whole
}
# Files and answers of all years read what they are of.
OF_ALL_YEARS = {"/pages/products": "recognised-products", "/recognised-products?limit=10": "recognised-products"}
OF_ALL_YEARS |= {"/grants?limit=10": "grants"}
OF_ALL_YEARS |= {f"/files/{file}.csv": "contributions activities participations" for file in ("indicators", "indicator-values")}
FEWER, MORE = 4, 40


@dataclass
class Listening(MemoryReader):
    """A reader that keeps what it was asked."""

    asked: list[tuple[type[Document], dict[str, Any], int | None]] = field(default_factory=list)

    def as_of(self, day: date) -> "Listening":
        return Listening(self.running, day, self.asked)

    async def get(self, kind: type[Any], id: str) -> Any:
        self.asked.append((kind, {"id": id}, 1))
        return self.running.find(kind, id) if self.day is None else await super().get(kind, id)

    async def list(self, kind: type[Any], where: dict[str, Any] | None = None, **how: Any) -> Any:
        self.asked.append((kind, where or {}, how.get("limit")))
        return await super().list(kind, where, **how)

    async def history(self, kind: type[Any], ids: Collection[str]) -> Any:
        self.asked.append((kind, {"id": ids}, None))
        return await super().history(kind, ids)


def year_of(enterprises: int) -> Iterator[Data]:
    """The year of the story with so many enterprises more, each with everything; figures are reported twice."""
    *events, last_day = story.year_2021()
    yield from events
    for n in range(100, 100 + enterprises):
        named = EnterpriseRecorded(tax_code=story.tax_code(n), name=story.name(n), in_the_city=True, supporting_industry=True)
        yield from (named, story.received(n, n), story.accepted(n, n), story.recognised(n, n))
        yield from (story.received(n + 500, n), story.rejected(n + 500, n))
        yield story.granted(n, n, enterprise_name=None)
        yield from (story.result(n, 2020, 10**12), story.result(n, 2021, 10**12))
    yield last_day
    yield from (story.result(n, 2021, 2 * 10**12) for n in range(100, 100 + enterprises))
    yield DayStarted(date=date(2022, 1, 4))


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
def readers() -> tuple[Listening, Listening]:
    fewer, more = (Listening(run(service, *year_of(number))["reporting"]) for number in (FEWER, MORE))
    return fewer, more


@pytest.mark.parametrize("address", PAGES)
def test_page_asks_few_questions_as_many_with_more_enterprises_and_each_by_an_index(
    readers: tuple[Listening, Listening], address: str
) -> None:
    counts = []
    for reader in readers:
        reader.asked.clear()
        assert TestClient(application(routes(reader))).get(address).status_code == 200
        counts.append(len(reader.asked))
        whole = OF_ALL_YEARS.get(address, "").split()
        found_otherwise = {kind.collection for kind, where, limit in reader.asked if not served(kind, where, limit)}
        assert found_otherwise - FEW <= set(whole)
    assert counts[0] == counts[1] <= PAGES[address]


def served(kind: type[Document], where: dict[str, Any], limit: int | None) -> bool:
    """Whether an index narrows the question: its first field is asked, or it is in order of id and bounded to a page."""
    first = {fields.split()[0] for fields in kind.found_by}
    return bool(first & where.keys()) or ("id" in first and not where and limit is not None and limit <= 100)


@pytest.fixture(scope="module")
def many_years() -> Listening:
    """The year of the story among others, with a phase over them."""
    phase = story.plan(story.target("enterprises-recognised", 20), story.target("exports-share", 5), plan_id="phase@2021-01-01")
    years = [story.plan(story.target("production-growth", 10), year=year, plan_id=f"of@{year}") for year in (2019, 2020, 2022)]
    later = story.recognised(900, 900, certificate="2022-900", year=2022, decided_on=date(2022, 11, 26))
    said = (phase.model_copy(update={"to_year": 2025}), *years, later, DayStarted(date=date(2024, 1, 2)))
    return Listening(run(service, *year_of(FEWER), *said)["reporting"])


@pytest.mark.parametrize("file", ["indicators", "indicator-values"])
def test_file_of_all_years_asks_as_much_of_many_years_as_of_one(
    readers: tuple[Listening, Listening], many_years: Listening, file: str
) -> None:
    asked = []
    for reader in (readers[0], many_years):
        reader.asked.clear()
        assert TestClient(application(routes(reader))).get(f"/files/{file}.csv").status_code == 200
        asked.append(len(reader.asked))
    assert asked == [PAGES[f"/files/{file}.csv"]] * 2


def test_file_of_all_years_says_what_those_of_each_year_say(many_years: Listening) -> None:
    client = TestClient(application(routes(many_years)))
    of_all = client.get("/files/indicators.csv").text.splitlines()
    of_each = [client.get(f"/files/indicators.csv?year={year}").text.splitlines()[1:] for year in range(2024, 2018, -1)]
    assert [len(lines) for lines in of_each] == [2, 2, 3, 8, 1, 1]
    assert of_all[1:] == [line for lines in of_each for line in lines]


def test_rows_reported_twice_are_asked_for_at_once(readers: tuple[Listening, Listening]) -> None:
    _, more = readers
    more.asked.clear()
    page = TestClient(application(routes(more))).get("/pages/2021/indicators/production-growth").text
    histories = [where["id"] for kind, where, limit in more.asked if kind is Contribution and limit is None and "id" in where]
    assert page.count('class="quiet corrected"') == MORE
    assert [len(ids) for ids in histories if isinstance(ids, list)] == [MORE]


@pytest.mark.anyio
async def test_what_lies_in_an_answer_is_not_asked_for_again(readers: tuple[Listening, Listening]) -> None:
    once, plain = OnceReader(readers[0]), MemoryReader(readers[0].running)
    questions: list[dict[str, Any]] = [
        {"where": {"id": Between.below("production-value")}},
        {"where": {"id": Between.below("production-value/2021")}},
        {"where": {"id": Between.below("production-value/2020")}, "limit": 2},
        {"where": {"id": Between.below("exports/2021")}},
        {"where": {"year": 2021}},
    ]
    readers[0].asked.clear()
    for _ in range(2):
        for question in questions:
            assert await once.list(Contribution, **question) == await plain.list(Contribution, **question) != []
    assert len(readers[0].asked) == len(questions) - 1
    assert (await once.as_of(date(2021, 12, 30)).list(Contribution, **questions[0])) != await once.list(
        Contribution, **questions[0]
    )
