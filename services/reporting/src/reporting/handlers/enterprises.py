"""What lies at the key of an enterprise: its name, the rows it counts in, and the code it goes on under."""

from typing import Any

from shared.contracts.applications import EnterpriseMerged, EnterpriseRecorded
from shared.contracts.base import Event
from shared.contracts.registers import AnnualResultReported
from shared.contracts.reporting import CodeTakenOver, EnterpriseCounted, HolderAsked, HolderNamed
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from reporting import projections
from reporting.domain.enterprise import Account, DirectoryEntry, Enterprise, Succession, enterprise_key
from reporting.domain.rows import Contribution
from reporting.handlers.counting import count, locate_again


def of_enterprise(data: Any) -> str:
    """Key rule: what lies with an enterprise; a branch's lies with its enterprise."""
    return enterprise_key(data.tax_code)


def of_former(data: EnterpriseMerged) -> str:
    """Key rule: a merger is handled where what moves lies."""
    return enterprise_key(data.formerly)


@handles(EnterpriseRecorded, key=of_enterprise)
def keep_enterprise(event: Event[EnterpriseRecorded], unit: Unit) -> None:
    """An enterprise is known, or known better: it is found by its name, and certificates that came to it bear it."""
    key = of_enterprise(event.data)
    known, account = unit.get(Enterprise, key), unit.get(Account, key)
    news = projections.enterprise(event, known).renamed(known)
    unit.put(news)
    if known is None or not DirectoryEntry.same_of(known, news):
        if known is not None and DirectoryEntry.place(known) != DirectoryEntry.place(news):
            unit.remove(DirectoryEntry.of(known, None))
        unit.put(DirectoryEntry.of(news, account.moved_to if account else None))
    locate_again(known or news.but(districts=()), news, unit)
    if account is not None and (known is None or known.name != news.name):
        for certificate in account.received:
            unit.publish(HolderNamed(certificate=certificate, tax_code=news.id, enterprise_name=news.name))


@handles(EnterpriseMerged, key=of_former)
def hand_on(event: Event[EnterpriseMerged], unit: Unit) -> None:
    """An enterprise goes on under another code: from the year of the merger on its rows are that one's, earlier ones stay.

    A code goes on under one other, once; applications sees to that.
    """
    key = of_former(event.data)
    before = unit.get(Account, key) or Account(id=key)
    if before.moved_to is not None or enterprise_key(event.data.tax_code) == key:
        return
    after = before.moving(event.data)
    moving = unit.need_all(Contribution, (row for year, row in before.rows if after.moves(year)))
    for row in moving:
        unit.remove(row)
        after = after.without_row(row.year, row.id)
    unit.put(after)
    unit.put(Succession(id=key, tax_code=enterprise_key(event.data.tax_code)))
    if moving:
        grounds = tuple(ground for row in moving for ground in row.grounds)
        unit.publish(EnterpriseCounted(tax_code=after.moved_to, present=grounds, through=(key,)))
    if enterprise := unit.get(Enterprise, key):
        unit.put(DirectoryEntry.of(enterprise, after.moved_to))
    own = (key, enterprise_key(event.data.tax_code), event.data.merged_on)
    for code in (own, *((former.tax_code, former.into, former.merged_on) for former in after.former)):
        if told := after.telling(*code, through=()):
            unit.publish(told)


@handles(CodeTakenOver)
def keep_former_code(event: Event[CodeTakenOver], unit: Unit) -> None:
    """A code went on under this one: what it had is shown here, and where this one went on itself."""
    said = event.data
    account = unit.get(Account, said.tax_code) or Account(id=said.tax_code)
    unit.put(account.with_former(said))
    if told := account.telling(said.formerly, said.into, said.merged_on, said.through):
        unit.publish(told)


@handles(EnterpriseCounted)
def count_enterprise(event: Event[EnterpriseCounted], unit: Unit) -> None:
    """A certificate, a dossier or a former code said what the enterprise counts for."""
    count(event.data, unit)


@handles(HolderAsked)
def name_holder(event: Event[HolderAsked], unit: Unit) -> None:
    """A certificate came to the enterprise: it is told the name, now or when it is known, and whenever it changes."""
    asked = event.data
    account = unit.get(Account, asked.tax_code) or Account(id=asked.tax_code)
    if asked.certificate not in account.received:
        unit.put(account.but(received=(*account.received, asked.certificate)))
    if known := unit.get(Enterprise, asked.tax_code):
        unit.publish(HolderNamed(certificate=asked.certificate, tax_code=asked.tax_code, enterprise_name=known.name))


@handles(AnnualResultReported, key=of_enterprise)
def count_result(event: Event[AnnualResultReported], unit: Unit) -> None:
    """An enterprise reported a year: a later report of the same year replaces it."""
    count(EnterpriseCounted(tax_code=of_enterprise(event.data), present=projections.results(event)), unit)
