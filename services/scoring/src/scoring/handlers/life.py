"""The life of a recognition at the key of its enterprise: decisions about it, and what falls due by day."""

from datetime import date, timedelta

from shared.contracts.base import Event
from shared.contracts.council import MaintenanceReviewed, RenewalDecided, RevocationDecided, SuspensionDecided, SuspensionLifted
from shared.contracts.department import ValidityRulesIssued
from shared.contracts.recognitions import (
    HonoursChanged,
    RecognitionExpired,
    RecognitionFact,
    RecognitionFactSent,
    RecognitionReinstated,
    RecognitionRenewed,
    RecognitionRevoked,
    RecognitionSuspended,
)
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from scoring.domain.agenda import Thing
from scoring.domain.holder import Home, enterprise_of, home_key
from scoring.domain.life import begins_again, check_fact, check_rules, lifting, renewal, review, revocation, suspension
from scoring.domain.recognition import DAY, Recognition, ValidityRules, ValidityRulesAlreadyIssued, last_day
from scoring.domain.recognition_notices import notice
from scoring.handlers.agenda import schedule
from scoring.handlers.recognitions import watch

Decided = RenewalDecided | MaintenanceReviewed | SuspensionDecided | SuspensionLifted | RevocationDecided


def by_enterprise(data: Decided) -> str:
    """The key of the enterprise an event names."""
    return enterprise_of(data.tax_code)


@handles(ValidityRulesIssued, broadcast=True)
def keep_validity_rules(event: Event[ValidityRulesIssued], unit: Unit) -> None:
    """Rules on validity were issued: every partition keeps a copy, which never changes."""
    rules = ValidityRules.of(event.data)
    known = unit.get(ValidityRules, rules.id)
    if known is None:
        unit.put(rules)
    elif known != rules:
        raise ValidityRulesAlreadyIssued(field="rules_id", rules_id=rules.id)


@handles(RenewalDecided, key=by_enterprise)
def renew(event: Event[RenewalDecided], unit: Unit) -> None:
    """The city renews a recognition: its running period goes on by the months of the rules the decision names."""
    decided = event.data
    rules = unit.need(ValidityRules, decided.rules_id)
    check_rules(decided, rules)
    _take(
        RecognitionFactSent(
            tax_code=by_enterprise(decided),
            certificate=decided.certificate,
            fact=renewal(decided),
            months=rules.validity_months,
            notice_business_days=rules.expiry_notice_business_days,
        ),
        unit,
    )


@handles(MaintenanceReviewed, key=by_enterprise)
def record_review(event: Event[MaintenanceReviewed], unit: Unit) -> None:
    """A recognised product was reviewed: it is recorded, and a holder that failed told why."""
    _take_decided(event.data, review(event.data), unit)


@handles(SuspensionDecided, key=by_enterprise)
def suspend(event: Event[SuspensionDecided], unit: Unit) -> None:
    """A recognition is suspended from a day, to a day or until it is lifted."""
    _take_decided(event.data, suspension(event.data), unit)


@handles(SuspensionLifted, key=by_enterprise)
def lift(event: Event[SuspensionLifted], unit: Unit) -> None:
    """A suspension is lifted: the recognition is in force again from that day."""
    _take_decided(event.data, lifting(event.data), unit)


@handles(RevocationDecided, key=by_enterprise)
def revoke(event: Event[RevocationDecided], unit: Unit) -> None:
    """A recognition is taken away for good."""
    _take_decided(event.data, revocation(event.data), unit)


@handles(RecognitionFactSent)
def receive_fact(event: Event[RecognitionFactSent], unit: Unit) -> None:
    """A fact reached the key its recognition lies at, or had lain at."""
    _take(event.data, unit)


def _take_decided(decided: Decided, fact: RecognitionFact, unit: Unit) -> None:
    _take(RecognitionFactSent(tax_code=by_enterprise(decided), certificate=decided.certificate, fact=fact), unit)


def _take(sent: RecognitionFactSent, unit: Unit) -> None:
    """Add a fact to its recognition; where that has gone on to another key, send the fact after it."""
    home = unit.need(Home, home_key(sent.tax_code, sent.certificate))
    if home.moved_to is not None:
        unit.publish(sent.model_copy(update={"tax_code": home.moved_to}))
        return
    before = unit.need(Recognition, sent.certificate)
    fact = sent.fact
    if not sent.amending:
        check_fact(before, fact)
    if sent.months is not None:
        fact = fact.model_copy(update={"until": last_day(before.standing(fact.on).valid_to + DAY, sent.months)})
    after = before.with_fact(fact)
    if sent.notice_business_days is not None:
        after = after.but(notice_business_days=sent.notice_business_days)
    unit.put(after)
    watch(after, unit)
    PUBLISH[fact.kind](before, after, fact, unit)


# -- what is published of each fact --------------------------------------------------------------------------------------


def _renewed(before: Recognition, after: Recognition, fact: RecognitionFact, unit: Unit) -> None:
    facts = fact.model_dump(include={"decision", "rules_id"})
    unit.publish(RecognitionRenewed(**_of(after), decided_on=fact.on, valid_to=fact.until, **facts))
    _tell("recognition-renewed", after, unit, decision=fact.decision, valid_to=fact.until)


def _reviewed(before: Recognition, after: Recognition, fact: RecognitionFact, unit: Unit) -> None:
    if not fact.passed:
        _tell("review-failed", after, unit, on=fact.on, reason=fact.reason)


def _suspended(before: Recognition, after: Recognition, fact: RecognitionFact, unit: Unit) -> None:
    facts = fact.model_dump(include={"decision", "reason"})
    unit.publish(RecognitionSuspended(**_of(after), suspended_from=fact.on, suspended_until=fact.until, **facts))
    _tell("recognition-suspended", after, unit, on=fact.on, **facts)


def _lifted(before: Recognition, after: Recognition, fact: RecognitionFact, unit: Unit) -> None:
    unit.publish(RecognitionReinstated(**_of(after), decision=fact.decision, reinstated_on=fact.on))
    _tell("recognition-reinstated", after, unit, on=fact.on)


def _revoked(before: Recognition, after: Recognition, fact: RecognitionFact, unit: Unit) -> None:
    if before.standing(fact.on).status == "revoked":
        return
    facts = fact.model_dump(include={"decision", "reason"})
    unit.publish(RecognitionRevoked(**_of(after), revoked_on=fact.on, **facts))
    _tell("recognition-revoked", after, unit, on=fact.on, **facts)


def _honoured(before: Recognition, after: Recognition, fact: RecognitionFact, unit: Unit) -> None:
    rank, earlier = fact.top10_rank, before.standing(fact.on).top10_rank
    changed = HonoursChanged(**_of(after), decision=fact.decision, decided_on=fact.on, top10_rank=rank, before=earlier)
    unit.publish(changed)
    vi, en = (f"xếp thứ {rank}", f"has place {rank}") if rank else ("không còn trong danh sách", "is no longer in it")
    _tell("honours-changed", after, unit, decision=fact.decision, place_vi=vi, place_en=en)


PUBLISH = {
    "renewed": _renewed,
    "reviewed": _reviewed,
    "suspended": _suspended,
    "lifted": _lifted,
    "revoked": _revoked,
    "honoured": _honoured,
}


def _of(recognition: Recognition) -> dict[str, str]:
    return {"certificate": recognition.id, "tax_code": recognition.tax_code, "product_id": recognition.product_id}


def _tell(slug: str, recognition: Recognition, unit: Unit, due: date | None = None, **facts: object) -> None:
    about = {"certificate": recognition.id, **facts}
    unit.publish(notice(slug, "enterprise", recognition.tax_code, recognition.id, about, due=due))


# -- what falls due ------------------------------------------------------------------------------------------------------


def expire(certificate: str, day: date, unit: Unit) -> None:
    """The day after a last day: the recognition has expired, unless it was renewed or revoked."""
    recognition = unit.get(Recognition, certificate)
    if recognition is None or recognition.standing(day).status != "expired":
        return
    if _is_news(f"expired/{recognition.valid_to}", recognition, unit):
        unit.publish(RecognitionExpired(**_of(recognition), valid_to=recognition.valid_to))
        _tell("recognition-expired", recognition, unit, valid_to=recognition.valid_to)


def remind(certificate: str, day: date, unit: Unit) -> None:
    """Look whether the last day is near; where it is not, look again on the first day on which it can be.

    Holidays may be announced until then, so the day is not counted out in advance: a day takes away one business day at most.
    """
    recognition = unit.get(Recognition, certificate)
    if recognition is None or recognition.standing(unit.today).status not in ("in-force", "suspended"):
        return
    left = unit.calendar.between(unit.today, recognition.valid_to)
    if left > recognition.notice_business_days:
        later = unit.today + timedelta(days=left - recognition.notice_business_days)
        schedule(Thing(kind="reminder", about=certificate), later, unit)
    elif _is_news(f"reminded/{recognition.valid_to}", recognition, unit):
        _tell("recognition-expiring", recognition, unit, due=recognition.valid_to)


def reinstate(certificate: str, day: date, unit: Unit) -> None:
    """The day after a suspension's last one: the recognition is in force again, unless it was lifted or ended before."""
    recognition = unit.get(Recognition, certificate)
    if recognition is None or not begins_again(recognition, day):
        return
    if _is_news(f"reinstated/{day}", recognition, unit):
        unit.publish(RecognitionReinstated(**_of(recognition), decision=None, reinstated_on=day))
        _tell("recognition-reinstated", recognition, unit, on=day)


def _is_news(what: str, recognition: Recognition, unit: Unit) -> bool:
    """Whether the holder was not told of this yet; it is noted that it is told now."""
    if what in recognition.announced:
        return False
    unit.put(recognition.but(announced=(*recognition.announced, what)))
    return True
