"""Random histories of grants, legal and illegal steps mixed: the money is right to the đồng after every one.

What must hold is computed from what finance said and what was published, not from the grant itself.
"""

from datetime import date, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from shared.contracts.base import Data, make_event
from shared.contracts.grants import (
    GrantMoved,
    PaymentOrdered,
    RecoveryCompleted,
    RecoveryOrdered,
    SupportSettled,
)
from shared.contracts.recognitions import RecognitionReinstated, RecognitionSuspended
from shared.contracts.runtime import RecordRejected
from shared.contracts.support import GrantHeld, GrantReleased, LineMoved, ScarceThingGivenBack
from shared.messaging.codec import Received, read_log
from shared.testing.memory import City
from support.domain.life import NEXT
from support.domain.lines import PARTS
from support.domain.recoveries import Account
from support.main import service
from unit.support.cases import NOON, A, day, invoice, project, recognised, renewal, send_in
from unit.support.grant_cases import (
    ANNA,
    BINH,
    CHI,
    ID,
    SET_UP,
    accepted,
    agreed,
    approved,
    asked,
    change,
    checked,
    claimed,
    decided,
    failed,
    granted,
    made,
    moved,
    repaid,
    revoked,
    sent,
    the,
    withdrawn,
)

amounts = st.one_of(st.integers(1, 60_000_000), st.sampled_from([1, 13_500_000, 31_500_000, 45_000_000]))
order_ids = st.sampled_from(["o1", "o2", "o3", "o4", "o5"])
people = st.sampled_from([ANNA, BINH, CHI])
RULES = tuple(renewal(advance_percent=70, second_approval_from=20_000_000) if e is SET_UP[1] else e for e in SET_UP)


ADVANCED = (agreed(), asked("o1", 15_000_000), made("o1", 15_000_000), asked("o2", 9_000_000))
CLAIMED = (*ADVANCED, claimed("k0", invoice("x0", 70_000_000)))
BEGINNINGS: list[tuple[Data, ...]] = [
    (),
    (agreed(),),
    ADVANCED,
    CLAIMED,
    (*CLAIMED, withdrawn()),
    (*CLAIMED, accepted(20_000_000)),
    (*CLAIMED, accepted(70_000_000)),
    (*CLAIMED, made("o2", 9_000_000), accepted(40_000_000)),
    (*CLAIMED, made("o2", 9_000_000), accepted(48_000_000), checked(20_000_000)),
    (*CLAIMED, revoked()),
]


class GrantMoney(RuleBasedStateMachine):
    """One grant, to which anything is reported at any time."""

    @initialize(
        wanted=st.one_of(st.just(45_000_000), st.integers(1_000_000, 45_000_000)),
        first=st.sampled_from(BEGINNINGS),
    )
    def begin(self, wanted: int, first: tuple[Data, ...]) -> None:
        """A grant of some amount, on its way or not."""
        self.count = 0
        self.city = City.of(service)
        self.days = date(2021, 12, 6)
        for data in (*RULES, day(self.days), project(asked=wanted), *first):
            self.put(data)
        self.granted = the(self.city).granted

    def put(self, data: Data) -> None:
        self.count += 1
        self.city.publish(make_event(data, id=f"m{self.count}", time=NOON))

    @rule(cost=st.integers(1, 120_000_000))
    def agree(self, cost: int) -> None:
        self.put(agreed(cost=cost))

    @rule(order_id=order_ids, amount=amounts, by=people)
    def ask(self, order_id: str, amount: int, by: str) -> None:
        self.put(asked(order_id, amount, requested_by=by))

    @rule(order_id=order_ids, share=st.integers(1, 100), by=people)
    def ask_for_what_can_be_paid(self, order_id: str, share: int, by: str) -> None:
        self.put(asked(order_id, max(1, the(self.city).payable * share // 100), requested_by=by))

    @rule(order_id=order_ids, by=people)
    def approve(self, order_id: str, by: str) -> None:
        self.put(approved(order_id, by))

    @rule(order_id=order_ids)
    def pay_what_was_ordered(self, order_id: str) -> None:
        amount = next((o.amount for o in self.city.of_type(PaymentOrdered) if o.order_id == order_id), 1)
        self.put(made(order_id, amount))

    @rule(order_id=order_ids, amount=amounts)
    def pay_anything(self, order_id: str, amount: int) -> None:
        self.put(made(order_id, amount))

    @rule(order_id=order_ids)
    def fail(self, order_id: str) -> None:
        self.put(failed(order_id))

    @rule(number=st.integers(0, 3), cost=st.integers(1, 60_000_000))
    def claim(self, number: int, cost: int) -> None:
        self.put(claimed(f"k{number}", invoice(f"x{number}", cost)))

    @rule(cost=st.integers(0, 100_000_000), by=people)
    def accept(self, cost: int, by: str) -> None:
        claims = [c.cost for c in the(self.city).claims]
        self.put(accepted(min(cost, sum(claims)) if cost % 3 else cost, accepted_by=by))

    @rule(recover=st.one_of(st.none(), st.integers(0, 50_000_000)))
    def check_afterwards(self, recover: int | None) -> None:
        self.put(checked(recover))

    @rule(number=st.integers(0, 4), amount=amounts)
    def repay(self, number: int, amount: int) -> None:
        balance = the(self.city).balance
        self.put(repaid(f"n{number}", min(amount, balance) if balance and amount % 3 else amount))

    @rule(number=st.integers(0, 3), cost=st.integers(1, 90_000_000), approved=st.booleans())
    def reduce(self, number: int, cost: int, *, approved: bool) -> None:
        self.put(change("reduce", f"d{number}", cost=cost))
        self.put(decided(f"d{number}", approved=approved))

    @rule(seldom=st.integers(0, 9))
    def withdraw(self, seldom: int) -> None:
        if seldom == 7:
            self.put(withdrawn())

    @rule(seldom=st.integers(0, 4), days=st.integers(-3, 9))
    def revoke(self, seldom: int, days: int) -> None:
        if seldom == 3:
            self.put(revoked(revoked_on=self.days + timedelta(days=days)))

    @rule()
    def recognise_another(self) -> None:
        self.put(recognised().model_copy(update={"certificate": "2021-777"}))

    @rule(since=st.integers(-3, 5))
    def suspend(self, since: int) -> None:
        facts: dict[str, Any] = {"certificate": "2021-001", "tax_code": A, "product_id": "sp", "decision": "1", "reason": "x"}
        start = self.days + timedelta(days=since)
        self.put(RecognitionSuspended(**facts, suspended_from=start, suspended_until=None))

    @rule(overlap=st.sampled_from(["t1", "t2"]))
    def hold(self, overlap: str) -> None:
        send_in(self.city, GrantHeld(request_id="r1", tax_code=A, overlap_id=overlap, why="Trùng."))

    @rule(
        overlap=st.sampled_from(["t1", "t2"]),
        outcome=st.sampled_from(["no-overlap", "no-overlap", "reduced", "cancelled", "recovered"]),
        amount=amounts,
    )
    def release(self, overlap: str, outcome: Any, amount: int) -> None:
        left = amount if outcome == "reduced" else None
        send_in(self.city, GrantReleased(request_id="r1", tax_code=A, overlap_id=overlap, outcome=outcome, amount=left))

    @rule(on=st.integers(-1, 5))
    def reinstate(self, on: int) -> None:
        facts: dict[str, Any] = {"certificate": "2021-001", "tax_code": A, "product_id": "sp", "decision": None}
        self.put(RecognitionReinstated(**facts, reinstated_on=self.days + timedelta(days=on)))

    @rule(days=st.integers(1, 5))
    def go_on(self, days: int) -> None:
        self.days += timedelta(days=days)
        self.put(day(self.days))

    # -- what must hold ----------------------------------------------------------------------------------------------------

    def answered(self) -> tuple[int, int, int]:
        """Ordered, paid, and repaid by what was published and what finance said and was not refused."""
        refused = {r.rejected_id for r in self.city.of_type(RecordRejected)}
        said = [e for e in self.log() if e.id not in refused]
        ordered = {o.order_id: o.amount for o in self.city.of_type(PaymentOrdered)}
        paid = sum(e.data.amount for e in said if type(e.data).__name__ == "PaymentMade")
        back = sum(ordered[e.data.order_id] for e in said if type(e.data).__name__ == "PaymentFailed")
        repaid = sum(e.data.amount for e in said if type(e.data).__name__ == "RepaymentReceived")
        return sum(ordered.values()) - paid - back, paid, repaid

    def log(self) -> list[Any]:
        running = self.city["support"]
        found = []
        for partition, log in zip(running.partitions, running.log, strict=True):
            records = log[: partition.next]
            found += [event_of(value) for value, _ in records]
        return found

    @invariant()
    def money_is_right(self) -> None:
        grant = the(self.city)
        paying, paid, repaid = self.answered()
        assert (grant.paying, grant.paid, grant.repaid) == (paying, paid, repaid)
        assert paid + paying <= self.granted
        assert 0 <= grant.entitled <= self.granted
        due_back = sum(r.amount for r in self.city.of_type(RecoveryOrdered))
        assert grant.due_back == due_back == max([0, paid - grant.entitled, due_back])
        assert 0 <= repaid <= due_back <= paid
        # What the enterprise has, less what it still owes, is never more than it is entitled to.
        assert paid - repaid - grant.balance <= grant.entitled

    @invariant()
    def line_sums_to_the_grant(self) -> None:
        grant = the(self.city)
        line = moved(self.granted, sent(self.city, LineMoved))
        if any(b.thing.startswith("line:") for b in sent(self.city, ScarceThingGivenBack)):
            assert line["committed"] == line["paying"] == line["paid"] == 0
            line["reserved"] = 0
        assert tuple(line[part] for part in PARTS) == grant.on_line
        assert min(line.values()) >= 0
        assert line["paid"] == grant.paid - grant.repaid
        assert line["paying"] == grant.paying

    @invariant()
    def history_is_a_walk_of_the_table(self) -> None:
        state = "granted"
        for step in self.city.of_type(GrantMoved):
            assert step.before == state
            state = NEXT[step.before, step.action]
            assert step.state == state
        assert the(self.city).state == state

    @invariant()
    def debt_is_what_is_still_due(self) -> None:
        account = self.city["support"].find(Account, A)
        assert (account.balance if account else 0) == the(self.city).balance
        completed = bool(self.city.of_type(RecoveryCompleted))
        assert completed >= (the(self.city).recovery == "repaid")

    @invariant()
    def settlement_is_the_least_of_grant_and_rate(self) -> None:
        for settled in self.city.of_type(SupportSettled):
            grant = the(self.city)
            assert grant.acceptance is not None
            assert settled.settled <= min(self.granted, grant.acceptance.cost // 2 // 1000 * 1000)

    @invariant()
    def nothing_is_stuck(self) -> None:
        assert self.city["support"].held == {}


def event_of(value: bytes) -> Any:
    """An event of the log."""
    return read_log(0, value, "", 0.0).event


GrantMoney.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestGrantMoney = GrantMoney.TestCase


def test_reports_that_come_all_at_once_end_as_those_that_come_one_by_one():
    """What waits for the owners of invoices to answer is not overtaken by what was reported after it."""
    reports = (
        agreed(),
        asked(amount=10_000_000),
        made(amount=10_000_000),
        claimed("k1", invoice("x1", 30_000_000), invoice("x2", 30_000_000)),
        claimed("k2", invoice("x3", 10_000_000)),
        accepted(70_000_000),
        asked("o2", 25_000_000, requested_on=date(2022, 3, 2)),
        made("o2", 25_000_000, paid_on=date(2022, 3, 4)),
        checked(),
    )
    one_by_one = granted(*reports)
    at_once = City.of(service)
    for data in SET_UP:
        at_once.publish(make_event(data, id=f"s-{data.contract.subject_of(data)}-{len(at_once.published)}", time=NOON))
    running = at_once["support"]
    for n, data in enumerate((project(), *reports)):
        event = make_event(data, id=f"all-{n}", time=NOON)
        running.take_in(Received(data.contract.topic.name, 0, n, None, event.to_json(), (), 0))
    while any(p.next < len(log) for p, log in zip(running.partitions, running.log, strict=True)):
        running.step()
    assert running.held == {}
    assert the(at_once).state == "checked"
    assert the(at_once).but(granted_on=NOON.date()) == the(one_by_one).but(granted_on=NOON.date())
    assert the(at_once).id == ID
