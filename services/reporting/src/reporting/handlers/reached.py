"""Whom the programme reached: learners of classes, establishments with equipment, and who joined which activity."""

from shared.contracts.base import Event
from shared.contracts.reporting import EnterpriseCounted, LostGround
from shared.contracts.support_activities import BeneficiaryCounted
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from reporting import projections
from reporting.domain.city_figures import UnknownFigure
from reporting.domain.rows import Measure
from reporting.handlers.counting import count
from reporting.handlers.enterprises import of_enterprise

BENEFICIARIES = {Measure.RURAL_EQUIPMENT.value: Measure.RURAL_EQUIPMENT}
"""Figures of a plan that enterprises count in by their grants."""


@handles(BeneficiaryCounted, key=of_enterprise)
def count_beneficiary(event: Event[BeneficiaryCounted], unit: Unit) -> None:
    """An enterprise counts in a figure of the plan by a grant, or no longer does."""
    said = event.data
    measure = BENEFICIARIES.get(said.counts_as)
    if measure is None:
        facts = {"figure": said.counts_as, "year": said.year, "known": ", ".join(BENEFICIARIES)}
        raise UnknownFigure(field="data.counts_as", **facts)
    ground = projections.beneficiary(event, measure)
    gone = LostGround(measure=ground.measure, year=ground.year, about=ground.about)
    present, absent = ((ground,), ()) if said.counted else ((), (gone,))
    count(EnterpriseCounted(tax_code=of_enterprise(said), present=present, absent=absent), unit)
