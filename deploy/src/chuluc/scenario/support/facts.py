"""The rows as events: what the portal, the department, finance, the Council and other agencies say of them."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from shared.contracts.activities import ActivityCancelled, OverlapResolved
from shared.contracts.agencies import CostReference, ExternalSupportReported
from shared.contracts.base import Data
from shared.contracts.council import RevocationDecided, SuspensionDecided, SuspensionLifted
from shared.contracts.finance import BudgetAllocated, BudgetCarriedOver, BudgetChanged, BudgetTransferred
from shared.contracts.grants import (
    ClaimFiled,
    GrantAgreed,
    GrantChangeDecided,
    GrantChangeRequested,
    PaymentApproved,
    PaymentFailed,
    PaymentMade,
    PaymentRequested,
    PostCheckReported,
    RepaymentReceived,
    SupportWithdrawn,
    WorkAccepted,
)
from shared.contracts.portal import Evidence, SupportRequested

from chuluc.scenario.made import tax_code
from chuluc.scenario.support.cast import certificate_of, tax_code_of
from chuluc.scenario.support.rows import Act, Cancelled, Cost, Entry, Money, Report, Resolved, Row, Standing
from chuluc.scenario.support.year import YEAR

PLAN = "KH-MAU-2022"
AGENCY, OFFICER, CHIEF, BOARD = "quy-mau", "can-bo-chi", "lanh-dao", "hoi-dong-nghiem-thu"
SELLER = tax_code(790)
WHY = "Giả định của kịch bản hỗ trợ."


def facts_of(entry: Entry) -> Iterator[Data]:
    """The events an entry of the year is told by."""
    if isinstance(entry, tuple):
        yield _of_act(*entry)
    elif isinstance(entry, Row):
        yield _asked(entry)
    elif isinstance(entry, Money):
        yield _of_money(entry)
    elif isinstance(entry, Report):
        yield _reported(entry)
    elif isinstance(entry, Resolved):
        yield _resolved(entry)
    elif isinstance(entry, Standing):
        yield _of_standing(entry)
    else:
        yield _cancelled(entry)


def grant_id(row: Row) -> str:
    return f"{tax_code_of(row.who)}/{row.id}"


def _asked(row: Row) -> SupportRequested:
    return SupportRequested(
        request_id=row.id,
        tax_code=tax_code_of(row.who),
        scheme_id=row.scheme,
        year=row.year,
        activity_id=row.activity,
        requested_on=row.on,
        asked=row.asked,
        evidence=tuple(_evidence(cost, invoice) for cost, invoice in zip(row.costs, row.invoices(), strict=True)),
        papers=row.papers,
        traits=row.traits,
        learners=row.learners,
        made=True,
    )


def _evidence(cost: Cost, invoice: str) -> Evidence:
    document = hashlib.sha256(cost.document.encode()).hexdigest() if cost.document else None
    return Evidence(seller_tax_code=SELLER, invoice=invoice, amount=cost.amount, sha256=document)


# -- the life of a grant -------------------------------------------------------------------------------------------------


def _of_act(row: Row, act: Act) -> Data:
    model, facts = ACTS[act.kind](row, act)
    return model.model_validate({"grant_id": grant_id(row), "made": True, **facts})


Told = tuple[type[Data], dict[str, Any]]


def _agreed(row: Row, act: Act) -> Told:
    return GrantAgreed, {"agreement": f"HĐ-{row.id}", "signed_on": act.on, "finish_by": act.until, "cost": act.amount}


def _ordered(row: Row, act: Act) -> Told:
    about = {"order_id": act.number, "amount": act.amount}
    return PaymentRequested, {**about, "requested_on": act.on, "requested_by": OFFICER}


def _approved(row: Row, act: Act) -> Told:
    return PaymentApproved, {"order_id": act.number, "approved_on": act.on, "approved_by": CHIEF}


def _paid(row: Row, act: Act) -> Told:
    return PaymentMade, {"order_id": act.number, "amount": act.amount, "paid_on": act.on}


def _failed(row: Row, act: Act) -> Told:
    return PaymentFailed, {"order_id": act.number, "failed_on": act.on, "reason": WHY}


def _claimed(row: Row, act: Act) -> Told:
    evidence = (Evidence(seller_tax_code=SELLER, invoice=f"{act.number}-{row.id}", amount=act.amount),)
    return ClaimFiled, {"claim_id": act.number, "filed_on": act.on, "evidence": evidence}


def _accepted(row: Row, act: Act) -> Told:
    return WorkAccepted, {"record": f"NT-{row.id}", "cost": act.amount, "accepted_on": act.on, "accepted_by": BOARD}


def _checked(row: Row, act: Act) -> Told:
    about = {"passed": act.amount == 0, "recover": act.amount, "reason": WHY}
    return PostCheckReported, {**about, "checked_on": act.on, "checked_by": CHIEF}


def _repaid(row: Row, act: Act) -> Told:
    return RepaymentReceived, {"receipt_id": act.number, "amount": act.amount, "received_on": act.on}


def _withdrawn(row: Row, act: Act) -> Told:
    return SupportWithdrawn, {"withdrawn_on": act.on, "reason": WHY}


def _change(row: Row, act: Act) -> Told:
    wanted: dict[str, dict[str, Any]] = {
        "delay": {"finish_by": act.until},
        "reduce": {"cost": act.amount},
        "move": {"fair_id": act.to},
    }
    return GrantChangeRequested, {
        "change_id": act.number,
        "requested_on": act.on,
        "kind": act.kind,
        "reason": WHY,
        **wanted[act.kind],
    }


def _decided(row: Row, act: Act) -> Told:
    return GrantChangeDecided, {"change_id": act.number, "approved": True, "decided_on": act.on, "reason": WHY}


ACTS: Mapping[str, Callable[[Row, Act], Told]] = {
    "agree": _agreed,
    "order": _ordered,
    "approve": _approved,
    "pay": _paid,
    "fail": _failed,
    "claim": _claimed,
    "accept": _accepted,
    "check": _checked,
    "repay": _repaid,
    "withdraw": _withdrawn,
    "delay": _change,
    "reduce": _change,
    "move": _change,
    "decide": _decided,
}


# -- what others do ------------------------------------------------------------------------------------------------------


def _of_money(money: Money) -> Data:
    text = {"made": True, "legal_text": "Số tiền giả định của kịch bản hỗ trợ"}
    if money.kind == "allocate":
        year, _, scheme = money.line.partition("/")
        facts = {"line_id": money.line, "plan_id": f"KH-MAU-{year}", "year": int(year), "scheme_id": scheme}
        return BudgetAllocated.model_validate({**facts, "amount": money.amount, **text})
    if money.kind == "change":
        return BudgetChanged.model_validate({"line_id": money.line, "by": money.amount, **text})
    if money.kind == "transfer":
        facts = {"from_line": money.line, "to_line": money.to}
        return BudgetTransferred.model_validate({**facts, "amount": money.amount, **text})
    return BudgetCarriedOver.model_validate({"line_id": money.line, "amount": money.amount or None, **text})


def _reported(report: Report) -> ExternalSupportReported:
    return ExternalSupportReported(
        report_id=report.id,
        agency=AGENCY,
        tax_code=tax_code_of(report.who),
        programme=report.programme or None,
        year=report.on.year,
        activity_kind=report.activity_kind or None,
        activity_id=report.activity or None,
        costs=(CostReference(seller_tax_code=SELLER, invoice=report.invoice),) if report.invoice else (),
        amount=report.amount,
        supported_on=report.on,
        made=True,
    )


def _resolved(resolved: Resolved) -> OverlapResolved:
    who = tax_code_of(YEAR.row(resolved.row).who)
    return OverlapResolved(
        overlap_id=overlap_id(who, resolved.row, resolved.report),
        tax_code=who,
        outcome=resolved.outcome,
        amount=resolved.left or None,
        by=CHIEF,
        resolved_on=resolved.on,
        reason=WHY,
    )


def overlap_id(who: str, request_id: str, report_id: str) -> str:
    """The id under which OverlapFound will tell of it: a scenario is written down before anything answers."""
    said = "|".join((who, request_id, AGENCY, report_id))
    return f"tl-{hashlib.blake2b(said.encode(), digest_size=8).hexdigest()}"


def _of_standing(standing: Standing) -> Data:
    facts: dict[str, Any] = {"certificate": certificate_of(standing.who), "tax_code": tax_code_of(standing.who)}
    facts |= {"decision": f"Quyết định {standing.kind} {standing.who} (giả định)", "decided_on": standing.on}
    if standing.kind == "suspend":
        return SuspensionDecided(**facts, suspended_from=standing.on, reason=WHY)
    if standing.kind == "reinstate":
        return SuspensionLifted(**facts, lifted_on=standing.on)
    return RevocationDecided(**facts, revoked_on=standing.on, reason=WHY)


def _cancelled(cancelled: Cancelled) -> ActivityCancelled:
    return ActivityCancelled(activity_id=cancelled.activity, cancelled_on=cancelled.on, reason=WHY)
