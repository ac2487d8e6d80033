"""The indicators: what each is called, its formula in words and from a few building blocks, its status and its forecast.

`formulas` are the building blocks, `declared` is the table of indicators, `targets` says which targets a plan may have,
`standing` how a value stands against one. Arithmetic is exact: a value is a Fraction and is rounded only to be shown; a
status is decided on the exact value.
Which indicators a year is held against is not said here: it is data of the plan (`PlanIssued.targets`).
"""

from reporting.indicators.declared import INDICATORS
from reporting.indicators.formulas import NO_DATA, Input, Result, Rows
from reporting.indicators.indicator import Indicator
from reporting.indicators.standing import Status, exceeds, forecast, status
from reporting.indicators.targets import check_targets

__all__ = [
    "INDICATORS",
    "NO_DATA",
    "Indicator",
    "Input",
    "Result",
    "Rows",
    "Status",
    "check_targets",
    "exceeds",
    "forecast",
    "status",
]
