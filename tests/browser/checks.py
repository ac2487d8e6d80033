"""What has to hold of every page: how it is read, and that its files are its tables."""

import csv
import io
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from html import unescape
from urllib.request import urlopen

from browser.browser import NARROW, WIDE, Browser
from reporting.texts import CLUSTER_STATES, INDUSTRIES, STAGES, STATES

from shared import vietnamese

READERS = ((NARROW, False), (WIDE, True))  # width of the window, and whether scripts run
OF_ITSELF = "Failed to load resource: the server responded with a status of {} (Not Found)"
WORDS = {**STAGES, **STATES, **CLUSTER_STATES, **INDUSTRIES}


def text(html: str) -> str:
    """What is read, without tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).replace("\u00a0", " ").split())


def read_in_both_languages(browser: Browser, address: str, path: str, expected: tuple[str, str], status: int = 200) -> None:
    """A page is read in Vietnamese, and by its own link in English; with scripts or without, on a wide or a narrow screen,
    it is the same page with its style, fits, complains of nothing but its own status, and asks nobody else for anything."""
    english = None
    for language, words in zip(("vi", "en"), expected, strict=True):
        url = f"{address}{path}" if english is None else address + unescape(english[1])
        pages = []
        for width, scripts in READERS:
            seen = browser.open(url, width=width, scripts=scripts)
            assert f'<html lang="{language}">' in seen.html and words in text(seen.html)
            assert re.findall(r'hreflang="([^"]+)" aria-current="true"', seen.html) == [language]
            assert seen.status == status
            own = (
                [] if status == 200 else [f"Failed to load resource: the server responded with a status of {status} (Not Found)"]
            )
            assert seen.complaints == own
            assert [asked for asked in seen.requests if not asked.startswith(f"{address}/")] == []
            assert "/pages/static/page.css" in {asked.removeprefix(address) for asked in seen.requests}
            assert browser.overflow() <= 0
            pages.append(text(seen.html))
        assert pages == pages[:1] * len(READERS)
        english = re.search(r'<a href="([^"]+)" lang="en" hreflang="en"', seen.html)
        assert english is not None


def rows(html: str, heading: str | None = None) -> list[list[str]]:
    """The cells of the rows of every table below a heading, or of the page, as they are read; drawings and totals left out."""
    if heading is not None:
        html = re.split(rf'aria-labelledby="{heading}"', html)[1].split("</section>")[0]
    found = re.findall(
        r"<tr(?! class=\"drawing\")[^>]*>(.*?)</tr>", re.sub(r"<t(head|foot).*?</t\1>", "", html, flags=re.S), re.S
    )
    return [[text(cell) for cell in re.findall(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", row, re.S)] for row in found]


def file_of(address: str, html: str, file: str) -> list[dict[str, str]]:
    """The lines of the file of a name that a page leads to."""
    link = re.search(rf'href="(/files/{file}\.csv[^"]*)"', html)
    assert link is not None
    with urlopen(address + unescape(link[1])) as answer:
        return list(csv.DictReader(io.StringIO(answer.read().decode("utf-8-sig"))))


def shown(value: str) -> str:
    """A value of a file as a Vietnamese page has it."""
    if value in WORDS:
        return WORDS[value].vi
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return vietnamese.date(date.fromisoformat(value))
    return vietnamese.number(Decimal(value), 3) if re.fullmatch(r"-?[1-9]\d*(\.\d+)?|0\.\d+", value) else value


def assert_same(table: list[list[str]], lines: list[dict[str, str]], columns: Mapping[str, int]) -> None:
    """Each row of a table says what its line of the file says, in the same order; each column of the file stands in its cell,
    and a cell of which the file has nothing is a dash."""
    assert len(table) == len(lines) > 0
    for cells, line in zip(table, lines, strict=True):
        for cell in set(columns.values()):
            values = [line[column] for column, place in columns.items() if place == cell and line[column] not in ("", "0")]
            for value in values:
                assert re.search(rf"(?<![\w.,]){re.escape(shown(value))}(?!\w|[.,]\d)", cells[cell]), (value, cells)
            assert values or cells[cell].startswith("–"), (cell, cells)
