"""What the life of a recognition does to requests and grants that rest on it.

Every event says how a certificate stands from some day on; then, and on that day where it is later, all that the
enterprise has is looked at again. Looking twice changes nothing, so the order of the events does not matter.
"""

from datetime import date
from typing import Any

from shared.contracts.base import Event
from shared.contracts.recognitions import (
    RecognitionExpired,
    RecognitionReinstated,
    RecognitionRenewed,
    RecognitionRevoked,
    RecognitionSuspended,
    RecognitionTransferred,
)
from shared.contracts.scoring import ProductRecognised
from shared.messaging.unit import Unit

from support.domain.enterprises import Holder, Recognition, Suspension
from support.domain.grants import Grant
from support.domain.recoveries import Account
from support.domain.refusals import reason
from support.domain.requests import Request
from support.domain.standings import DueStandings, RecognitionGone
from support.domain.successions import HeldCertificate
from support.handlers.coverage import follow_recognitions
from support.handlers.homes import at_enterprise, home_of
from support.handlers.ledger import account_of, cancel_grant
from support.handlers.payments import release_held
from support.handlers.requests import break_off, keep_waiting, rank_anew, serve_waiting

# The index document of a partition.
DUE = "standings"


@at_enterprise(ProductRecognised)
def record_recognition(event: Event[ProductRecognised], unit: Unit) -> None:
    """A product was recognised: requests of the enterprise that waited for it, and are now eligible, go on."""
    tax_code = home_of(event)
    unit.put(HeldCertificate(id=event.data.certificate))
    _stands((unit.get(Holder, tax_code) or Holder(id=tax_code)).recognised(event.data), event.data.valid_from, unit)


@at_enterprise(RecognitionRenewed, RecognitionExpired)
def note_last_day(event: Event[RecognitionRenewed] | Event[RecognitionExpired], unit: Unit) -> None:
    """A recognition lasts longer, and who waited for it goes on; or its last day has passed, and what was granted stays."""
    holder, recognition = _held(event, unit)
    _stands(holder.with_recognition(recognition.but(valid_to=event.data.valid_to)), unit.today, unit)


@at_enterprise(RecognitionSuspended)
def suspend(event: Event[RecognitionSuspended], unit: Unit) -> None:
    """A recognition is suspended: new payment orders are held."""
    news = event.data
    holder, recognition = _held(event, unit)
    suspension = Suspension(since=news.suspended_from, until=news.suspended_until)
    suspensions = (*recognition.suspensions, suspension)
    _stands(holder.with_recognition(recognition.but(suspensions=suspensions)), unit.today, unit)


@at_enterprise(RecognitionReinstated)
def reinstate(event: Event[RecognitionReinstated], unit: Unit) -> None:
    """A suspension is over: the payments it held are ordered."""
    holder, recognition = _held(event, unit)
    _stands(holder.with_recognition(recognition.reinstated(event.data.reinstated_on)), event.data.reinstated_on, unit)


@at_enterprise(RecognitionRevoked)
def revoke(event: Event[RecognitionRevoked], unit: Unit) -> None:
    """A recognition was taken away: what rests on it and has no payment order yet is cancelled, from that day."""
    holder, recognition = _held(event, unit)
    revoked_on = min(event.data.revoked_on, recognition.revoked_on or event.data.revoked_on)
    _stands(holder.with_recognition(recognition.but(revoked_on=revoked_on)), revoked_on, unit)


@at_enterprise(RecognitionTransferred)
def await_certificate(event: Event[RecognitionTransferred], unit: Unit) -> None:
    """A certificate is held under another code now: later news of it waits behind this until it has been handed over."""
    unit.need(HeldCertificate, event.data.certificate)


def receive_holder(former: Holder, home: str, unit: Unit) -> None:
    """What a former code held is held here now, and decided here on the days on which it changes."""
    before = unit.get(Holder, home) or Holder(id=home)
    waiting = [r.id for r in unit.need_all(Request, former.waiting) if r.waits_for == "recognition"]
    holder = before.joined(former, waiting)
    for recognition in former.recognitions:
        unit.put(HeldCertificate(id=recognition.certificate))
        for day in recognition.days_of_change:
            _look_on(day, home, unit)
    keep_waiting(waiting, unit)
    _stands(holder, unit.today, unit)


def receive_account(former: Account, home: str, unit: Unit) -> None:
    """What was open with a former code is open here: its debts, and what rests on a certificate."""
    unit.put(account_of(home, unit).joined(former))
    _look(unit.get(Holder, home) or Holder(id=home), unit)


def forget_standings(tax_code: str, unit: Unit) -> None:
    """An enterprise goes on under another code: nothing falls due here any more."""
    if due := unit.get(DueStandings, DUE):
        unit.put(due.but(due=tuple(d for d in due.due if d.tax_code != tax_code)))


def look_again(unit: Unit) -> None:
    """Enterprises with a recognition that changes today."""
    due = unit.get(DueStandings, DUE)
    if due is None:
        return
    enterprises, left = due.until(unit.today)
    if enterprises:
        unit.put(left)
    for tax_code in enterprises:
        _look(unit.need(Holder, tax_code), unit)


def _held(event: Event[Any], unit: Unit) -> tuple[Holder, Recognition]:
    tax_code = home_of(event)
    holder = unit.get(Holder, tax_code) or Holder(id=tax_code)
    return holder, holder.recognition(event.data.certificate)


def _stands(holder: Holder, day: date, unit: Unit) -> None:
    """A recognition of the holder stands otherwise from the day."""
    before = unit.get(Holder, holder.id) or Holder(id=holder.id)
    unit.put(holder)
    follow_recognitions(before, holder, unit)
    serve_waiting(holder, unit)
    if not _look_on(day, holder.id, unit):
        _look(holder, unit)
    rank_anew(holder, unit)


def _look_on(day: date, tax_code: str, unit: Unit) -> bool:
    """Note an enterprise to look at on a day that is to come; False where the day has come."""
    if day <= unit.today:
        return False
    unit.put((unit.get(DueStandings, DUE) or DueStandings(id=DUE)).with_due(day, tax_code))
    return True


def _look(holder: Holder, unit: Unit) -> None:
    """All that rests on a recognition of the holder, as its recognitions stand today."""
    for request in unit.need_all(Request, account_of(holder.id, unit).resting):
        if request.under_way:
            _look_at_request(request, holder, unit)
        else:
            _look_at_grant(unit.need(Grant, request.id), holder, unit)


def _look_at_request(request: Request, holder: Holder, unit: Unit) -> None:
    if not _gone(request.certificate, holder, unit):
        return
    if other := holder.certificate_on(unit.today):
        unit.put(request.but(certificate=other))
    else:
        break_off(request, reason(_why(request.certificate, request.id, holder)), unit)


def _look_at_grant(grant: Grant, holder: Holder, unit: Unit) -> None:
    if _gone(grant.certificate, holder, unit):
        other = holder.certificate_on(unit.today)
        if other is None:
            no = _why(grant.certificate, grant.id, holder)
            cancel_grant(grant, grant.kept, no, unit)
            return
        grant = grant.but(certificate=other)
        unit.put(grant)
    release_held(grant, unit)


def _gone(certificate: str | None, holder: Holder, unit: Unit) -> bool:
    return certificate is not None and holder.recognition(certificate).revoked_by(unit.today)


def _why(certificate: str | None, id: str, holder: Holder) -> RecognitionGone:
    day = holder.recognition(str(certificate)).revoked_on
    return RecognitionGone(field="certificate", certificate=certificate, grant_id=id, day=day)
