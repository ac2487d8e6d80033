"""Rows kept at the key where an event is handled, each joined with what it rested on before."""

from shared.contracts.reporting import CertificateLocated, EnterpriseCounted, Ground, LostGround
from shared.messaging.unit import Unit

from reporting.domain.enterprise import Account, Enterprise
from reporting.domain.rows import Contribution, Measure, row_id


def keep_row(ground: Ground, about: str, unit: Unit) -> str:
    """Have the row about a thing rest on a ground; the id of the row."""
    news = Contribution.of(ground, about)
    known = unit.get(Contribution, news.id)
    unit.put(known.with_ground(ground) if known else news)
    return news.id


def count(counted: EnterpriseCounted, unit: Unit) -> None:
    """Count for the enterprise whose key this is; what counts under the code it goes on under is sent there."""
    account = unit.get(Account, counted.tax_code) or Account(id=counted.tax_code)
    onward = account.onward(counted)
    if onward is not None:
        unit.publish(onward)
    before = account
    for gone in counted.absent:
        if onward is None or gone not in onward.absent:
            account = _lose(gone, account, unit)
    for ground in counted.present:
        if onward is None or ground not in onward.present:
            account = account.with_row(ground.year, keep_row(ground, account.id, unit))
            if ground.measure == Measure.ENTERPRISES_RECOGNISED.value:
                _locate(ground, account.id, unit)
    if account != before:
        unit.put(account)


def locate_again(known: Enterprise, news: Enterprise, unit: Unit) -> None:
    """Tell the certificates that count for the enterprise in a year whose district became known, or is another."""
    account = unit.get(Account, news.id) or Account(id=news.id)
    moved = {year for year, _ in account.rows if known.district_in(year) != news.district_in(year)}
    ids = (row_id(Measure.ENTERPRISES_RECOGNISED, year, news.id) for year in sorted(moved))
    for row in unit.get_all(Contribution, ids):
        for ground in row.grounds if row else ():
            unit.publish(_located(ground, news))


def _locate(ground: Ground, key: str, unit: Unit) -> None:
    if enterprise := unit.get(Enterprise, key):
        unit.publish(_located(ground, enterprise))


def _located(ground: Ground, enterprise: Enterprise) -> CertificateLocated:
    return CertificateLocated(certificate=ground.about, tax_code=enterprise.id, district=enterprise.district_in(ground.year))


def _lose(gone: LostGround, account: Account, unit: Unit) -> Account:
    row = unit.get(Contribution, row_id(gone.measure, gone.year, account.id))
    if row is None:
        return account
    if (rest := row.without(gone)) is not None:
        unit.put(rest)
        return account
    unit.remove(row)
    return account.without_row(gone.year, row.id)
