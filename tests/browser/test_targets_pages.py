"""The page of an indicator and that of the tasks in a real browser: content, language, files, narrow screens, no scripts."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from urllib.request import urlopen

import pytest
from browser.browser import Browser, serving
from browser.checks import read_in_both_languages
from shared.contracts.department import DayStarted
from unit.reporting import facts, story

PAGES = {
    "/pages/2021/indicators/craft-learners": (
        "Lao động nông thôn học nghề, năm 2021",
        "Rural workers in craft classes, year 2021",
    ),
    "/pages/2020/indicators/craft-learners": ("Chưa có số liệu của năm này", "There is no figure of this year"),
    "/pages/2021/tasks": ("2 nhiệm vụ, 2 cần đôn đốc", "2 tasks, 2 need attention"),
    "/pages/2021/tasks?late=1": ("Trùng đối tượng và thời gian với", "Same people and time as"),
    "/pages/tasks": ("2 nhiệm vụ, 2 cần đôn đốc", "2 tasks, 2 need attention"),
    "/pages/2020/tasks": ("Chưa có nhiệm vụ nào được giao cho năm này", "No task has been issued for this year"),
}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    plan = story.plan(story.target("craft-learners", 100), story.target("products-recognised", 25, 30))
    said = (
        plan,
        facts.learners("l1", 30),
        facts.learners("l2", 12, year=2022),
        facts.task(),
        facts.task("T2", lead="dost", ends=date(2021, 6, 30)),
        facts.adjusted(ends=date(2022, 3, 31)),
        DayStarted(date=date(2022, 1, 10)),
    )
    with serving(*said) as served:
        yield served


@pytest.mark.parametrize("path", PAGES)
def test_page_is_read_in_both_languages(browser: Browser, address: str, path: str) -> None:
    read_in_both_languages(browser, address, path, PAGES[path])


def test_download_of_the_tasks_is_the_table(browser: Browser, address: str) -> None:
    seen = browser.open(f"{address}/pages/2021/tasks")
    shown = dict(re.findall(r'<tr id="([^"]+)">.*?<span class="status ([a-z-]+)">', seen.html, re.DOTALL))
    assert '/files/tasks.csv?year=2021"' in seen.html
    with urlopen(f"{address}/files/tasks.csv?year=2021") as file:
        lines = list(csv.DictReader(io.StringIO(file.read().decode("utf-8"))))
    assert {line["task_id"]: line["state"] for line in lines} == shown == {"T1": "report-due", "T2": "late"}


def test_history_of_an_indicator_is_drawn_and_downloaded_with_the_same_figures(browser: Browser, address: str) -> None:
    seen = browser.open(f"{address}/pages/2021/indicators/craft-learners")
    picture = re.search(r'<svg class="lines".*?<title>(.*?)</title>', seen.html, re.DOTALL)
    assert picture is not None
    assert "Kết quả, 2021: 30, 2022: 12" in picture[1]
    with urlopen(f"{address}/files/indicator-values.csv") as file:
        lines = csv.DictReader(io.StringIO(file.read().decode("utf-8")))
        assert [(line["year"], line["value"]) for line in lines if line["indicator"] == "craft-learners"] == [
            ("2021", "30.00"),
            ("2022", "12.00"),
        ]
