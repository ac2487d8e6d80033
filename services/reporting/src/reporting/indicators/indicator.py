"""What an indicator says of itself, and the plans whose targets they are."""

from dataclasses import dataclass
from typing import Literal

from shared.contracts.base import Data
from shared.contracts.department import Target

from reporting.indicators.formulas import Formula, Input, Result, Rows, Unknown

Unit = Literal[
    "enterprises",
    "products",
    "percent",
    "clusters",
    "hectares",
    "learners",
    "establishments",
    "participations",
    "VND",
    "unknown",
]

PLAN_2019 = "Kế hoạch năm 2019"
PLAN_60 = "60/KH-UBND (2021)"
PLAN_267, PLAN_35, PLAN_302 = "267/KH-UBND (2022)", "35/KH-UBND (2022)", "302/KH-UBND (2024)"
PHASE = "Giai đoạn 2021–2025"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator.

    `grows`: it builds up over its year, so a part of the target is due at a part of the year. `steady`: it comes in evenly,
    so that it can be forecast by the days gone by; what one decision a year brings cannot. `adds_up`: over a phase it is
    that of all its years together, each enterprise once; any other is held against a phase year by year.
    """

    code: str
    name_vi: str
    name_en: str
    unit: Unit
    formula_vi: str
    formula_en: str
    events: tuple[type[Data], ...]
    legal_text: str
    formula: Formula
    grows: bool = False
    steady: bool = False
    adds_up: bool = False

    @property
    def inputs(self) -> tuple[Input, ...]:
        """The rows its formula needs."""
        return self.formula.inputs

    def compute(self, rows: Rows) -> Result:
        """Its value from those rows."""
        return self.formula.compute(rows)


def unknown(target: Target) -> Indicator:
    """What stands in for an indicator a plan names and this version does not know: no data, under the plan's words."""
    return Indicator(
        code=target.indicator,
        name_vi=target.clause,
        name_en=target.clause,
        unit="unknown",
        formula_vi="Phiên bản này chưa có công thức cho chỉ tiêu này",
        formula_en="This version has no formula for this indicator",
        events=(),
        legal_text=target.clause,
        formula=Unknown(),
    )
