"""Who takes part in the made year, and the two small rounds in which some of them were recognised. All of it is made."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from shared.contracts.department import RoundOpened
from shared.contracts.portal import YearFigures

from chuluc.scenario import rules2021
from chuluc.scenario.cast import Enterprise, Product
from chuluc.scenario.made import BILLION, tax_code
from chuluc.scenario.round import Round

FIRST_NUMBERS: Mapping[str, int] = {"K": 700, "S": 720, "V": 740, "N": 760}
"""Enterprises are numbered on from these, so that none is one of another scenario."""
REVENUE, EXPORTS_USD = 200 * BILLION, 2_000_000

RECOGNISED = {2019: ("K10",), 2021: (*(f"K{n}" for n in range(1, 10)), "K11", "K12")}
"""Who is recognised in which round, best first: the certificate of the third of 2021 is 2021-003."""
SUPPORTING_INDUSTRIES = (*(f"K{n}" for n in range(1, 5)), *(f"S{n}" for n in range(1, 9)))
RURAL = tuple(f"V{n}" for n in range(1, 17))
EVERYBODY = (*(f"K{n}" for n in range(1, 13)), *(f"S{n}" for n in range(1, 9)), *RURAL, "N1")


def tax_code_of(who: str) -> str:
    """The made tax code of K1, S1, V1 …"""
    return tax_code(FIRST_NUMBERS[who[0]] + int(who[1:]))


def certificate_of(who: str) -> str:
    """The certificate of one that was recognised."""
    ((year, place),) = [(year, found.index(who) + 1) for year, found in RECOGNISED.items() if who in found]
    return f"{year}-{place:03d}"


@dataclass(frozen=True)
class RoundDays:
    """The days of a round."""

    opens: date
    closes: date
    appointed: date
    scoring: date
    closed: date
    decided: date


DAYS: Mapping[int, RoundDays] = {
    2019: RoundDays(
        date(2019, 5, 6), date(2019, 6, 10), date(2019, 6, 24), date(2019, 7, 8), date(2019, 7, 22), date(2019, 8, 15)
    ),
    2021: RoundDays(
        date(2021, 4, 12), date(2021, 7, 30), date(2021, 8, 16), date(2021, 9, 6), date(2021, 10, 15), date(2021, 11, 26)
    ),
}


def round_of(year: int) -> Round:
    """A round in which everybody who files one product is recognised, for three years."""
    days = DAYS[year]
    cast = tuple(_enterprise(who, year) for who in RECOGNISED[year])
    return Round(
        opened=RoundOpened(
            round_id=str(year),
            year=year,
            plan_id=f"KH-MAU-{year}",
            rules_id=rules2021.RULES,
            criteria_id=rules2021.CRITERIA,
            opens=days.opens,
            closes=days.closes,
            validity_months=36,
            legal_text="Đợt xét chọn giả định của kịch bản hỗ trợ; không phải đợt thật của năm này",
        ),
        rules=rules2021.ISSUED_RULES,
        criteria=rules2021.ISSUED_CRITERIA,
        council=rules2021.COUNCIL.model_copy(update={"round_id": str(year)}),
        cast=cast,
        declared={p.id: _two_years(year) for e in cast for p in e.products},
        top10_enterprises=min(len(cast), 10),
        filing_days=(days.opens, days.closes),
        late_day=days.closes,
        appointed_on=days.appointed,
        scoring_days=(days.scoring,),
        closed_on=days.closed,
        decision=f"Quyết định công nhận năm {year} (giả định)",
        decided_on=days.decided,
    )


def enterprise_name(who: str) -> str:
    return f"Công ty Mẫu {who} (giả định)"


def _enterprise(who: str, year: int) -> Enterprise:
    number = FIRST_NUMBERS[who[0]] + int(who[1:])
    product = Product(number, number, f"Sản phẩm Mẫu {who} (giả định)", "mechanical", "other", "recognised", year)
    return Enterprise(number, enterprise_name(who), (product,))


def _two_years(year: int) -> tuple[YearFigures, YearFigures]:
    first, second = (YearFigures(year=y, revenue=REVENUE, exports_usd=EXPORTS_USD) for y in (year - 2, year - 1))
    return first, second
