"""What an operator reads on a terminal of 80 columns: whole words, no figure cut short."""

from dataclasses import replace
from typing import Any

import pytest
from chuluc import commands, table
from chuluc.scenario.steps import ExpectedRound, Scenario
from chuluc.services import Status
from rich.console import Console

YEAR: dict[str, Any] = {
    "year": 2021,
    "filed": {"products": 54, "enterprises": 34},
    "recognised": {"products": 46, "enterprises": 30},
    "top10": [{"rank": 1, "product_name": "Đèn LED Rạng Đông"}],
    "supported_share": {"value": "100"},
    "made": True,
    "money": [
        {"line_id": "2021/fair-abroad", "allocated": 3_000_000_000, "used": 0, "available": 0, "exhausted": False},
        {
            "line_id": "2021/technology-renewal",
            "allocated": 15_620_000_000,
            "used": 15_520_000_000,
            "available": 100_000_000,
            "exhausted": True,
        },
    ],
    "targets": [
        {
            "name": {"vi": "Tỷ lệ doanh nghiệp được công nhận được hưởng hỗ trợ"},
            "lower": "35",
            "upper": "40",
            "unit": "percent",
            "status": "met",
            "status_text": {"vi": "Đạt, vượt kế hoạch", "en": "Met, above plan"},
            "value": "42.05",
        }
    ],
}


def said(thing: Any) -> str:
    """What a terminal of 80 columns shows."""
    console = Console(width=80, record=True, file=None, quiet=False, force_terminal=False)
    with console.capture() as captured:
        thing(console)
    return captured.get()


def status(name: str, **changes: Any) -> Status:
    facts: dict[str, Any] = {
        "service": name,
        "ready": True,
        "day": "2021-12-31",
        "intake": {"lag": 9_999},
        "lag": 12_345,
        "outbox": 1_234,
        "held": 12,
        "dead": 3,
        "refused": 4_321,
    }
    return Status.model_validate({**facts, **changes})


def test_status_fits_and_tells_waiting_from_dead() -> None:
    found = {"applications": status("applications"), "scoring": None, "support": status("support", ready=False, held=1, dead=1)}
    lines = [line.split() for line in said(lambda c: c.print(commands._status_table(found))).splitlines()]
    assert lines[0] == ["service", "ready", "day", "unread", "lag", "outbox", "waiting", "dead", "refused"]
    assert lines[2:] == [
        ["applications", "yes", "2021-12-31", "9999", "12345", "1234", "9", "3", "4321"],
        ["scoring", "no", "no", "answer"],
        ["support", "no", "2021-12-31", "9999", "12345", "1234", "0", "1", "4321"],
    ]


def test_year_fits_without_a_word_cut() -> None:
    text = said(lambda c: table.show(c, YEAR, None))
    assert "…" not in text
    lines = [line.strip() for line in text.splitlines()]
    money = lines.index("Kinh phí theo dòng ngân sách (đồng)")
    assert [" ".join(line.split()) for line in lines[money + 1 : money + 6]] == [
        "Dòng ngân sách Được cấp Đã bố trí Còn lại",
        lines[money + 2],
        "2021/fair-abroad 3.000.000.000 0 0",
        "2021/technology-renewal 15.620.000.000 15.520.000.000 100.000.000",
        "không đủ cho đề nghị kế tiếp",
    ]
    (target,) = [line.split("  ") for line in lines if "42,05" in line]
    assert [word.strip() for word in target if word][-3:] == ["35 – 40 %", "42,05 %", "Đạt, vượt kế hoạch"]


ROUNDS = Scenario(
    name="x",
    title="x",
    steps=(),
    rounds=(
        ExpectedRound(2018, (70, 42), (61, 36), 61, 61, 10, filed_made="both"),
        ExpectedRound(2019, (48, 37), (30, 22), 91, 28, 1),
        ExpectedRound(2020, (58, 50), (26, 19), 117, 0, 0, filed_made="products"),
    ),
    made_vi="Số liệu giả định có dấu *",
    made_en="Assumed figures have a *",
)


def test_rounds_fit_and_mark_what_is_made() -> None:
    text = said(lambda c: table.show_rounds(c, ROUNDS.rounds, ROUNDS))
    assert [" ".join(line.split()) for line in text.splitlines()[1:6]] == [
        "Năm Nộp hồ sơ Công nhận Đạt Cộng dồn Lần đầu Top 10 của",
        text.splitlines()[2].strip(),
        "2018 70* / 42* 61 / 36 87,1 %* 61 61 10 DN",
        "2019 48 / 37 30 / 22 62,5 % 91 28 1 DN",
        "2020 58* / 50 26 / 19 44,8 %* 117 0 0 DN",
    ]
    assert "…" not in text and ROUNDS.made_vi in text


def test_round_is_read_from_what_reporting_says() -> None:
    year = {"year": 2019, "filed": {"products": 48, "enterprises": 37}, "recognised": {"products": 30, "enterprises": 22}}
    first = {"tax_code": "1", "first_time": True, "top10_rank": 1}
    products = [first, {**first, "top10_rank": 2}, {"tax_code": "2", "first_time": False, "top10_rank": None}]
    assert table.round_of(year, products, 61) == ExpectedRound(2019, (48, 37), (30, 22), 91, 2, 1)


def test_round_that_is_not_what_was_published_is_named() -> None:
    found = [*ROUNDS.rounds[:2], replace(ROUNDS.rounds[2], total=116, filed=(0, 0))]
    assert table.round_breaches(ROUNDS.rounds, ROUNDS) == []
    assert table.round_breaches(found, ROUNDS) == [
        "round 2020: expected filed (58, 50), the table says (0, 0)",
        "round 2020: expected total 117, the table says 116",
    ]
    assert "–" in said(lambda c: table.show_rounds(c, found, ROUNDS))


@pytest.mark.parametrize(("count", "words"), [(1, "1 subject is held"), (2, "2 subjects are held")])
def test_held_subjects_are_counted_in_grammar(count: int, words: str) -> None:
    assert commands._held_in_words(count) == words
