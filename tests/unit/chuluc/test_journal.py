"""The journal: whole lines, in order, whatever happened to the last writer."""

from pathlib import Path

import pytest
from chuluc.journal import Entry, Journal
from chuluc.sender import apart

FIRST = Entry("city.support.v1", "0100109106", '{"id":"1","tên":"Rạng Đông"}'.encode())
BYTES = Entry("city.support.v1", None, b"\xff\xfe not text")
LINES = Entry("city.support.v1", "k", b"two\nlines")


@pytest.mark.parametrize("entry", [FIRST, BYTES, LINES])
def test_entry_reads_back_as_written(entry: Entry) -> None:
    assert Entry.read(entry.line()) == entry


def test_journal_keeps_the_order_over_batches(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.ndjson")
    journal.add([FIRST, BYTES])
    journal.add([LINES])
    assert list(Journal(tmp_path / "journal.ndjson").read()) == [FIRST, BYTES, LINES]


def test_journal_that_does_not_exist_is_empty(tmp_path: Path) -> None:
    assert list(Journal(tmp_path / "journal.ndjson").read()) == []


@pytest.mark.parametrize("cut", [1, 10, len(BYTES.line()) - 1])
def test_half_line_of_a_killed_writer_is_cut_off(tmp_path: Path, cut: int) -> None:
    file = tmp_path / "journal.ndjson"
    file.write_bytes(FIRST.line() + BYTES.line()[:cut])
    journal = Journal(file)
    assert list(journal.read()) == [FIRST]
    journal.add([LINES])
    assert list(journal.read()) == [FIRST, LINES]


def test_half_line_longer_than_a_block_is_cut_off(tmp_path: Path) -> None:
    file = tmp_path / "journal.ndjson"
    file.write_bytes(FIRST.line() + b"x" * 10_000)
    Journal(file).add([LINES])
    assert file.read_bytes() == FIRST.line() + LINES.line()


def test_journal_of_one_half_line_starts_anew(tmp_path: Path) -> None:
    file = tmp_path / "journal.ndjson"
    file.write_bytes(b"x" * 5_000)
    Journal(file).add([LINES])
    assert file.read_bytes() == LINES.line()


def test_programme_events_stand_alone_so_that_no_tick_passes_an_earlier_event() -> None:
    a, tick, b = Entry("city.support.v1", "a", b"a"), Entry("city.programme.v1", "d", b"d"), Entry("city.council.v1", "b", b"b")
    assert apart([a, b, tick, a, b, tick, tick]) == [[a, b], [tick], [a, b], [tick], [tick]]
