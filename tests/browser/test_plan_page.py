"""The page of a plan year in a real browser, without a network: it renders under its own policy, with its style, and prints."""

import re
import struct
import zlib
from collections.abc import Iterator
from datetime import date

import pytest
from browser.browser import PAPER, Browser, serving
from browser.checks import read_in_both_languages
from shared.contracts.applications import Reason
from shared.contracts.department import DayStarted
from unit.reporting import story


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The service's routes over the year 2021, served on a free port."""
    with serving(*story.year_2021()) as served:
        yield served


def test_page_is_rendered_under_its_own_policy(browser: Browser, address: str) -> None:
    seen = browser.open(f"{address}/pages/2021")
    assert '<html lang="vi">' in seen.html
    assert "Kết quả thực hiện kế hoạch năm 2021" in seen.html
    register = seen.html[seen.html.index('id="register"') : seen.html.index('id="turned-down"')]
    assert len(re.findall(r"2021-\d{3}(?=</a>)", register)) == 20
    assert re.findall(r'class="status in-force">([^<]*)<', register) == ["Còn hiệu lực"] * 21  # of the year, and of each
    assert "Chưa đạt" in seen.html and "Đạt, vượt kế hoạch" in seen.html
    assert seen.complaints == []


def test_page_is_read_in_both_languages(browser: Browser, address: str) -> None:
    read_in_both_languages(browser, address, "/pages/2021", ("Đạt, vượt kế hoạch", "Met, above plan"))


def test_page_of_a_past_day_is_read_in_both_languages(browser: Browser, address: str) -> None:
    expected = ("Những gì được ghi nhận hoặc sửa sau ngày này không được tính", "What was recorded or corrected after that day")
    read_in_both_languages(browser, address, "/pages/2021?on=2021-12-31", expected)


def test_city_without_a_plan_is_told_so(browser: Browser) -> None:
    with serving(story.round_opened()) as address:
        read_in_both_languages(browser, address, "/", ("Chưa có kế hoạch nào được ghi nhận", "No plan has been recorded"))
        read_in_both_languages(browser, address, "/pages/2021", ("Chưa có số liệu cho năm này", "There is no data for this year"))


def test_past_day_is_chosen_on_the_page(browser: Browser, address: str) -> None:
    dom = browser.open(f"{address}/pages/2021?on=2021-12-31").html
    assert "Số liệu như đã biết đến hết ngày <time" in dom
    assert re.findall(r'<input id="on" name="on" type="date" value="([^"]*)"', dom) == ["2021-12-31"]
    assert 'href="/pages/2021/indicators/output-share?on=2021-12-31"' in dom


def test_page_is_painted_in_the_colour_of_its_style_sheet(browser: Browser, address: str) -> None:
    browser.open(f"{address}/pages/2021", width=600)
    assert png_pixel(browser.picture(), 0, 5) == (0x8A, 0x1A, 0x16)  # the red of the header, from edge to edge


def test_long_word_in_a_reason_leaves_the_other_columns_their_width(browser: Browser) -> None:
    invoice = "0123456789abcdef" * 4
    why = Reason(slug="used", vi=f"Hóa đơn {invoice} đã được dùng cho đề nghị khác.", en=f"Invoice {invoice} was used.")
    declined = story.declined(1, 1).model_copy(update={"reasons": (why,)})
    with serving(story.PLAN_60, declined, DayStarted(date=date(2021, 12, 31))) as address:
        browser.open(f"{address}/pages/2021/report", width=PAPER, media="print")
        assert browser.overflow() <= 0
        assert int(browser.style('[aria-labelledby="grants"] tbody th', "width").partition(".")[0]) > PAPER // 8


def test_page_prints(browser: Browser, address: str) -> None:
    browser.open(f"{address}/pages/2021?lang=en")
    assert browser.paper()[:5] == b"%PDF-"


def png_pixel(png: bytes, x: int, y: int) -> tuple[int, ...]:
    """The colour of one pixel of a PNG with 8 bits a channel, not interlaced."""
    at, packed, width, channels = 8, b"", 0, 0
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        body = png[at + 8 : at + 8 + length]
        if kind == b"IHDR":
            width, _, _, colour = struct.unpack(">IIBB", body[:10])
            channels = {2: 3, 6: 4}[colour]
        if kind == b"IDAT":
            packed += body
        at += 12 + length
    lines = zlib.decompress(packed)
    before = bytearray(width * channels)
    for n in range(y + 1):
        start = n * (width * channels + 1)
        before = _unfiltered(lines[start], bytearray(lines[start + 1 : start + 1 + width * channels]), before, channels)
    return tuple(before[x * channels : x * channels + 3])


def _unfiltered(how: int, line: bytearray, above: bytearray, channels: int) -> bytearray:
    for n in range(len(line)):
        left = line[n - channels] if n >= channels else 0
        corner = above[n - channels] if n >= channels else 0
        line[n] = (line[n] + (0, left, above[n], (left + above[n]) // 2, _nearest(left, above[n], corner))[how]) & 0xFF
    return line


def _nearest(left: int, above: int, corner: int) -> int:
    guess = left + above - corner
    return min((left, above, corner), key=lambda value: abs(guess - value))
