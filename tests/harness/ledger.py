"""A tiny service on the shared runtime for the fault tests: ``python tests/harness/ledger.py run | rebuild | topics``.

An account has a balance. Every posting to it is answered by one `Balanced`, numbered within the account, so that a lost,
repeated or misplaced effect shows. A posting may wait for another account, fail until some day, or pass money on to an
account of another partition through the own log.

It declares contracts of its own when it is imported, so tests speak to it by JSON and HTTP and never import it.
"""

import asyncio
import os
import signal
import sys
from datetime import date as Date
from typing import ClassVar

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict
from shared.bootstrap import command
from shared.contracts.base import Data, Event, Identifier, Topic, contract
from shared.contracts.department import DayStarted
from shared.errors import Refusal
from shared.messaging import topics
from shared.messaging.document import Document
from shared.messaging.reader import Reader
from shared.messaging.service import Service, handles
from shared.messaging.unit import Unit
from shared.settings import KafkaSettings, ServiceSettings
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from shared import faultpoints

POSTINGS = Topic("city.ledger.v1", "portal", answered_by="ledger")
PARTNER = Topic("partner.posting.v1", "partner")
BALANCES = Topic("ledger.balance.v1", "ledger", audience="public")
ACCOUNTS = Topic("ledger.account.v1", "ledger", audience="public", compacted=True)
LOG = Topic("ledger.log.v1", "ledger")

# A later version of the service knows one type more; to an earlier one the type is unknown.
VERSION = int(os.environ.get("LEDGER_VERSION", "1"))


@contract(POSTINGS, key="account")
class Posted(Data):
    """Money was paid in (or, below zero, out)."""

    account: Identifier
    posting: Identifier
    amount: int
    needs: str | None = Field(default=None, description="an account that has to exist first")
    poison_until: Date | None = Field(default=None, description="the handler raises before this day")
    transfer_to: str | None = Field(default=None, description="an account that gets what is paid out here")


@contract(PARTNER, key="account")
class PartnerPosted(Data):
    """A posting by one of our own services, on a topic for which nobody answers."""

    account: Identifier
    posting: Identifier
    amount: int


@contract(LOG, key="account")
class Transferred(Data):
    """Money for an account, which lies in another partition perhaps."""

    account: Identifier
    posting: Identifier
    amount: int


@contract(BALANCES, key="account", subject="account")
class Balanced(Data):
    """The account after a posting."""

    account: Identifier
    posting: Identifier
    transferred: bool
    n: int = Field(description="number of the posting within the account, from 1")
    amount: int
    balance: int
    day: Date = Field(description="business day on which it was handled")


@contract(ACCOUNTS, key="account")
class AccountState(Data):
    """The latest state of an account."""

    account: Identifier
    count: int
    balance: int


class Overdrawn(Refusal):
    slug = "overdrawn"
    vi = "Tài khoản {account} chỉ còn {balance}; không thể rút {amount}."
    en = "Account {account} holds {balance} only; {amount} cannot be taken out."


class Account(Document, collection="accounts", by_day=True, found_by=("id", "balance")):
    """What an account holds, and how many postings it has had."""

    balance: int = 0
    count: int = 0

    def published_state(self) -> AccountState:
        return AccountState(account=self.id, count=self.count, balance=self.balance)


class Days(Document, collection="days", copied=True):
    """The days that have begun, as each partition saw them."""

    last: Date
    count: int


@handles(Posted)
def post(event: Event[Posted], unit: Unit) -> None:
    """Money was posted: the account changes, and what is passed on goes to the other account's partition."""
    data = event.data
    if data.needs is not None:
        unit.need(Account, data.needs)
    if data.poison_until is not None and unit.today < data.poison_until:
        raise ZeroDivisionError(f"posting {data.posting} cannot be handled before {data.poison_until}")
    _change(data.account, data.posting, data.amount, unit)
    if data.transfer_to is not None:
        unit.publish(Transferred(account=data.transfer_to, posting=data.posting, amount=-data.amount))


@handles(PartnerPosted)
def post_for_partner(event: Event[PartnerPosted], unit: Unit) -> None:
    """A partner posted money: the account changes."""
    _change(event.data.account, event.data.posting, event.data.amount, unit)


@handles(Transferred)
def receive(event: Event[Transferred], unit: Unit) -> None:
    """Another account passed money on: ours changes."""
    _change(event.data.account, event.data.posting, event.data.amount, unit, transferred=True)


@handles(DayStarted, broadcast=True)
def begin_day(event: Event[DayStarted], unit: Unit) -> None:
    """A day began: each partition counts it."""
    days = unit.get(Days, "days")
    unit.put(Days(id="days", last=event.data.date, count=days.count + 1 if days else 1))


if VERSION >= 2:

    @contract(PARTNER, key="account")
    class InterestPaid(Data):
        """Interest was paid on an account; the first version does not know it."""

        account: Identifier
        posting: Identifier
        amount: int

    @handles(InterestPaid)
    def pay_interest(event: Event[InterestPaid], unit: Unit) -> None:
        """Interest was paid: the account changes."""
        _change(event.data.account, event.data.posting, event.data.amount, unit)


def _change(account_id: str, posting: str, amount: int, unit: Unit, *, transferred: bool = False) -> None:
    before = unit.get(Account, account_id) or Account(id=account_id)
    if before.balance + amount < 0:
        raise Overdrawn(field="amount", account=account_id, balance=before.balance, amount=-amount)
    account = before.but(balance=before.balance + amount, count=before.count + 1)
    unit.put(account)
    unit.publish(
        Balanced(
            account=account_id,
            posting=posting,
            transferred=transferred,
            n=account.count,
            amount=amount,
            balance=account.balance,
            day=unit.today,
        )
    )


service = Service.of("ledger", handlers=sys.modules[__name__], documents=(Account, Days), keeps_log=True)


class Settings(ServiceSettings):
    """Nothing beside what every service has."""

    service: ClassVar[str] = "ledger"


class TopicSettings(BaseSettings):
    """What is needed to make the topics."""

    model_config = SettingsConfigDict(env_nested_delimiter="__")
    kafka: KafkaSettings


def routes(reader: Reader) -> list[BaseRoute]:
    """The balance of every account."""

    async def accounts(request: Request) -> Response:
        return JSONResponse({account.id: account.balance for account in await reader.list(Account)})

    return [Route("/accounts", accounts)]


def freeze_at_a_point() -> None:
    """``FREEZEPOINT=before_transaction:3`` stops the process (as SIGSTOP does) the third time that place is reached."""
    chosen, _, count = os.environ.get("FREEZEPOINT", "").partition(":")
    left, hit = int(count or 1), faultpoints.hit

    def freeze(name: str) -> None:
        nonlocal left
        left -= name == chosen
        if name == chosen and left == 0:
            os.kill(os.getpid(), signal.SIGSTOP)
        hit(name)

    if chosen:
        faultpoints.hit = freeze


if __name__ == "__main__":
    if sys.argv[1:] == ["topics"]:
        asyncio.run(topics.provision(TopicSettings().kafka, services=("ledger",)))
    else:
        freeze_at_a_point()
        command(service, Settings, routes)
