"""The values of the indicators as they were told last: what the topic of values is made from."""

from datetime import date as Date
from fractions import Fraction

from shared.contracts.reporting import IndicatorValue, ValuedIndicator
from shared.messaging.document import Document

from shared import vietnamese


class ValueOfYear(Document, collection="values-of-years"):
    """An indicator in a year, as it stood at the end of a day; id is code/year. One without a value any more stays, with none."""

    code: str
    year: int
    exact: str | None
    unit: str
    made: bool
    as_of: Date

    @classmethod
    def of(cls, said: ValuedIndicator, year: int, as_of: Date) -> "ValueOfYear":
        """The value as it was told."""
        place = {"id": value_id(said.indicator, year), "code": said.indicator, "year": year, "as_of": as_of}
        return cls(**place, exact=said.exact, unit=said.unit, made=said.made)

    @property
    def said(self) -> ValuedIndicator:
        """What was told of it last."""
        return ValuedIndicator(indicator=self.code, exact=self.exact, unit=self.unit, made=self.made)

    def published_state(self) -> IndicatorValue | None:
        """See Document; what has no value is no longer on the topic."""
        if self.exact is None:
            return None
        return IndicatorValue(
            value_id=self.id,
            indicator=self.code,
            year=self.year,
            value=vietnamese.rounded(Fraction(self.exact), 2),
            exact=self.exact,
            unit=self.unit,
            as_of=self.as_of,
            made=self.made,
        )


def value_id(code: str, year: int) -> str:
    """By what the value of an indicator in a year is known."""
    return f"{code}/{year}"
