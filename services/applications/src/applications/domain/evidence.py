"""What an enterprise has said of a year, side by side: dossiers of several rounds, and its annual result.

All of a year of one enterprise lies in one document, and its contradictions are a function of that document alone: they
are the same in whatever order filings and results came. They are shown to the department and decide nothing.
"""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict
from shared.contracts.applications import Contradiction, DossierFlagged, DossierFlagLifted
from shared.contracts.portal import YearFigures
from shared.contracts.registers import AnnualResultReported
from shared.messaging.document import Document
from shared.vietnamese import money, number, percent, rounded
from shared.words import Words

from applications.domain.application import Application, application_key
from applications.domain.round import EligibilityRules

Figure = Literal["revenue", "exports_usd"]
FIGURES: dict[Figure, Words] = {"revenue": Words("Doanh thu", "Revenue"), "exports_usd": Words("Xuất khẩu", "Exports")}


class Declared(BaseModel):
    """The figures of a year as one dossier declares them; `next_year` are those it declares for the year after."""

    model_config = ConfigDict(frozen=True)

    application_id: str
    round_id: str
    round_year: int
    product_id: str
    received: date
    figures: YearFigures
    next_year: YearFigures | None
    tolerance_percent: int | None
    made: bool

    @property
    def place(self) -> tuple[int, date, str]:
        """Where it stands among what was declared of the year: by round, then by day."""
        return self.round_year, self.received, self.application_id


class Result(BaseModel):
    """The annual result of an enterprise: production in đồng, exports in USD."""

    model_config = ConfigDict(frozen=True)

    production_value: int
    exports_usd: int
    made: bool


class Flag(Document, collection="flags", found_by=("application", "round_id id")):
    """A contradiction of a dossier, as it stands; `application` is the id of its Application."""

    application: str
    application_id: str
    round_id: str
    tax_code: str
    contradiction: Contradiction
    made: bool

    def raised(self) -> DossierFlagged:
        """The event that says so."""
        return DossierFlagged(**self._facts())

    def lifted(self) -> DossierFlagLifted:
        """The event that says it fell away."""
        return DossierFlagLifted(**self._facts())

    def _facts(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in DossierFlagged.model_fields}


class YearEvidence(Document, collection="year_evidence"):
    """What is known of one year of one enterprise; the id is enterprise/year."""

    tax_code: str
    year: int
    declared: tuple[Declared, ...] = ()
    result: Result | None = None

    @classmethod
    def empty(cls, tax_code: str, year: int) -> Self:
        """Nothing is known yet."""
        return cls(id=evidence_key(tax_code, year), tax_code=tax_code, year=year)

    def with_dossier(self, application: Application, rules: EligibilityRules) -> Self:
        """With what a dossier declares of the year now. A year it declares twice, or not at all, is not compared."""
        others = [d for d in self.declared if d.application_id != application.application_id]
        figures = _figures_of(application, self.year)
        if figures is None:
            return self.but(declared=tuple(others))
        declared = Declared(
            application_id=application.application_id,
            round_id=application.round_id,
            round_year=application.year,
            product_id=application.product_id,
            received=application.received,
            figures=figures,
            next_year=_figures_of(application, self.year + 1),
            tolerance_percent=rules.figures_tolerance_percent,
            made=application.current.made,
        )
        return self.but(declared=tuple(sorted([*others, declared], key=lambda d: d.place)))

    def with_result(self, reported: AnnualResultReported) -> Self:
        """With the result of the year, in place of an earlier report."""
        result = Result(production_value=reported.production_value, exports_usd=reported.exports_usd, made=reported.made)
        return self.but(result=result)

    def flags(self) -> dict[str, Flag]:
        """Every contradiction, by the id of its flag."""
        found = [flag for declared in self.declared for flag in self._flags_of(declared)]
        return {flag.id: flag for flag in found}

    def _flags_of(self, declared: Declared) -> Iterator[Flag]:
        if declared.tolerance_percent is None:
            return
        earlier = self._last_filing_before(declared)
        if earlier:
            for figure in FIGURES:
                if _apart(declared, figure, getattr(earlier.figures, figure), both_ways=True):
                    yield self._flag(declared, _differs(declared, figure, earlier), earlier.made)
        if self.result:
            bounds: dict[Figure, int] = {
                "revenue": self.result.production_value,
                "exports_usd": self.result.exports_usd,
            }
            for figure, bound in bounds.items():
                if _apart(declared, figure, bound, both_ways=False):
                    yield self._flag(declared, _above(declared, figure, bound), self.result.made)

    def _last_filing_before(self, declared: Declared) -> Declared | None:
        """The last dossier of the same product in an earlier round; re-filings within a round are corrections."""
        product, round_ = declared.product_id, declared.round_id
        others = [d for d in self.declared if d.product_id == product and d.round_id != round_]
        earlier = [d for d in others if d.place < declared.place]
        return earlier[-1] if earlier else None

    def _flag(self, declared: Declared, contradiction: Contradiction, made: bool) -> Flag:
        application = application_key(self.tax_code, declared.application_id)
        return Flag(
            id=f"{application}|{self.year}|{contradiction.figure}|{contradiction.slug}",
            application=application,
            application_id=declared.application_id,
            round_id=declared.round_id,
            tax_code=self.tax_code,
            contradiction=contradiction,
            made=declared.made or made,
        )


def evidence_key(tax_code: str, year: int) -> str:
    """Id of a YearEvidence."""
    return f"{tax_code}/{year}"


def _figures_of(application: Application, year: int) -> YearFigures | None:
    rows = [figures for figures in application.current.figures if figures.year == year]
    return rows[0] if len(rows) == 1 else None


def _apart(declared: Declared, figure: Figure, evidence: int, *, both_ways: bool) -> bool:
    """Whether a declared figure is further from (or further above) the evidence than the tolerance allows."""
    assert declared.tolerance_percent is not None
    over: int = getattr(declared.figures, figure) - evidence
    return (abs(over) if both_ways else over) * 100 > evidence * declared.tolerance_percent


def _amount(figure: Figure, value: int) -> Words:
    if figure == "revenue":
        return Words(money(value), f"VND {value:,}")
    return Words(f"{number(value)} USD", f"USD {value:,}")


def _differs(declared: Declared, figure: Figure, earlier: Declared) -> Contradiction:
    now, before = getattr(declared.figures, figure), getattr(earlier.figures, figure)
    year, word = declared.figures.year, FIGURES[figure]
    growth = _growth(declared, figure, before)
    return Contradiction(
        slug="differs-from-earlier-filing",
        year=year,
        figure=figure,
        declared=now,
        evidence=before,
        source=earlier.application_id,
        tolerance_percent=declared.tolerance_percent or 0,
        vi=f"{word.vi} năm {year} khai {_amount(figure, now).vi}, hồ sơ {earlier.application_id} của đợt "
        f"{earlier.round_id} khai {_amount(figure, before).vi}{growth.vi}.",
        en=f"{word.en} of {year} is declared as {_amount(figure, now).en}, dossier {earlier.application_id} of round "
        f"{earlier.round_id} has {_amount(figure, before).en}{growth.en}.",
    )


def _growth(declared: Declared, figure: Figure, before: int) -> Words:
    """The growth the dossier declares from the year to the next, and what it would be from the earlier figure."""
    now = getattr(declared.figures, figure)
    if declared.next_year is None or not now or not before:
        return Words("", "")
    following = getattr(declared.next_year, figure)
    said, would_be = (Fraction(following * 100, base) - 100 for base in (now, before))
    return Words(
        f"; tăng trưởng năm {declared.next_year.year} khai là {percent(said, 1)}, theo hồ sơ trước là {percent(would_be, 1)}",
        f"; growth in {declared.next_year.year} is declared as {rounded(said, 1):,} %, "
        f"from the earlier dossier it is {rounded(would_be, 1):,} %",
    )


def _above(declared: Declared, figure: Figure, bound: int) -> Contradiction:
    now, year, word = getattr(declared.figures, figure), declared.figures.year, FIGURES[figure]
    return Contradiction(
        slug="above-annual-result",
        year=year,
        figure=figure,
        declared=now,
        evidence=bound,
        source=f"annual-result/{year}",
        tolerance_percent=declared.tolerance_percent or 0,
        vi=f"{word.vi} năm {year} của sản phẩm khai {_amount(figure, now).vi}, "
        f"cao hơn kết quả cả doanh nghiệp báo cáo là {_amount(figure, bound).vi}.",
        en=f"{word.en} of the product in {year} is declared as {_amount(figure, now).en}, "
        f"above the {_amount(figure, bound).en} the whole enterprise reported.",
    )
