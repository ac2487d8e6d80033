"""What an enterprise is supported for, in its own partition: what stands against a request, and what it takes for itself."""

from shared.errors import Refusal
from shared.messaging.unit import Unit

from support.domain.enterprises import Activity
from support.domain.overlap import RULES, Overlap, OverlapRules, Support, Supports, excluded, holder_words
from support.domain.reports import ReportedActivity
from support.domain.requests import Request


def overlaps_with(request: Request, unit: Unit) -> list[Refusal]:
    """Every overlap of a new request: with an earlier one or an agency's support, by its activity or by a rule."""
    against = overlaps_at(request.activity, request.activity_id, request.tax_code, unit)
    rules = unit.get(OverlapRules, RULES) or OverlapRules(id=RULES)
    new = support_of(request)
    for rule, known in supports_of(request.tax_code, unit).excluding(new, rules.in_force(new.on)):
        against.append(excluded(request.tax_code, new, rule, known))
    return against


def overlaps_at(id: str, activity_id: str, tax_code: str, unit: Unit) -> list[Refusal]:
    """Who has an activity of an enterprise already: another request of it, an agency's support, or both."""
    against: list[Refusal] = []
    facts = {"activity_id": activity_id, "tax_code": tax_code}
    if activity := unit.get(Activity, id):
        holder = holder_words(activity.request_id.removeprefix(f"{tax_code}/"), None)
        against.append(Overlap(field="activity_id", **facts, **holder))
    if reported := unit.get(ReportedActivity, id):
        against.append(Overlap(field="activity_id", **facts, **holder_words(reported.report_id, reported.agency)))
    return against


def take_activity(request: Request, unit: Unit) -> None:
    """The activity belongs to the request from now on."""
    unit.put(Activity(id=request.activity, request_id=request.id))
    unit.put(supports_of(request.tax_code, unit).having(support_of(request)))


def free_activity(request: Request, unit: Unit) -> None:
    """The request is no support any more: its activity can be asked for again."""
    activity = unit.get(Activity, request.activity)
    if activity and activity.held_by(request.id):
        leave_activity(activity, request.id, unit)
        unit.put(supports_of(request.tax_code, unit).without(request.id))


def leave_activity(activity: Activity, request_id: str, unit: Unit) -> None:
    """A request has an activity no longer."""
    if left := activity.left_by(request_id):
        unit.put(left)
    else:
        unit.remove(activity)


def supports_of(tax_code: str, unit: Unit) -> Supports:
    """Every support of an enterprise."""
    return unit.get(Supports, tax_code) or Supports(id=tax_code)


def support_of(request: Request) -> Support:
    """A request as one support of its enterprise."""
    return Support(id=request.id, programme=request.scheme_id, year=request.year, on=request.requested_on)
