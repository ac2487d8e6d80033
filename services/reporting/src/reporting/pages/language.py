"""How words, numbers, dates and money are written in the language of a page."""

from dataclasses import dataclass
from datetime import date as Date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from shared.contracts.department import Target
from starlette.requests import Request

from reporting import texts
from reporting.domain.rows import FIGURES, Contribution
from reporting.domain.tasks import End, Progress
from reporting.repository.standings import Standing
from shared import vietnamese


@dataclass(frozen=True, slots=True)
class Language:
    """How texts, numbers and dates are written in the language of the page: `vi` or `en`."""

    code: str

    def text(self, name: str) -> str:
        """A label of the page."""
        return texts.PAGE[name].in_language(self.code)

    def of(self, thing: Any, field: str) -> str:
        """A field that exists in both languages: `of(plan, "title")` is title_vi or title_en."""
        return str(getattr(thing, f"{field}_{self.code}"))

    def decision(self, number: str) -> str:
        """A decision by its number, with the word before it where the number does not say it itself."""
        return number if number.startswith(texts.PAGE["decision"].vi) else f"{self.text('decision')} {number}"

    def reason(self, reason: Any) -> str:
        """The words of a reason."""
        return str(getattr(reason, self.code))

    def number(self, value: int | Decimal | Fraction, places: int = 0) -> str:
        """42.000,5 in Vietnamese, 42,000.5 in English."""
        written = vietnamese.number(value, places)
        return written.translate(str.maketrans(".,", ",.")) if self.code == "en" else written

    def money(self, dong: int) -> str:
        """42.000 đồng in Vietnamese, VND 42,000 in English."""
        return f"VND{vietnamese.NO_BREAK}{self.number(dong)}" if self.code == "en" else vietnamese.money(dong)

    def date(self, day: Date) -> str:
        """26/11/2021 in Vietnamese; 26 November 2021 in English, where the order of day and month is not agreed on."""
        return f"{day.day} {day:%B} {day.year}" if self.code == "en" else vietnamese.date(day)

    def day(self, iso: str) -> str:
        """A day that is written in ISO 8601."""
        return self.date(Date.fromisoformat(iso))

    def value(self, value: int | Decimal | Fraction | None, unit: str) -> str:
        """A value with its unit, or a dash where there is none."""
        if value is None:
            return "–"
        if unit == "VND":
            return self.money(int(vietnamese.rounded(value, 0)))
        written = self.number(value, 2)
        if unit == "percent":
            return f"{written}%" if self.code == "en" else f"{written}{vietnamese.NO_BREAK}%"
        return written if unit == "unknown" else self.count(value, unit)

    def count(self, number: int | Decimal | Fraction, of: str) -> str:
        """So many of a thing: 1 task, 2 tasks."""
        return f"{self.number(number, 2)} {self.counting(number, of)}"

    def counting(self, number: int | Decimal | Fraction, of: str) -> str:
        """The word after a number that is written apart: task after 1, tasks after any other."""
        return texts.COUNTED[of].in_language(self.code, number)

    def counted(self, row: Contribution) -> str:
        """What a row adds, in the unit of its measure: a presence counts 1."""
        return self.amount(row, row.value)

    def amount(self, row: Contribution, value: Decimal) -> str:
        """A value a row has or had, in the unit of its measure."""
        unit = FIGURES.get(row.measure)
        if unit is None:
            return self.number(value)
        if unit == "USD":
            written = self.number(value, 3)
            return f"USD{vietnamese.NO_BREAK}{written}" if self.code == "en" else f"{written}{vietnamese.NO_BREAK}USD"
        return self.value(value, unit)

    def planned(self, target: Target, unit: str) -> str:
        """The bounds of a target in words: 20–25 enterprises; at least 15 %."""
        if target.upper is not None:
            return f"{self.number(target.lower, 2)}–{self.value(target.upper, unit)}"
        lower = self.value(target.lower, unit)
        return lower if unit == "percent" and target.lower >= 100 else f"{self.text('at_least')} {lower}"

    def forecast(self, standing: Standing) -> str:
        """Where a figure comes to: in whole things, as nobody knows it better."""
        value = standing.forecast
        whole = value is not None and standing.indicator.unit not in ("percent", "hectares")
        return self.value(vietnamese.rounded(value, 0) if value is not None and whole else value, standing.indicator.unit)

    def forecast_rule(self) -> str:
        """By which rule a forecast is made."""
        return texts.FORECAST_RULE.in_language(self.code)

    def result(self, report: Progress) -> str:
        """What an agency reported; its Vietnamese words where it gave no others."""
        return (report.result_en if self.code == "en" else None) or report.result_vi

    def ending(self, end: End) -> str:
        """How a task ended, with the day."""
        text = (end.text_en if self.code == "en" else None) or end.text_vi
        return f"{self.date(end.on)}: {text}"

    def status(self, standing: Standing) -> str:
        """The status of a target in words."""
        words = texts.EXCEEDED if standing.exceeded else texts.STATUS[standing.status]
        return words.in_language(self.code)

    def word(self, table: str, code: str) -> str:
        """The word of an industry or a state; the code itself where a newer version added one."""
        words: dict[str, texts.Words] = getattr(texts, table)
        return words[code].in_language(self.code) if code in words else code

    def words(self, table: str) -> list[tuple[str, str]]:
        """Every code of a table with its word, as a form offers them."""
        return [(code, self.word(table, code)) for code in getattr(texts, table)]


def language_of(request: Request) -> Language:
    """English where it is asked for, otherwise Vietnamese."""
    return Language("en" if request.query_params.get("lang") == "en" else "vi")
