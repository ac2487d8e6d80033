"""What the services say of a year of support, beside what is reckoned apart from its rows, for a terminal."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Protocol

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from shared.contracts.support_activities import ACTIVITY, BeneficiaryCounted, EnterpriseUncovered
from shared.messaging.codec import Received

from chuluc.directory import Run
from chuluc.scenario.steps import Scenario
from chuluc.scenario.support.case import OF_LINES
from chuluc.scenario.support.figures import BUDGET_YEAR, Figures, by_scheme, differences, reckoned_figures
from chuluc.scenario.support.rows import MILLION, Year
from chuluc.services import Services
from chuluc.topics import events, read_all
from shared import vietnamese

Json = dict[str, Any]
AT_ONCE = 20
"""How many grants are asked for at the same time."""
WIDTH = 10
"""Of a figure of a line: eight of them fit into a terminal of 80 columns."""
AGREES, DIFFERS = "[green]khớp[/green]", "[red]LỆCH[/red]"
LINE_HEADS = {
    "allocated": "Được cấp",
    "reserved": "Dành",
    "committed": "Cam kết",
    "paying": "Đang chi",
    "paid": "Đã chi",
    "available": "Còn",
    "released": "Trả lại",
    "carried": "Chuyển",
}
COUNTS = {
    "rural-equipment": "Cơ sở CNNT được hỗ trợ máy móc",
    "learners": "Lao động học nghề",
    "uncovered": "Doanh nghiệp được công nhận chưa được hỗ trợ",
}


async def show_support(console: Console, services: Services, run: Run, story: Scenario) -> list[str]:
    """Print the year's table; gives where it is not what was reckoned apart."""
    if story.support is None:
        return []
    published = [record for records in (await read_all(run, [ACTIVITY.name])).values() for record in records]
    said, apart = await figures_of(services, published, story.support), reckoned_figures(story.support)
    show(console, said, apart, story)
    return differences(said, apart)


# -- what the services say -----------------------------------------------------------------------------------------------


class Asked(Protocol):
    """What the services answer over HTTP: a path, or every item of a list."""

    async def get(self, service: str, path: str) -> Any:
        """The JSON of a path."""

    async def pages(self, service: str, path: str) -> list[Any]:
        """Every item of a paged list."""


async def figures_of(services: Asked, published: Sequence[Received], year: Year) -> Figures:
    """The figures as support shows them, and as it has published them in its topic of activities."""
    requests = await _requests(services)
    offers = {offer.id: await services.get("support", f"/activities/{offer.id}") for offer in year.offers}
    in_kind: Counter[str] = Counter()
    for offer in year.offers:
        if offer.scheme:
            in_kind[offer.scheme] += len(offers[offer.id]["in_kind"])
    counted = [e.data for e in events(published, BeneficiaryCounted) if e.data.year == BUDGET_YEAR]
    missed = [e.data for e in events(published, EnterpriseUncovered) if e.data.year == BUDGET_YEAR]
    return Figures(
        requests=requests,
        schemes=by_scheme(requests),
        lines={line["id"]: {name: line[name] for name in OF_LINES} for line in await services.pages("support", "/lines")},
        in_kind={scheme: {"joined": count} for scheme, count in in_kind.items()},
        counts={
            "rural-equipment": {"count": sum(1 if data.counted else -1 for data in counted)},
            "learners": {"count": sum(offer["learners"] for offer in offers.values())},
            "uncovered": {"enterprises": sorted(data.tax_code for data in missed)},
        },
    )


async def _requests(services: Asked) -> dict[str, Json]:
    """Each request with the money of its grant, where it was granted."""
    limit = asyncio.Semaphore(AT_ONCE)

    async def one(request: Json) -> tuple[str, Json]:
        grant = None
        if request["state"] in ("granted", "cancelled"):
            async with limit:
                grant = (await services.get("support", f"/grants/{request['id']}"))["grant"]
        money = grant["money"] if grant else dict.fromkeys(("entitled", "paid", "due_back", "balance"), 0)
        return request["request_id"], {
            "scheme": request["scheme_id"],
            "outcome": request["state"],
            "why": sorted(reason["slug"] for reason in request["reasons"]),
            "granted": request["granted"],
            **{name: money[name] for name in ("entitled", "paid", "due_back", "balance")},
        }

    return dict(await asyncio.gather(*map(one, await services.pages("support", "/grants"))))


# -- the table -----------------------------------------------------------------------------------------------------------


def show(console: Console, said: Figures, apart: Figures, scenario: Scenario) -> None:
    """Print each figure with the one reckoned apart below it, and whether they agree."""
    console.print(_schemes(said, apart))
    console.print()
    _lines(console, said, apart)
    console.print()
    console.print(_others(said, apart))
    console.print()
    same = sum(said.requests.get(id) == row for id, row in apart.requests.items())
    console.print(f"{same}/{len(apart.requests)} đề nghị khớp từng số (requests agree in every figure)", highlight=False)
    console.print(f"[italic]{scenario.made_vi}[/italic]", highlight=False)
    console.print(f"[italic]{scenario.made_en}[/italic]", highlight=False)


def _table(title: str, first: str, heads: Iterable[str]) -> Table:
    """A table narrow enough for a terminal of 80 columns."""
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, pad_edge=False, collapse_padding=True, show_edge=False)
    table.add_column(first, no_wrap=True)
    for head in heads:
        table.add_column(head, justify="right", no_wrap=True)
    return table


def _schemes(said: Figures, apart: Figures) -> Table:
    """Below the name of each scheme its figures, triệu đồng, and below them those reckoned apart."""
    heads = ("Hồ sơ", "Duyệt", "Từ chối", "Chờ", "Mức duyệt", "Đã chi")
    table = _table("Theo chính sách (triệu đồng); dưới: tính riêng (reckoned apart)", "Chính sách", (*heads, ""))
    for scheme, row in apart.schemes.items():
        ours = said.schemes.get(scheme, {})
        table.add_row(scheme, *_scheme_figures(ours), AGREES if ours == row else DIFFERS)
        table.add_row("", *(f"[dim]{text}[/dim]" for text in _scheme_figures(row)), "")
    return table


def _scheme_figures(row: Mapping[str, Any]) -> list[str]:
    counts = [str(row.get(name, "–")) for name in ("requests", "granted", "declined", "queued")]
    return counts + [_million(row.get(name)) for name in ("granted_dong", "paid_dong")]


def _lines(console: Console, said: Figures, apart: Figures) -> None:
    """The name of a line stands above its figures: beside them it would be cut at 80 columns."""
    console.print("[italic]Theo dòng ngân sách (triệu đồng); dưới: tính riêng (reckoned apart)[/italic]")
    console.print(_columns(LINE_HEADS[name] for name in OF_LINES), style="bold", highlight=False)
    for id, row in apart.lines.items():
        ours = said.lines.get(id, {})
        console.print(f"{id}  {AGREES if ours == row else DIFFERS}", highlight=False)
        console.print(_columns(_million(ours.get(name)) for name in OF_LINES), highlight=False)
        console.print(_columns(_million(row[name]) for name in OF_LINES), style="dim", highlight=False)


def _columns(texts: Iterable[str]) -> str:
    return "".join(f"{text:>{WIDTH}}" for text in texts)


def _others(said: Figures, apart: Figures) -> Table:
    table = _table("Hiện vật và chỉ tiêu (in kind, figures of the plan)", "", ("Dịch vụ", "Tính riêng", ""))
    for of in ("in_kind", "counts"):
        for id, row in getattr(apart, of).items():
            ours = getattr(said, of).get(id, {})
            table.add_row(COUNTS.get(id, id), _only(ours), _only(row), AGREES if ours == row else DIFFERS)
    return table


def _only(row: Mapping[str, Any]) -> str:
    """The one figure of a row; of a list, how many."""
    return ", ".join(str(len(value) if isinstance(value, list) else value) for value in row.values()) or "–"


def _million(dong: int | None) -> str:
    return "–" if dong is None else vietnamese.number(Decimal(dong) / MILLION, 3)
