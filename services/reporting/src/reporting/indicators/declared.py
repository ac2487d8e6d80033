"""The table of indicators: every target of the plans of 2019, 2021, 2022 (both), 2024 and the phase 2021–2025, and what is
followed beside them (domain section 2). A formula is one of the building blocks; its words say the same for people.
"""

from reporting.domain.city_figures import CITY_FIGURES
from reporting.indicators.indicator import Indicator
from reporting.indicators.reached import REACHED
from reporting.indicators.recognised import RECOGNISED
from reporting.indicators.supporting import SUPPORTING_INDUSTRIES

INDICATORS: dict[str, Indicator] = {indicator.code: indicator for indicator in (*RECOGNISED, *SUPPORTING_INDUSTRIES, *REACHED)}


Head = tuple[str, ...]


def readme_tables() -> dict[str, tuple[Head, list[Head]]]:
    """The tables of the README that are made from what is declared: name → head and rows."""
    indicators: list[Head] = [
        (f"`{i.code}`", i.unit, i.formula_en, "all its years" if i.adds_up else "each year", i.legal_text)
        for i in INDICATORS.values()
    ]
    figures: list[Head] = [
        (
            f"`{code}`",
            figure.unit,
            ", ".join(f"`{source}`" for source in figure.sources),
            "parts of a year that add up, or the year" if figure.in_parts else "the year",
            "-" if figure.most is None else str(figure.most),
        )
        for code, figure in CITY_FIGURES.items()
    ]
    return {
        "indicators": (("indicator", "unit", "formula", "in a phase", "target of"), indicators),
        "city-figures": (("figure", "unit", "who may report it", "period", "highest"), figures),
    }
