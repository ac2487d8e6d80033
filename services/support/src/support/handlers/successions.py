"""Changed and merged tax codes: all that is kept of an enterprise goes from its former code to the one it goes on under.

Handed over by events of the own log, a document each, so that each partition alone changes what it keeps. What comes for the
former code afterwards goes on to the other one behind them (`at_enterprise`), in the order in which it came.
"""

from collections.abc import Callable
from typing import Any

from shared.contracts.applications import EnterpriseMerged
from shared.contracts.base import Event
from shared.contracts.support_handover import SupportHandedOver
from shared.messaging.document import Document
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from support.domain.beneficiaries import RuralEstablishment
from support.domain.caps import UnitUse
from support.domain.coverage import Coverage
from support.domain.enterprises import Activity, Enterprise, Holder, enterprise_of
from support.domain.grants import Clear, Grant
from support.domain.overlap import Supports
from support.domain.participation import Participation
from support.domain.recoveries import Account
from support.domain.reports import FoundOverlap, Report, ReportedActivity
from support.domain.requests import Request
from support.domain.successions import Belongings, FormerCode, HeldCertificate
from support.domain.waiting import RequestsInLine
from support.handlers.caps import receive_use
from support.handlers.consequences import forget_standings, receive_account, receive_holder
from support.handlers.coverage import forget_missed, receive_coverage, receive_participation
from support.handlers.homes import BELONGING, COLLECTIONS, at_enterprise, home_of
from support.handlers.overlap import receive_activity, receive_report, receive_supports
from support.handlers.requests import forget_waiting

# Made again at the other code by what is handed over with them.
FOLLOWS = (ReportedActivity, HeldCertificate)


def by_former(data: EnterpriseMerged) -> str:
    """The key of a merger: where what is handed over lies."""
    return enterprise_of(data.formerly)


@handles(EnterpriseMerged, key=by_former)
def hand_over(event: Event[EnterpriseMerged], unit: Unit) -> None:
    """An enterprise goes on under another code: all that is kept of it goes there, and so does what still comes here."""
    merged = event.data
    former, home = enterprise_of(merged.formerly), enterprise_of(merged.tax_code)
    if former == home or unit.get(FormerCode, former):
        return
    belongings = unit.get(Belongings, former) or Belongings(id=former)
    forget_waiting(belongings.of(Request.collection), unit)
    forget_standings(former, unit)
    for kind in BELONGING:
        for document in unit.get_all(kind, belongings.of(kind.collection)):
            if document is not None:
                _hand_over(document, former, home, merged, unit)
    unit.remove(belongings)
    unit.put(FormerCode(id=former, tax_code=home))


@at_enterprise(SupportHandedOver)
def take_over(event: Event[SupportHandedOver], unit: Unit) -> None:
    """A document of a former code arrives: it joins what is kept of the enterprise here."""
    handed = event.data
    document = COLLECTIONS[handed.collection].model_validate_json(handed.document)
    TAKES[type(document)](document, home_of(event), event, unit)


def _hand_over(document: Document, former: str, home: str, merged: EnterpriseMerged, unit: Unit) -> None:
    unit.remove(document)
    if isinstance(document, Coverage):
        forget_missed(document, unit)
    if not isinstance(document, FOLLOWS):
        facts = {"formerly": former, "tax_code": home, "merged_on": merged.merged_on, "why": merged.why}
        unit.publish(
            SupportHandedOver.model_validate({**facts, "collection": document.collection, "document": document.model_dump_json()})
        )


def _take_rural(former: RuralEstablishment, home: str, unit: Unit) -> None:
    known = unit.get(RuralEstablishment, home)
    since = min(former.confirmed_on, known.confirmed_on) if known else former.confirmed_on
    unit.put(RuralEstablishment(id=home, confirmed_on=since))


def _take_enterprise(former: Enterprise, home: str, unit: Unit) -> None:
    if unit.get(Enterprise, home) is None:
        unit.put(former.but(id=home))


def _take_line(former: RequestsInLine, home: str, unit: Unit) -> None:
    known = unit.get(RequestsInLine, home) or RequestsInLine(id=home)
    unit.put(known.but(requests=(*known.requests, *former.requests)))


TAKES: dict[type[Document], Callable[[Any, str, Event[SupportHandedOver], Unit], None]] = {
    Report: lambda former, home, _, unit: receive_report(former, home, unit),
    Grant: lambda former, home, _, unit: unit.put(former.but(tax_code=home)),
    Clear: lambda former, home, _, unit: unit.put(former),
    Request: lambda former, home, _, unit: unit.put(former.under(home)),
    FoundOverlap: lambda former, home, _, unit: unit.put(former.under(home)),
    UnitUse: lambda former, home, _, unit: receive_use(former, home, unit),
    Participation: lambda former, home, _, unit: receive_participation(former, home, unit),
    Coverage: lambda former, home, _, unit: receive_coverage(former, home, unit),
    RuralEstablishment: lambda former, home, _, unit: _take_rural(former, home, unit),
    Enterprise: lambda former, home, _, unit: _take_enterprise(former, home, unit),
    RequestsInLine: lambda former, home, _, unit: _take_line(former, home, unit),
    Holder: lambda former, home, _, unit: receive_holder(former, home, unit),
    Account: lambda former, home, _, unit: receive_account(former, home, unit),
    Supports: lambda former, home, _, unit: receive_supports(former, home, unit),
    Activity: lambda former, home, event, unit: receive_activity(former, home, event.data.why, unit),
}
