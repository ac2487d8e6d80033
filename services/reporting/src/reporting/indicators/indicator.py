"""What an indicator says of itself, and the plans whose targets they are."""

from dataclasses import dataclass
from typing import Literal

from shared.contracts.base import Data

from reporting.indicators.formulas import Formula, Input, Result, Rows

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
]

PLAN_2019 = "Kế hoạch năm 2019"
PLAN_60 = "60/KH-UBND (2021)"
PLAN_267, PLAN_35, PLAN_302 = "267/KH-UBND (2022)", "35/KH-UBND (2022)", "302/KH-UBND (2024)"
PHASE = "Giai đoạn 2021–2025"
FOLLOWED = "Theo dõi, kế hoạch không giao chỉ tiêu"


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
