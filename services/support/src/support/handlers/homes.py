"""At which code an enterprise is handled, now that some go on under another one than they had; and what belongs to it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from shared.contracts.base import Data, Event
from shared.messaging.document import Document
from shared.messaging.service import Handler, KeyRule, handles
from shared.messaging.unit import Forward, Unit

from support.domain.beneficiaries import RuralEstablishment
from support.domain.caps import UnitUse
from support.domain.coverage import Coverage
from support.domain.enterprises import Activity, Enterprise, Holder
from support.domain.grants import Clear, Grant
from support.domain.overlap import Supports
from support.domain.participation import Participation
from support.domain.recoveries import Account
from support.domain.reports import FoundOverlap, Report, ReportedActivity
from support.domain.requests import Request
from support.domain.successions import Belongings, FormerCode, HeldCertificate
from support.domain.waiting import RequestsInLine
from support.handlers.keys import by_enterprise

# All that is kept of an enterprise at its key, in the order in which it is handed over: what is looked at together with all
# the rest of the enterprise (its certificates, its account, its activities) comes last.
BELONGING: tuple[type[Document], ...] = (
    Report,
    Grant,
    Clear,
    Request,
    FoundOverlap,
    UnitUse,
    Participation,
    Coverage,
    RuralEstablishment,
    Enterprise,
    RequestsInLine,
    Holder,
    Account,
    Supports,
    Activity,
    ReportedActivity,
    HeldCertificate,
)
COLLECTIONS = {kind.collection: kind for kind in BELONGING}


def at_enterprise(*models: type[Data], key: KeyRule = by_enterprise, patience: int = 30) -> Callable[[Handler], Handler]:
    """Mark the handler of events about an enterprise: each is handled at the code the enterprise goes on under.

    What the handler makes is noted, so that all of it can be handed over when the enterprise goes on under another code.
    `patience` is that of `handles`.
    """

    def mark(function: Handler) -> Handler:
        @handles(*models, key=key, patience=patience)
        @wraps(function)
        def handle(event: Event[Any], unit: Unit) -> None:
            home = event.forwardedto or key(event.data)
            if former := unit.get(FormerCode, home):
                raise Forward(former.tax_code)
            function(event, unit)
            _note_belongings(home, unit)

        return handle

    return mark


def home_of(event: Event[Any]) -> str:
    """The code an event is handled at: the one it names, or the one its enterprise goes on under."""
    return event.forwardedto or by_enterprise(event.data)


def _note_belongings(home: str, unit: Unit) -> None:
    made = [place for place, document in unit.changes.items() if document is not None and place[0] in COLLECTIONS]
    if made:
        before = unit.get(Belongings, home) or Belongings(id=home)
        after = before.having(made)
        if after != before:
            unit.put(after)
