"""The Council of a round: its versions, conflicts of interest, and criteria the chair waives."""

from shared.contracts.base import Event
from shared.contracts.council import ConflictDeclared, CouncilAppointed, CriterionWaived
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from scoring.domain.agenda import Thing
from scoring.domain.assessment import Assessment, assessment_key
from scoring.domain.council import AfterClosing, Council, WaivedCriterionUnknown
from scoring.domain.reminders import reminder_days
from scoring.domain.round import Round
from scoring.handlers.agenda import schedule
from scoring.handlers.criteria import pinned
from scoring.handlers.enterprises import recuse


@handles(CouncilAppointed, key="round_id")
def appoint_council(event: Event[CouncilAppointed], unit: Unit) -> None:
    """A Council was appointed, or anew: its members score from now on, and are reminded before its due day."""
    appointed = event.data
    round_ = unit.need(Round, appointed.round_id)
    known = unit.get(Council, round_.id)
    council = Council.of(appointed) if known is None else known.appointed_again(appointed)
    if council == known:
        return
    _check_open(round_)
    council.check(pinned(round_, unit))
    council = council.but(reminders=reminder_days(council.current, unit.calendar))
    unit.put(council)
    recuse(round_, council, unit)
    for day in council.reminders:
        schedule(Thing(kind="scores", about=round_.id), day, unit)


@handles(ConflictDeclared, key="round_id")
def declare_conflict(event: Event[ConflictDeclared], unit: Unit) -> None:
    """A member declared a conflict: scores given to the enterprise are void, and no more are taken."""
    round_ = unit.need(Round, event.data.round_id)
    known = unit.need(Council, round_.id)
    council = known.with_conflict(event.data)
    if council == known:
        return
    _check_open(round_)
    unit.put(council)
    recuse(round_, council, unit)


@handles(CriterionWaived, key="round_id")
def waive_criterion(event: Event[CriterionWaived], unit: Unit) -> None:
    """The chair waived a criterion: scoring can close without it."""
    waived = event.data
    round_ = unit.need(Round, waived.round_id)
    known = unit.need(Council, round_.id)
    sets = pinned(round_, unit)
    scored_by = list(sets)
    if waived.application_id is not None:
        scored_by = [sets.of(unit.need(Assessment, assessment_key(round_.id, waived.application_id)).industry)]
    if all(criteria.criterion(waived.criterion) is None for criteria in scored_by):
        codes = ", ".join(dict.fromkeys(c.code for criteria in scored_by for c in criteria.criteria))
        about = {"application_id": waived.application_id or "*", "criterion": waived.criterion, "known": codes}
        raise WaivedCriterionUnknown(field="criterion", round_id=round_.id, **about)
    council = known.with_waiver(waived)
    if council != known:
        _check_open(round_)
        unit.put(council)


def _check_open(round_: Round) -> None:
    if round_.closed_on is not None:
        raise AfterClosing(round_id=round_.id, closed_on=round_.closed_on)
