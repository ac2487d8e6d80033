"""The page of a plan year in a real browser, without a network: it renders under its own policy, with its style, and prints."""

import re
import shutil
import socket
import struct
import subprocess
import threading
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from reporting.api import routes
from reporting.main import service
from shared.http import application
from shared.testing.memory import MemoryReader, run
from unit.reporting import story

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: the page is not looked at in a browser")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --hide-scrollbars"
)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The service's routes over the year 2021, served on a free port."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    served = application(routes(MemoryReader(run(service, *story.year_2021())["reporting"])))
    server = uvicorn.Server(uvicorn.Config(served, log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    until = time.monotonic() + 10
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


def browse(url: str, profile: Path, *flags: str) -> str:
    """What chromium writes to its standard output for an address."""
    assert CHROMIUM is not None
    command = [CHROMIUM, *FLAGS.split(), f"--user-data-dir={profile}", *flags, url]
    return subprocess.run(command, capture_output=True, timeout=90, check=True).stdout.decode()


def test_page_is_rendered_with_its_style_under_its_own_policy(address: str, tmp_path: Path) -> None:
    dom = browse(f"{address}/pages/2021?q=den%20led", tmp_path, "--dump-dom")
    assert '<html lang="vi">' in dom
    assert "Kết quả thực hiện kế hoạch năm 2021" in dom
    register = dom[dom.index('id="register"') : dom.index('id="turned-down"')]
    assert re.findall(r"2021-\d{3}(?=</a>)", register) == ["2021-001"]
    assert re.findall(r'class="status in-force">([^<]*)<', register) == ["Còn hiệu lực"] * 2  # of the year, of the one found
    assert "Chưa đạt" in dom and "Đạt, vượt kế hoạch" in dom


def test_past_day_is_chosen_on_the_page(address: str, tmp_path: Path) -> None:
    dom = browse(f"{address}/pages/2021?on=2021-12-31", tmp_path, "--dump-dom")
    assert "Số liệu như đã biết đến hết ngày <time" in dom
    assert re.findall(r'<input id="on" name="on" type="date" value="([^"]*)"', dom) == ["2021-12-31"]
    assert 'href="/pages/2021/indicators/output-share?on=2021-12-31"' in dom


def test_page_is_painted_in_the_colour_of_its_style_sheet(address: str, tmp_path: Path) -> None:
    picture = tmp_path / "page.png"
    browse(f"{address}/pages/2021", tmp_path / "profile", f"--screenshot={picture}", "--window-size=600,400")
    assert png_pixel(picture.read_bytes(), 0, 5) == (0x8A, 0x1A, 0x16)  # the red of the header, from edge to edge


def test_page_prints(address: str, tmp_path: Path) -> None:
    paper = tmp_path / "page.pdf"
    browse(f"{address}/pages/2021?lang=en", tmp_path / "profile", f"--print-to-pdf={paper}", "--no-pdf-header-footer")
    assert paper.read_bytes()[:5] == b"%PDF-"


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
