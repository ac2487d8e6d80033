"""Who takes part in the made year, and the small round in which some of them were recognised. All of it is made."""

from collections.abc import Mapping
from datetime import date

from shared.contracts.department import RoundOpened
from shared.contracts.portal import YearFigures

from chuluc.scenario import rules2021
from chuluc.scenario.cast import Enterprise, Product
from chuluc.scenario.made import BILLION, tax_code
from chuluc.scenario.round import Round

FIRST_NUMBERS: Mapping[str, int] = {"K": 700, "S": 720, "V": 740, "N": 760}
"""Enterprises are numbered on from these, so that none is one of another scenario."""
YEAR = 2019
OPENS, CLOSES, DECIDED_ON = date(2019, 5, 6), date(2019, 6, 28), date(2019, 11, 29)
REVENUE, EXPORTS_USD = 200 * BILLION, 2_000_000

RECOGNISED = tuple(f"K{n}" for n in range(1, 13))
"""Who is recognised, best first: the certificate of the third is 2019-003."""
SUPPORTING_INDUSTRIES = (*(f"K{n}" for n in range(1, 5)), *(f"S{n}" for n in range(1, 9)))
RURAL = tuple(f"V{n}" for n in range(1, 17))
EVERYBODY = (*RECOGNISED, *(f"S{n}" for n in range(1, 9)), *RURAL, "N1")


def tax_code_of(who: str) -> str:
    """The made tax code of K1, S1, V1 …"""
    return tax_code(FIRST_NUMBERS[who[0]] + int(who[1:]))


def certificate_of(who: str) -> str:
    """The certificate of one that was recognised."""
    return f"{YEAR}-{RECOGNISED.index(who) + 1:03d}"


def enterprise_name(who: str) -> str:
    return f"Công ty Mẫu {who} (giả định)"


def round_2019() -> Round:
    """A made round in which everybody who files one product is recognised, for three years."""
    cast = tuple(map(_enterprise, RECOGNISED))
    return Round(
        opened=RoundOpened(
            round_id=str(YEAR),
            year=YEAR,
            plan_id=f"KH-MAU-{YEAR}",
            rules_id=rules2021.RULES,
            criteria_id=rules2021.CRITERIA,
            opens=OPENS,
            closes=CLOSES,
            validity_months=36,
            legal_text="Đợt xét chọn giả định của kịch bản hỗ trợ; không phải đợt thật của năm 2019",
        ),
        rules=rules2021.ISSUED_RULES,
        criteria=rules2021.ISSUED_CRITERIA,
        council=rules2021.COUNCIL.model_copy(update={"round_id": str(YEAR)}),
        cast=cast,
        declared={p.id: (_figures(YEAR - 2), _figures(YEAR - 1)) for e in cast for p in e.products},
        top10_enterprises=10,
        filing_days=(CLOSES,),
        late_day=CLOSES,
        appointed_on=date(2019, 8, 12),
        scoring_days=(date(2019, 9, 9),),
        closed_on=date(2019, 10, 14),
        decision="Quyết định công nhận năm 2019 (giả định)",
        decided_on=DECIDED_ON,
    )


def _enterprise(who: str) -> Enterprise:
    number = FIRST_NUMBERS[who[0]] + int(who[1:])
    product = Product(number, number, f"Sản phẩm Mẫu {who} (giả định)", "mechanical", "other", "recognised", YEAR)
    return Enterprise(number, enterprise_name(who), (product,))


def _figures(year: int) -> YearFigures:
    return YearFigures(year=year, revenue=REVENUE, exports_usd=EXPORTS_USD)
