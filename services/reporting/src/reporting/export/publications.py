"""What the yearly publications are made of, as tables: recognised products by industry and district, and the CNHT register."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from shared.contracts.demand import SupplierMatch
from shared.messaging.reader import Reader
from shared.words import Words

from reporting.domain.supporting_industry import missing
from reporting.export.registers import EVENT, MADE, field
from reporting.export.table import Column, Table
from reporting.repository import cnht, products
from reporting.repository.cnht import Listed
from reporting.repository.products import Tally


def _tally(name: str, by: str, vi: str, en: str) -> Table[Tally]:
    """How many certificates of a year there are by a field of theirs."""

    async def things(reader: Reader, year: int | None) -> Sequence[Tally]:
        return await products.tallies(reader, year, by)

    named = Words(f"{vi[0].upper()}{vi[1:]}, như vào năm đó", f"{en.capitalize()}, as of that year")
    return Table(
        name=name,
        title=Words(f"Sản phẩm được công nhận theo {vi}", f"Recognised products by {en}"),
        about=Words(
            f"Mỗi dòng là một năm và một {vi}; unknown là chưa rõ.", f"One row a year and {en}; unknown where it is not known."
        ),
        key=("year", by),
        columns=(
            field("year", "integer", "Năm của đợt xét chọn", "Year of the round"),
            Column(by, "string", named, lambda t: t.of or "unknown"),
            field("products", "integer", "Số sản phẩm được công nhận", "Products recognised"),
            field("enterprises", "integer", "Số doanh nghiệp có sản phẩm đó", "Enterprises they are of"),
            MADE,
        ),
        things=things,
    )


BY_INDUSTRY = _tally("recognised-by-industry", "industry", "ngành", "industry")
BY_DISTRICT = _tally("recognised-by-district", "district", "quận, huyện", "district")


@dataclass(frozen=True, slots=True)
class Published:
    """A thing of the publication of a year."""

    year: int
    id: str
    thing: Any


def _of_years(
    of: Callable[[Reader, int], Awaitable[list[Published]]],
) -> Callable[[Reader, int | None], Awaitable[list[Published]]]:
    async def things(reader: Reader, year: int | None) -> list[Published]:
        asked = await products.years(reader) if year is None else [year]
        return [published for one in asked for published in await of(reader, one)]

    return things


async def _suppliers(reader: Reader, year: int) -> list[Published]:
    return [Published(year, s.tax_code, s) for s in await cnht.suppliers(reader, year)]


async def _demands(reader: Reader, year: int) -> list[Published]:
    return [Published(year, demand.id, demand) for demand in await cnht.demands(reader, year)]


async def _clusters(reader: Reader, year: int) -> list[Published]:
    return [Published(year, id, state) for id, state in await cnht.clusters(reader, year)]


def _column(name: str, kind: Any, vi: str, en: str, of: Callable[[Any], Any]) -> Column[Published]:
    return Column(name, kind, Words(vi, en), lambda published: of(published.thing))


YEAR: Column[Published] = field("year", "integer", "Năm của bản thông tin", "Year of the publication")


def _id(name: str, vi: str, en: str) -> Column[Published]:
    return Column(name, "string", Words(vi, en), lambda published: published.id)


def _made(of: Callable[[Any], bool]) -> Column[Published]:
    return Column(MADE.name, MADE.kind, MADE.title, lambda published: of(published.thing))


def _event(of: Callable[[Any], str]) -> Column[Published]:
    return Column(EVENT.name, EVENT.kind, EVENT.title, lambda published: of(published.thing))


def _capabilities(supplier: Listed) -> str:
    return "; ".join(f"{c.product}: {c.capacity:f} {c.unit}" for c in supplier.entry.capabilities)


def _standards(supplier: Listed) -> str:
    return "; ".join(held.standard for held in supplier.entry.standards)


def _names(matches: Sequence[SupplierMatch], *, near: bool) -> str:
    return "; ".join(match.tax_code for match in matches if bool(missing(match)) is near)


SUPPLIERS: Table[Published] = Table(
    name="cnht-suppliers",
    title=Words("Doanh nghiệp công nghiệp hỗ trợ", "Enterprises of the supporting industries"),
    about=Words(
        "Mỗi dòng là một doanh nghiệp trong danh mục vào cuối năm, hoặc đến ngày của tệp.",
        "One row an enterprise on the list at the end of the year, or on the day of the file.",
    ),
    key=("year", "tax_code"),
    columns=(
        YEAR,
        _id("tax_code", "Mã số thuế", "Tax code"),
        _column("name", "string", "Tên doanh nghiệp", "Name", lambda s: s.entry.name),
        _column("sectors", "string", "Lĩnh vực", "Sectors", lambda s: "; ".join(s.entry.sectors)),
        _column("capabilities", "string", "Năng lực một năm", "Capabilities, a year", _capabilities),
        _column(
            "standards",
            "string",
            "Tiêu chuẩn còn hiệu lực",
            "Standards in force",
            lambda s: "; ".join(h.standard for h in s.entry.standards),
        ),
        _column("international", "boolean", "Đạt chuẩn quốc tế", "At international standard", lambda s: s.entry.international),
        _column("confirmed_on", "date", "Ngày xác nhận", "Day of the latest confirmation", lambda s: s.entry.confirmed_on),
        _made(lambda s: s.entry.made),
        _event(lambda s: s.entry.event_id),
    ),
    things=_of_years(_suppliers),
)
DEMANDS: Table[Published] = Table(
    name="cnht-demands",
    title=Words("Nhu cầu của bên mua và doanh nghiệp phù hợp", "Demands of buyers and who matched them"),
    about=Words("Mỗi dòng là một nhu cầu còn hiệu lực trong năm.", "One row a demand that stood in the year."),
    key=("year", "demand_id"),
    columns=(
        YEAR,
        _id("demand_id", "Mã nhu cầu", "Id of the demand"),
        _column("buyer", "string", "Bên mua", "Buyer", lambda d: d.buyer),
        _column("sector", "string", "Lĩnh vực", "Sector", lambda d: d.sector),
        _column("product", "string", "Sản phẩm cần mua", "Product asked for", lambda d: d.product),
        _column("standards", "string", "Tiêu chuẩn cần có", "Standards asked for", lambda d: "; ".join(d.standards)),
        _column("capacity", "number", "Số lượng một năm", "Capacity asked for, a year", lambda d: d.capacity),
        _column("unit", "string", "Đơn vị tính", "Unit of the capacity", lambda d: d.unit),
        _column("posted_on", "date", "Ngày đăng", "Day it was posted", lambda d: d.posted_on),
        _column("last_day", "date", "Ngày cuối", "Its last day", lambda d: d.last_day),
        _column("matched", "string", "Mã số thuế phù hợp", "Tax codes that match", lambda d: _names(d.matched, near=False)),
        _column("near", "string", "Mã số thuế gần phù hợp", "Tax codes of near misses", lambda d: _names(d.matched, near=True)),
        _made(lambda d: bool(d.made)),
        _event(lambda d: str(d.event_id)),
    ),
    things=_of_years(_demands),
)
CLUSTERS: Table[Published] = Table(
    name="clusters",
    title=Words("Cụm công nghiệp", "Industrial clusters"),
    about=Words("Mỗi dòng là một cụm, như vào cuối năm.", "One row a cluster, as it was at the end of the year."),
    key=("year", "cluster_id"),
    columns=(
        YEAR,
        _id("cluster_id", "Mã cụm", "Id of the cluster"),
        _column("name", "string", "Tên cụm", "Name", lambda c: c.name),
        _column("district", "string", "Quận, huyện, theo tên khi đó", "District, by its name at the time", lambda c: c.district),
        Column("hectares", "number", Words("Diện tích", "Area"), lambda p: p.thing.area, "hectares"),
        _column("state", "string", "Tình trạng", "planned, established, started or operating", lambda c: c.state),
        _column("on", "date", "Từ ngày", "Day from which this holds", lambda c: c.on),
        _column("started_on", "date", "Ngày khởi công", "Day building began", lambda c: c.started_on),
        _made(lambda c: bool(c.made)),
        _event(lambda c: str(c.event_id)),
    ),
    things=_of_years(_clusters),
)
