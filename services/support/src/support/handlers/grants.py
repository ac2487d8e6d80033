"""A grant after it was decided: agreement, claims, acceptance, post-check, withdrawal."""

from shared.contracts.base import Event
from shared.contracts.grants import (
    ClaimFiled,
    GrantAgreed,
    PostCheckReported,
    SupportSettled,
    SupportWithdrawn,
    WorkAccepted,
)
from shared.messaging.unit import Unit

from support.domain.amounts import in_words
from support.domain.claims import Acceptance, Agreement, CostClaim, check_acceptance, check_claim
from support.domain.grants import Clear, Grant, Withdrawn
from support.domain.life import check, check_day
from support.domain.payments import DutiesNotSeparated
from support.domain.recoveries import RecoveryAbovePaid
from support.domain.refusals import reason
from support.domain.requests import Request
from support.handlers.homes import at_enterprise
from support.handlers.keys import by_grant
from support.handlers.ledger import end_grant, facts_of, keep, the_grant
from support.handlers.requests import break_off
from support.handlers.walks import begin_claim


@at_enterprise(GrantAgreed, key=by_grant)
def agree(event: Event[GrantAgreed], unit: Unit) -> None:
    """The agreement was signed: what the eligible cost agreed comes to is committed, the rest released."""
    signed = event.data
    before = the_grant(signed.grant_id, unit)
    check_day(before.id, "signed_on", signed.signed_on, first=before.requested_on)
    check_day(before.id, "finish_by", signed.finish_by, first=signed.signed_on)
    facts = {"agreement": signed.agreement, "finish_by": signed.finish_by, **in_words(cost=signed.cost)}
    agreement = Agreement(number=signed.agreement, signed_on=signed.signed_on, finish_by=signed.finish_by, cost=signed.cost)
    after = before.stepped("agree", signed.signed_on, facts=facts, agreement=agreement)
    keep(before, after.falling_to(before.worth(signed.cost)), unit)


@at_enterprise(ClaimFiled, key=by_grant)
def file_claim(event: Event[ClaimFiled], unit: Unit) -> None:
    """Costs were claimed: invoices the grant does not hold are asked for, then the claim is admitted or declined."""
    filed = event.data
    grant = the_grant(filed.grant_id, unit)
    check(grant.id, grant.state, "claim")
    check_day(grant.id, "filed_on", filed.filed_on, first=grant.signed.signed_on, last=grant.signed.finish_by)
    check_claim(grant.id, filed, grant.claims, grant.signed.cost)
    request = unit.need(Request, grant.id)
    claim = CostClaim.of(filed, frozenset(request.taken))
    begin_claim(grant, claim, unit)


@at_enterprise(WorkAccepted, key=by_grant)
def accept(event: Event[WorkAccepted], unit: Unit) -> None:
    """The work was accepted: the grant is settled at min(granted, rate × accepted cost), the rest goes back."""
    accepted = event.data
    before = the_grant(accepted.grant_id, unit)
    unit.need(Clear, before.id)
    if before.can_be_cancelled:
        check_acceptance(before.id, accepted.cost, before.claims)
    check(before.id, before.state, "accept")
    check_day(before.id, "accepted_on", accepted.accepted_on, first=max(c.filed_on for c in before.claims))
    _check_duties(before, accepted.accepted_by)
    steps, settled = before.settlement_steps(accepted.cost), before.worth(accepted.cost)
    record = Acceptance(record=accepted.record, cost=accepted.cost, on=accepted.accepted_on, by=accepted.accepted_by)
    facts = {"record": accepted.record, **in_words(cost=accepted.cost, settled=settled)}
    after = before.stepped("accept", accepted.accepted_on, facts=facts, acceptance=record).falling_to(settled)
    keep(before, after, unit)
    kept = unit.need(Grant, before.id)
    money = {"settled": settled, "due": kept.payable, "over": kept.due_back - before.due_back}
    unit.publish(SupportSettled(**facts_of(kept), **money, steps=steps))


def _check_duties(grant: Grant, person: str) -> None:
    """Who accepts is not who asked for a payment, where the scheme keeps the two apart."""
    if grant.duties_apart and any(order.requested_by == person for order in grant.orders):
        did = {"did_vi": "đề nghị chi", "did_en": "asked for a payment"}
        does = {"does_vi": "nghiệm thu", "does_en": "to accept the work"}
        raise DutiesNotSeparated(field="accepted_by", grant_id=grant.id, person=person, **did, **does)


@at_enterprise(PostCheckReported, key=by_grant)
def check_afterwards(event: Event[PostCheckReported], unit: Unit) -> None:
    """What came of the activity was checked: passed, or failed with an amount to be paid back."""
    checked = event.data
    before = the_grant(checked.grant_id, unit)
    check(before.id, before.state, "pass" if checked.passed else "fail")
    first = before.acceptance.on if before.acceptance else before.requested_on
    check_day(before.id, "checked_on", checked.checked_on, first=first)
    if checked.passed:
        keep(before, before.stepped("pass", checked.checked_on, facts={"reason": checked.reason}), unit)
        return
    if checked.recover > before.kept:
        facts = in_words(kept=before.kept, amount=checked.recover)
        raise RecoveryAbovePaid(field="recover", grant_id=before.id, **facts)
    told = {"reason": checked.reason, **in_words(amount=checked.recover)}
    after = before.stepped("fail", checked.checked_on, facts=told)
    keep(before, after.falling_to(before.kept - checked.recover), unit)


@at_enterprise(SupportWithdrawn, key=by_grant)
def withdraw(event: Event[SupportWithdrawn], unit: Unit) -> None:
    """The enterprise gives up: a request on its way ends, a grant is withdrawn and what was advanced is due back."""
    filed = event.data
    no = Withdrawn(field="grant_id", grant_id=filed.grant_id, day=filed.withdrawn_on, reason=filed.reason)
    request = unit.need(Request, filed.grant_id)
    check_day(request.id, "withdrawn_on", filed.withdrawn_on, first=request.requested_on)
    if request.under_way:
        break_off(request, reason(no), unit)
        return
    before = the_grant(filed.grant_id, unit)
    after = before.stepped("withdraw", filed.withdrawn_on, facts={"reason": filed.reason}).falling_to(0)
    end_grant(before, after, no, unit)
