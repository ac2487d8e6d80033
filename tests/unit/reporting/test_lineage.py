"""What took a row of an indicator away, and where its rows lead."""

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from reporting.api import routes
from reporting.domain.rows import Contribution, Measure
from reporting.main import service
from reporting.pages.indicators import place_of
from shared.contracts.base import Data
from shared.contracts.department import DayStarted
from shared.contracts.reporting import Ground
from shared.http import application
from shared.testing.memory import MemoryReader, in_order, run
from starlette.testclient import TestClient
from unit.reporting import facts, lives, story, support_story
from unit.reporting.test_reporting_pages import serve, words

FIRST, DAY = date(2022, 3, 7), date(2022, 3, 8)


@pytest.mark.parametrize(
    ("before", "after", "asked", "by"),
    [
        ([story.recognised(1, 1)], [lives.revoked(date(2021, 12, 1))], "supported-share/2022", "RecognitionRevoked"),
        (
            [story.recognised(1, 1)],
            [lives.revoked(date(2021, 12, 1)), lives.honoured(None)],
            "supported-share/2022",
            "RecognitionRevoked",
        ),
        (
            [story.recognised(1, 1), story.result(1, 2021, 5), story.result(1, 2022, 6)],
            [lives.revoked(date(2021, 12, 1))],
            "production-growth/2022",
            "RecognitionRevoked",
        ),
        (
            [story.recognised(1, 1, first_time=True)],
            [lives.corrected(first_time=False)],
            "first-time-recognised/2021",
            "FirstTimeCorrected",
        ),
        (
            [facts.cluster(1, date(2021, 5, 5))],
            [facts.cluster(1, None, on=date(2021, 6, 1))],
            "clusters-started/2021",
            "ClusterRecorded",
        ),
        ([facts.listed(1)], [facts.delisted(1, date(2022, 3, 8))], "supporting-enterprises/2022", "SupplierDelisted"),
    ],
)
def test_row_that_went_names_the_event_that_took_it_away(before: list[Data], after: list[Data], asked: str, by: str) -> None:
    events = in_order([*before, DayStarted(date=FIRST), DayStarted(date=DAY), *after])
    client = TestClient(application(routes(MemoryReader(run(service, *events)["reporting"]))))
    went = [row for row in client.get(f"/indicators/{asked}").json()["changes"]["rows"] if row["kind"] == "went"]
    *_, taken_by = (f"{event.source}|{event.id}" for event in events if type(event.data).__name__ == by)
    assert went and all(row["gone"]["day"] == str(DAY) for row in went)
    assert {row["gone"]["event_id"] for row in went} == {taken_by}
    code, year = asked.split("/")
    text = words(client.get(f"/pages/{year}/indicators/{code}").text)
    assert f"{taken_by.rpartition('|')[2]} (từ ngày 08/03/2022)" in text


def test_row_of_an_enterprise_that_went_on_says_under_which_code() -> None:
    events = in_order(
        [
            story.recognised(1, 1),
            story.recognised(2, 2),
            DayStarted(date=FIRST),
            DayStarted(date=DAY),
            lives.merged(1, 2, on=date(2021, 3, 1)),
        ]
    )
    client = TestClient(application(routes(MemoryReader(run(service, *events)["reporting"]))))
    rows = client.get("/indicators/enterprises-recognised/2021").json()["changes"]["rows"]
    gone = {row["then"]["about"]: row["gone"] for row in rows if row["kind"] == "went"}
    assert gone == {story.tax_code(1): {"day": str(DAY), "event_id": None, "onward": story.tax_code(2)}}
    html = client.get("/pages/2021/indicators/enterprises-recognised").text
    assert f"Không còn tính từ ngày 08/03/2022 : doanh nghiệp nay tính dưới mã số thuế {story.tax_code(2)} ." in words(html)


def test_row_whose_reason_is_not_found_says_from_which_day_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reporting.repository.lineage.TAKING", {})
    events = [story.recognised(1, 1), DayStarted(date=FIRST), DayStarted(date=DAY), lives.revoked(date(2021, 12, 1))]
    text = words(serve(*events).get("/pages/2022/indicators/supported-share?lang=en").text)
    assert "No longer counts 1 – No longer counted from 8 March 2022 ." in text


def row(measure: Measure, about: str) -> Contribution:
    facts: dict[str, Any] = {"measure": measure.value, "year": 2021, "about": about, "event_id": "s|1", "made": False}
    return Contribution.of(Ground(**facts), about)


@pytest.mark.parametrize(
    ("measure", "about", "leads_to"),
    [
        (Measure.PRODUCTS_RECOGNISED, "2021-001", "/pages/certificates/2021-001"),
        (Measure.FIRST_TIME, "2021-001", "/pages/certificates/2021-001"),
        (Measure.MONEY_PAID, "2021/fair-abroad", "/pages/2021/lines/fair-abroad"),
        (Measure.CRAFT_LEARNERS, "lop-1", "/pages/2021/activities#lop-1"),
        (Measure.PARTICIPATIONS, "hoi-cho/0100000001", "/pages/2021/activities#hoi-cho"),
        (Measure.CLUSTERS_AREA, "CCN-1", "/pages/2021/cnht#clusters"),
        (Measure.PRODUCTS_FILED, "HS-1", None),
        (Measure.CITY_OUTPUT, "city-industrial-output", None),
    ],
)
def test_row_leads_to_what_it_is_about(measure: Measure, about: str, leads_to: str | None) -> None:
    assert place_of(row(measure, about)) == leads_to


@pytest.mark.parametrize(
    "code",
    [
        "products-recognised",
        "enterprises-recognised",
        "supported-share",
        "support-money",
        "activity-participations",
        "craft-learners",
        "course-learners",
    ],
)
def test_rows_of_a_year_of_support_lead_somewhere_and_have_names(code: str) -> None:
    client = serve(*support_story.heard_2021())
    html = client.get(f"/pages/2021/indicators/{code}?lang=en").text
    rows = html[html.index('id="events"') : html.index('id="changes"')]

    linked = {unescape(a) for a in re.findall(r'href="(/pages/[^"]+)"', rows)}
    assert {a: client.get(a, follow_redirects=True).status_code for a in linked} == dict.fromkeys(linked, 200)
    assert linked or "None yet." in words(rows)
