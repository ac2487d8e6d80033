"""The indicators: what each is called, its formula in words and as a pure function of contribution rows, and its status.

Formulas are those of plan 60/KH-UBND of 2021 and of the programme (domain section 2). Arithmetic is exact: a value is a
Fraction and is rounded only to be shown; a status is decided on the exact value. Which indicators a year is held against
is not said here: it is data of the plan (`PlanIssued.targets`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from shared.contracts.applications import ApplicationReceived, EnterpriseMerged
from shared.contracts.base import Data
from shared.contracts.department import Target
from shared.contracts.recognitions import (
    RecognitionReinstated,
    RecognitionRenewed,
    RecognitionRevoked,
    RecognitionSuspended,
)
from shared.contracts.registers import AnnualResultReported
from shared.contracts.scoring import ProductRecognised
from shared.contracts.statistics import IndicatorReported
from shared.contracts.support import SupportGranted

from reporting.domain.enterprise import enterprise_key
from reporting.domain.rows import Contribution, Measure

PLAN_60 = "60/KH-UBND (2021)"
# What decides in which years an enterprise has a recognition in force.
IN_FORCE: tuple[type[Data], ...] = (
    ProductRecognised,
    RecognitionRenewed,
    RecognitionSuspended,
    RecognitionReinstated,
    RecognitionRevoked,
    EnterpriseMerged,
)
# A measure, and the year its rows are of: 0 is the year of the indicator, -1 the year before.
Input = tuple[Measure, int]
Rows = Mapping[Input, Sequence[Contribution]]


@dataclass(frozen=True, slots=True)
class Result:
    """A value in the unit of its indicator, None where there is nothing to compute it from, and the rows it rests on."""

    value: Fraction | None
    rows: tuple[Contribution, ...]

    @property
    def made(self) -> bool:
        """Whether any row behind the value was made for a scenario."""
        return any(row.made for row in self.rows)


NO_DATA = Result(None, ())


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator. `grows` says that it builds up over its year, so a part of the target is due at a part of the year."""

    code: str
    name_vi: str
    name_en: str
    unit: Literal["enterprises", "products", "percent", "unknown"]
    formula_vi: str
    formula_en: str
    events: tuple[type[Data], ...]
    legal_text: str
    inputs: tuple[Input, ...]
    grows: bool
    compute: Callable[[Rows], Result]


def _count(counted: Measure, filed: Measure) -> Callable[[Rows], Result]:
    """Σ rows of the year; 0 is a value only where dossiers were filed, otherwise there is no data."""

    def compute(rows: Rows) -> Result:
        used = tuple(rows[counted, 0])
        return Result(_total(used), used) if used or rows[filed, 0] else NO_DATA

    return compute


def _supported_share(rows: Rows) -> Result:
    """Enterprises in force that got a grant in the year ÷ enterprises in force at any day of the year, per cent."""
    in_force = tuple(rows[Measure.ENTERPRISES_IN_FORCE, 0])
    supported = _of(rows[Measure.ENTERPRISES_SUPPORTED, 0], in_force)
    return _per_cent(supported, in_force)


def _production_growth(rows: Rows) -> Result:
    """(Σ this year ÷ Σ last year - 1), over the enterprises in force that reported both, per cent."""
    in_force = rows[Measure.ENTERPRISES_IN_FORCE, 0]
    now, before = rows[Measure.PRODUCTION_VALUE, 0], rows[Measure.PRODUCTION_VALUE, -1]
    now = _of(_of(now, in_force), before)
    before = _of(before, now)
    last = _total(before)
    used = (*now, *before)
    return Result((_total(now) / last - 1) * 100, used) if last else Result(None, used)


def _share(part: Measure, whole: Measure) -> Callable[[Rows], Result]:
    """Σ over the enterprises in force ÷ the city's figure of the statistics office, per cent."""

    def compute(rows: Rows) -> Result:
        return _per_cent(_of(rows[part, 0], rows[Measure.ENTERPRISES_IN_FORCE, 0]), tuple(rows[whole, 0]))

    return compute


def _of(rows: Sequence[Contribution], others: Sequence[Contribution]) -> tuple[Contribution, ...]:
    """Those of the rows whose enterprise is also in the others."""
    known = {enterprise_key(other.about) for other in others}
    return tuple(row for row in rows if enterprise_key(row.about) in known)


def _total(rows: Sequence[Contribution]) -> Fraction:
    return sum((Fraction(row.value) for row in rows), Fraction())


def _per_cent(part: Sequence[Contribution], whole: Sequence[Contribution]) -> Result:
    """Without a whole, or with nothing reported of the part of a whole that is a figure, there is no value."""
    used = (*part, *whole)
    total = _total(whole)
    figures = any(row.measure in (Measure.CITY_OUTPUT, Measure.CITY_EXPORTS) for row in whole)
    if not total or (figures and not part):
        return Result(None, used)
    return Result(_total(part) / total * 100, used)


INDICATORS: dict[str, Indicator] = {
    indicator.code: indicator
    for indicator in (
        Indicator(
            code="enterprises-recognised",
            name_vi="Doanh nghiệp có sản phẩm được công nhận",
            name_en="Enterprises with a recognised product",
            unit="enterprises",
            formula_vi="Số doanh nghiệp khác nhau có ít nhất một sản phẩm được công nhận trong năm",
            formula_en="Number of distinct enterprises with at least one product recognised in the year",
            events=(ProductRecognised, ApplicationReceived, EnterpriseMerged),
            legal_text=PLAN_60,
            inputs=((Measure.ENTERPRISES_RECOGNISED, 0), (Measure.ENTERPRISES_FILED, 0)),
            grows=True,
            compute=_count(Measure.ENTERPRISES_RECOGNISED, Measure.ENTERPRISES_FILED),
        ),
        Indicator(
            code="products-recognised",
            name_vi="Sản phẩm công nghiệp chủ lực được công nhận",
            name_en="Key industrial products recognised",
            unit="products",
            formula_vi="Số sản phẩm được công nhận trong năm, mỗi giấy chứng nhận tính một",
            formula_en="Number of products recognised in the year, one for each certificate",
            events=(ProductRecognised, ApplicationReceived),
            legal_text=PLAN_60,
            inputs=((Measure.PRODUCTS_RECOGNISED, 0), (Measure.PRODUCTS_FILED, 0)),
            grows=True,
            compute=_count(Measure.PRODUCTS_RECOGNISED, Measure.PRODUCTS_FILED),
        ),
        Indicator(
            code="supported-share",
            name_vi="Tỷ lệ doanh nghiệp được công nhận được hưởng hỗ trợ",
            name_en="Share of recognised enterprises that were supported",
            unit="percent",
            formula_vi="Doanh nghiệp có công nhận còn hiệu lực và được hỗ trợ bằng tiền trong năm ÷ doanh nghiệp có công nhận "
            "còn hiệu lực vào bất kỳ ngày nào trong năm × 100",
            formula_en="Enterprises with a recognition in force that got a money grant in the year ÷ enterprises with a "
            "recognition in force at any day of the year × 100",
            events=(*IN_FORCE, SupportGranted),
            legal_text=PLAN_60,
            inputs=((Measure.ENTERPRISES_IN_FORCE, 0), (Measure.ENTERPRISES_SUPPORTED, 0)),
            grows=True,
            compute=_supported_share,
        ),
        Indicator(
            code="production-growth",
            name_vi="Tăng trưởng giá trị sản xuất của doanh nghiệp được công nhận",
            name_en="Growth of the production of recognised enterprises",
            unit="percent",
            formula_vi="(Σ giá trị sản xuất năm nay ÷ Σ giá trị sản xuất năm trước − 1) × 100, trên các doanh nghiệp có công "
            "nhận còn hiệu lực và báo cáo cả hai năm",
            formula_en="(Σ production of this year ÷ Σ production of last year − 1) × 100, over the enterprises with a "
            "recognition in force that reported both years",
            events=(*IN_FORCE, AnnualResultReported),
            legal_text=PLAN_60,
            inputs=((Measure.ENTERPRISES_IN_FORCE, 0), (Measure.PRODUCTION_VALUE, 0), (Measure.PRODUCTION_VALUE, -1)),
            grows=False,
            compute=_production_growth,
        ),
        Indicator(
            code="output-share",
            name_vi="Tỷ trọng trong giá trị sản xuất công nghiệp của Thành phố",
            name_en="Share of the city's industrial output",
            unit="percent",
            formula_vi="Σ giá trị sản xuất của doanh nghiệp có công nhận còn hiệu lực ÷ giá trị sản xuất công nghiệp toàn Thành "
            "phố do cơ quan thống kê công bố × 100",
            formula_en="Σ production of the enterprises with a recognition in force ÷ the city's industrial output as reported "
            "by the statistics office × 100",
            events=(*IN_FORCE, AnnualResultReported, IndicatorReported),
            legal_text=PLAN_60,
            inputs=((Measure.ENTERPRISES_IN_FORCE, 0), (Measure.PRODUCTION_VALUE, 0), (Measure.CITY_OUTPUT, 0)),
            grows=False,
            compute=_share(Measure.PRODUCTION_VALUE, Measure.CITY_OUTPUT),
        ),
        Indicator(
            code="exports-share",
            name_vi="Tỷ trọng trong kim ngạch xuất khẩu của Thành phố",
            name_en="Share of the city's exports",
            unit="percent",
            formula_vi="Σ xuất khẩu của doanh nghiệp có công nhận còn hiệu lực ÷ kim ngạch xuất khẩu toàn Thành phố do cơ quan "
            "thống kê công bố × 100",
            formula_en="Σ exports of the enterprises with a recognition in force ÷ the city's exports as reported by the "
            "statistics office × 100",
            events=(*IN_FORCE, AnnualResultReported, IndicatorReported),
            legal_text=PLAN_60,
            inputs=((Measure.ENTERPRISES_IN_FORCE, 0), (Measure.EXPORTS, 0), (Measure.CITY_EXPORTS, 0)),
            grows=False,
            compute=_share(Measure.EXPORTS, Measure.CITY_EXPORTS),
        ),
    )
}


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
        inputs=(),
        grows=False,
        compute=lambda rows: NO_DATA,
    )


class Status(StrEnum):
    """How an indicator stands against its target; the words for people are in `texts`."""

    MET = "met"
    MISSED = "missed"
    ON_TRACK = "on-track"
    BEHIND = "behind"
    NO_DATA = "no-data"


def status(value: Fraction | None, target: Target, *, year: int, today: Date | None, grows: bool) -> Status:
    """How a value stands against a target on a day.

    Reaching the lower bound is met, on any day. Below it, a year that is over (from 31 December on, or where no day is
    known) is missed. In the running year, what grows over the year is on track while it has its share of the lower
    bound for the days gone by; everything else below its bound is behind.
    """
    if value is None:
        return Status.NO_DATA
    lower = Fraction(target.lower)
    if value >= lower:
        return Status.MET
    last = Date(year, 12, 31)
    if today is None or today >= last:
        return Status.MISSED
    gone = Fraction(max(0, (today - Date(year, 1, 1)).days + 1), last.timetuple().tm_yday)
    return Status.ON_TRACK if grows and value >= lower * gone else Status.BEHIND


def exceeds(value: Fraction | None, target: Target) -> bool:
    """Whether a value is above the upper bound of its range (vượt): met, and more than was planned for."""
    return value is not None and target.upper is not None and value > Fraction(target.upper)
