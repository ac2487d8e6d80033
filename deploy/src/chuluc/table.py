"""What reporting says of a year, or of all rounds, for a terminal, and whether it is what was expected."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from chuluc.scenario.steps import Expected, ExpectedRound, Scenario
from shared import vietnamese

Json = dict[str, Any]
COLOURS = {"met": "green", "missed": "red", "on-track": "green", "behind": "yellow", "no-data": "dim"}


def show(console: Console, year: Json, scenario: Scenario | None) -> None:
    """Print the table of a year: counts, Top 10, support, money by line, targets, and what of it is made."""
    filed, recognised = year["filed"], year["recognised"]
    counts = _table(f"Năm {year['year']}")
    counts.add_column("")
    counts.add_column("Sản phẩm", justify="right")
    counts.add_column("Doanh nghiệp", justify="right")
    counts.add_row("Nộp hồ sơ", str(filed["products"]), str(filed["enterprises"]))
    counts.add_row("Được công nhận", str(recognised["products"]), str(recognised["enterprises"]))
    console.print(counts)
    console.print("\n[bold]Top 10[/bold]")
    for product in year["top10"]:
        console.print(f"  {product['rank']:>2}. {product['product_name']}", highlight=False)
    console.print(f"[bold]Tỷ lệ doanh nghiệp được hỗ trợ[/bold]: {_value(year['supported_share'], '%')}", highlight=False)
    for table in (_money(year), _targets(year)):
        console.print()
        console.print(table)
    console.print()
    if year["made"] and scenario is not None and scenario.made_vi:
        console.print(f"[italic]{scenario.made_vi}[/italic]", highlight=False)
        console.print(f"[italic]{scenario.made_en}[/italic]", highlight=False)


def _money(year: Json) -> Table:
    """The mark of a line that ran out stands below its name: beside the figures it would be cut at 80 columns."""
    table = _table("Kinh phí theo dòng ngân sách (đồng)")
    table.add_column("Dòng ngân sách", no_wrap=True)
    for head in ("Được cấp", "Đã bố trí", "Còn lại"):
        table.add_column(head, justify="right", no_wrap=True)
    for line in year["money"]:
        figures = (vietnamese.number(line[key]) for key in ("allocated", "used", "available"))
        mark = "\n[yellow]không đủ cho đề nghị kế tiếp[/yellow]" if line["exhausted"] else ""
        table.add_row(line["line_id"] + mark, *figures)
    return table


def _table(title: str) -> Table:
    """A table narrow enough for a terminal of 80 columns."""
    return Table(title=title, title_justify="left", box=SIMPLE_HEAD, pad_edge=False, collapse_padding=True, show_edge=False)


def _targets(year: Json) -> Table:
    table = _table("Chỉ tiêu của kế hoạch")
    table.add_column("Chỉ tiêu")
    table.add_column("Kế hoạch", justify="right", no_wrap=True)
    table.add_column("Kết quả", justify="right", no_wrap=True)
    table.add_column("Đánh giá", no_wrap=True)
    for target in year["targets"]:
        bounds = [vietnamese.number(Decimal(b), 2) for b in (target["lower"], target["upper"]) if b is not None]
        unit = "%" if target["unit"] == "percent" else ""
        colour = COLOURS.get(target["status"], "dim")
        words = f"[{colour}]{target['status_text']['vi']}[/{colour}]"
        table.add_row(target["name"]["vi"], " – ".join(bounds) + (f" {unit}" if unit else ""), _value(target, unit), words)
    return table


def _value(said: Json, unit: str) -> str:
    return "–" if said["value"] is None else f"{vietnamese.number(Decimal(said['value']), 2)} {unit}".rstrip()


def round_of(year: Json, products: Sequence[Json], before: int) -> ExpectedRound:
    """What reporting says of a round, from its year and its certificates; `before` are the recognitions until then."""
    filed, recognised = ((year[key]["products"], year[key]["enterprises"]) for key in ("filed", "recognised"))
    return ExpectedRound(
        year=year["year"],
        filed=filed,
        recognised=recognised,
        total=before + recognised[0],
        first_time=sum(product["first_time"] for product in products),
        top10_enterprises=len({product["tax_code"] for product in products if product["top10_rank"] is not None}),
    )


def show_rounds(console: Console, found: Sequence[ExpectedRound], scenario: Scenario) -> None:
    """Print the table of all rounds, and what of it is made."""
    table = _table("Các đợt xét chọn: sản phẩm / doanh nghiệp")
    table.add_column("Năm")
    for head in ("Nộp hồ sơ", "Công nhận", "Đạt", "Cộng dồn", "Lần đầu", "Top 10 của"):
        table.add_column(head, justify="right", no_wrap=True)
    for got, wanted in zip(found, scenario.rounds, strict=True):
        marks = {"none": ("", ""), "products": ("*", ""), "both": ("*", "*")}[wanted.filed_made]
        filed = " / ".join(f"{count}{mark}" for count, mark in zip(got.filed, marks, strict=True))
        share = "–"
        if got.filed[0]:
            passed = vietnamese.rounded(Fraction(got.recognised[0] * 100, got.filed[0]), 1)
            share = f"{vietnamese.number(passed, 1)} %{marks[0]}"
        counts = (str(got.total), str(got.first_time), f"{got.top10_enterprises} DN")
        table.add_row(str(got.year), filed, "{} / {}".format(*got.recognised), share, *counts)
    console.print(table)
    console.print()
    console.print(f"[italic]{scenario.made_vi}[/italic]", highlight=False)
    console.print(f"[italic]{scenario.made_en}[/italic]", highlight=False)


def round_breaches(found: Sequence[ExpectedRound], scenario: Scenario) -> list[str]:
    """Where the table of rounds is not what was published; empty where it is."""
    return [
        f"round {wanted.year}: expected {name} {getattr(wanted, name)}, the table says {getattr(got, name)}"
        for got, wanted in zip(found, scenario.rounds, strict=True)
        for name in ("year", "filed", "recognised", "total", "first_time", "top10_enterprises")
        if getattr(got, name) != getattr(wanted, name)
    ]


def breaches(year: Json, expected: Expected) -> list[str]:
    """Where the table is not what was published; empty where it is."""
    return [
        f"{what}: expected {wanted}, the table says {got}" for what, wanted, got in _compared(year, expected) if wanted != got
    ]


def _compared(year: Json, expected: Expected) -> Iterator[tuple[str, Any, Any]]:
    filed, recognised, share = year["filed"], year["recognised"], year["supported_share"]["value"]
    yield "filed (products, enterprises)", expected.filed, (filed["products"], filed["enterprises"])
    yield "recognised (products, enterprises)", expected.recognised, (recognised["products"], recognised["enterprises"])
    yield "Top 10", list(expected.top10), [product["product_name"] for product in year["top10"]]
    yield "supported share", expected.supported_share, None if share is None else Decimal(share)
    values = {t["indicator"]: t["value"] and Decimal(t["value"]) for t in year["targets"]}
    yield "output share", expected.output_share, values.get("output-share")
    yield "exports share", expected.exports_share, values.get("exports-share")
    yield "money granted", dict(expected.granted), {line["line_id"]: line["used"] for line in year["money"]}
