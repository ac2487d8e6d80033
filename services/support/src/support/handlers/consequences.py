"""What the life of a recognition does to requests and grants that rest on it.

Every event says how a certificate stands from some day on; then, and on that day where it is later, all that the
enterprise has is looked at again. Looking twice changes nothing, so the order of the events does not matter.
"""

from datetime import date

from shared.contracts.base import Event
from shared.contracts.recognitions import (
    RecognitionExpired,
    RecognitionReinstated,
    RecognitionRenewed,
    RecognitionRevoked,
    RecognitionSuspended,
)
from shared.contracts.scoring import ProductRecognised
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from support.domain.enterprises import Holder, Recognition, Suspension
from support.domain.grants import Grant
from support.domain.refusals import reason
from support.domain.requests import Request
from support.domain.standings import DueStandings, RecognitionGone
from support.handlers.coverage import follow_recognitions
from support.handlers.keys import by_enterprise
from support.handlers.ledger import account_of, cancel_grant
from support.handlers.payments import release_held
from support.handlers.requests import break_off, rank_anew, serve_waiting

# The index document of a partition.
DUE = "standings"


@handles(ProductRecognised, key=by_enterprise)
def record_recognition(event: Event[ProductRecognised], unit: Unit) -> None:
    """A product was recognised: requests of the enterprise that waited for it, and are now eligible, go on."""
    tax_code = by_enterprise(event.data)
    _stands((unit.get(Holder, tax_code) or Holder(id=tax_code)).recognised(event.data), event.data.valid_from, unit)


@handles(RecognitionRenewed, key=by_enterprise)
def renew(event: Event[RecognitionRenewed], unit: Unit) -> None:
    """A recognition lasts longer: who waited for it on a day it covers now goes on."""
    holder, recognition = _held(event.data, unit)
    _stands(holder.with_recognition(recognition.but(valid_to=event.data.valid_to)), unit.today, unit)


@handles(RecognitionExpired, key=by_enterprise)
def expire(event: Event[RecognitionExpired], unit: Unit) -> None:
    """The last day of a recognition has passed: what was granted stays as it is."""
    holder, recognition = _held(event.data, unit)
    _stands(holder.with_recognition(recognition.but(valid_to=event.data.valid_to)), unit.today, unit)


@handles(RecognitionSuspended, key=by_enterprise)
def suspend(event: Event[RecognitionSuspended], unit: Unit) -> None:
    """A recognition is suspended: new payment orders are held."""
    news = event.data
    holder, recognition = _held(news, unit)
    suspension = Suspension(since=news.suspended_from, until=news.suspended_until)
    suspensions = (*recognition.suspensions, suspension)
    _stands(holder.with_recognition(recognition.but(suspensions=suspensions)), unit.today, unit)


@handles(RecognitionReinstated, key=by_enterprise)
def reinstate(event: Event[RecognitionReinstated], unit: Unit) -> None:
    """A suspension is over: the payments it held are ordered."""
    holder, recognition = _held(event.data, unit)
    _stands(holder.with_recognition(recognition.reinstated(event.data.reinstated_on)), event.data.reinstated_on, unit)


@handles(RecognitionRevoked, key=by_enterprise)
def revoke(event: Event[RecognitionRevoked], unit: Unit) -> None:
    """A recognition was taken away: what rests on it and has no payment order yet is cancelled, from that day."""
    holder, recognition = _held(event.data, unit)
    revoked_on = min(event.data.revoked_on, recognition.revoked_on or event.data.revoked_on)
    _stands(holder.with_recognition(recognition.but(revoked_on=revoked_on)), revoked_on, unit)


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


News = RecognitionRenewed | RecognitionExpired | RecognitionSuspended | RecognitionReinstated | RecognitionRevoked


def _held(news: News, unit: Unit) -> tuple[Holder, Recognition]:
    tax_code = by_enterprise(news)
    holder = unit.get(Holder, tax_code) or Holder(id=tax_code)
    return holder, holder.recognition(news.certificate)


def _stands(holder: Holder, day: date, unit: Unit) -> None:
    """A recognition of the holder stands otherwise from the day."""
    before = unit.get(Holder, holder.id) or Holder(id=holder.id)
    unit.put(holder)
    follow_recognitions(before, holder, unit)
    serve_waiting(holder, unit)
    if day > unit.today:
        due = unit.get(DueStandings, DUE) or DueStandings(id=DUE)
        unit.put(due.with_due(day, holder.id))
    else:
        _look(holder, unit)
    rank_anew(holder, unit)


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
