"""The values of the indicators, as they are told when a day is over in every partition."""

from shared.contracts.base import Event
from shared.contracts.reporting import IndicatorsValued
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from reporting.domain.values import ValueOfYear, value_id


@handles(IndicatorsValued)
def keep_values(event: Event[IndicatorsValued], unit: Unit) -> None:
    """Indicators of a year have another value. One as of an earlier day comes from an instance that was no longer the owner."""
    told = event.data
    ids = [value_id(said.indicator, told.year) for said in told.values]
    for said, known in zip(told.values, unit.get_all(ValueOfYear, ids), strict=True):
        if known is None or (known.as_of <= told.as_of and known.said != said):
            unit.put(ValueOfYear.of(said, told.year, told.as_of))
