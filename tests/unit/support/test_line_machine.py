"""Budget lines under any interleaving of what happens to them: never overspent, and every sum closes to the đồng.

What is sent goes into the logs in groups, so that asks, changes, transfers and moves of several lines are on their way at
once; what must hold is checked after every step of the partitions, from the logs, the documents and what was published.
"""

import json
from collections import Counter, defaultdict

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from shared.contracts.base import REGISTER, Data, make_event
from shared.contracts.finance import BudgetAllocated, BudgetCarriedOver, BudgetChanged, BudgetTransferred
from shared.contracts.support import (
    LineMoneyAnswered,
    LineMoneySent,
    LineMoved,
    LineState,
    ScarceThingAsked,
    ScarceThingGivenBack,
)
from shared.messaging.codec import Received, envelope_of
from shared.testing.memory import Running
from support.domain.lines import LARGEST_LINE, PARTS, SUMS, WAYS, Line, Movement, RequestMoney
from support.domain.scarce import line_thing
from support.main import service
from unit.support.cases import NOON, A, B, allocated

FULL = "2021/c"  # has room for little more, so that what is sent to it comes back
LINES = ("2021/a", "2021/b", FULL, "2022/a")
TEXT = "Dự toán"

amounts = st.integers(1, 100)
lines = st.sampled_from(LINES)


class Lines(RuleBasedStateMachine):
    """Four lines of two years, on three partitions."""

    def __init__(self) -> None:
        super().__init__()
        self.running = Running(service)
        self.sent = 0
        self.asked: dict[str, list[str]] = defaultdict(list)
        self.published: dict[str, LineState] = {}
        self.granted: Counter[tuple[str, str]] = Counter()
        self.send(allocated(LARGEST_LINE - 150, "c"))
        self.step()

    def send(self, data: Data) -> None:
        self.sent += 1
        event = make_event(data, id=f"m{self.sent}", time=NOON)
        topic = data.contract.topic.name
        if topic == service.log:
            self.running.append(data.contract.key_of(data), event.to_json())
        else:
            self.running.take_in(Received(topic, 0, self.sent, None, event.to_json(), (), 0))

    # -- what happens ------------------------------------------------------------------------------------------------------

    @rule(line=lines, amount=amounts)
    def allocate(self, line, amount):
        year, _, scheme = line.partition("/")
        self.send(allocated(amount, scheme, line_id=line, year=int(year)))

    @rule(line=lines, by=st.integers(-100, 100))
    def change(self, line, by):
        self.send(BudgetChanged(line_id=line, by=by, legal_text=TEXT))

    @rule(line=lines, other=lines, amount=amounts)
    def transfer(self, line, other, amount):
        self.send(BudgetTransferred(from_line=line, to_line=other, amount=amount, legal_text=TEXT))

    @rule(line=lines, amount=st.none() | amounts)
    def carry_over(self, line, amount):
        self.send(BudgetCarriedOver(line_id=line, amount=amount, legal_text=TEXT))

    @rule(line=lines, who=st.sampled_from((A, B)), amount=amounts, part=st.booleans())
    def ask(self, line, who, amount, part):
        id = f"r{self.sent}"
        self.asked[line].append(id)
        self.send(ScarceThingAsked(thing=line_thing(line), request_id=id, tax_code=who, amount=amount, part=part))

    @rule(
        place=st.integers(0, 9),
        kind=st.sampled_from(("commit", "order", "pay", "fail", "unpay", "release")),
        share=st.integers(1, 100),
    )
    def move(self, place, kind, share):
        """A move that fits what the request has when everything sent before has arrived."""
        self.work_off()
        for money in self.running.all(RequestMoney)[place : place + 1]:
            thing, tax_code, request_id = money.id.split("|")
            most = money.free if kind == "release" else getattr(money, WAYS[kind][0])
            if amount := -(-most * share // 100):
                facts = {"thing": thing, "tax_code": tax_code, "request_id": request_id, "kind": kind, "amount": amount}
                self.send(LineMoved.model_validate(facts))

    @rule(line=lines, who=st.sampled_from((A, B)), place=st.integers(0, 9))
    def give_back(self, line, who, place):
        for id in self.asked[line][place : place + 1]:
            self.send(ScarceThingGivenBack(thing=line_thing(line), request_id=id, tax_code=who))

    @rule()
    def work_off(self) -> None:
        """Everything sent arrives; after every step of the partitions the sums must close."""
        while any(p.next < len(log) for p, log in zip(self.running.partitions, self.running.log, strict=True)):
            self.step()
            self.sums_close()

    @rule()
    def step(self) -> None:
        for out in self.running.step():
            data = envelope_of(REGISTER.by_type[out.type]).model_validate_json(out.value).data
            if isinstance(data, LineState):
                self.published[data.line_id] = data

    # -- what must hold ----------------------------------------------------------------------------------------------------

    @invariant()
    def sums_close(self) -> None:
        assert {k: v for k, v in self.running.held.items() if "error" in v} == {}
        found = self.running.all(Line)
        for line in found:
            figures = (line.available, line.carried, line.unanswered, *(getattr(line, part) for part in PARTS))
            assert min(figures) >= 0, figures
            assert line.allocated == line.available + line.reserved + line.committed + line.paying + line.paid
            money = [m for m in self.running.all(RequestMoney) if m.id.startswith(f"{line.id}|")]
            assert all(getattr(line, part) == sum(getattr(m, part) for m in money) for part in PARTS)
            if line.movements:
                state = self.published[line.line_id]
                assert state.model_dump(include=set(SUMS)) == {name: getattr(line, name) for name in SUMS}
        assert sum(line.allocated for line in found) + self.on_the_way() == self.given()

    @invariant()
    def history_adds_up(self) -> None:
        for line in self.running.all(Line):
            history = [m for m in self.running.all(Movement) if m.line_id == line.line_id]
            assert [m.number for m in history] == list(range(1, line.movements + 1))
            total: Counter[str] = Counter()
            for movement in history:
                total[movement.kind] += movement.amount
                if movement.request_id is None:
                    total["allocated by all"] += movement.amount
            assert total["allocated by all"] == line.allocated
            assert total["reserve"] - total["release"] == line.used
            assert total["order"] - total["pay"] - total["fail"] == line.paying
            assert total["pay"] - total["unpay"] == line.paid
            assert total["release"] == line.released

    @invariant()
    def first_asked_is_first_served(self) -> None:
        for line in self.running.all(Line):
            served = [m.request_id for m in self.running.all(Movement) if m.line_id == line.line_id and m.kind == "reserve"]
            order = [id for id in self.asked[line.line_id] if id in served]
            assert served == order
            stand = [id for id in self.asked[line.line_id] if id in served or id in {c.request_id for c in line.queue}]
            assert stand == [*served, *(c.request_id for c in line.queue)]
            assert line.next_amount is None

    def log(self, *, handled: bool, kind: type[Data]) -> list[tuple[str, Data]]:
        found = []
        for partition, log in zip(self.running.partitions, self.running.log, strict=True):
            for value, _ in log[: partition.next] if handled else log[partition.next :]:
                contract = REGISTER.by_type[json.loads(value)["type"]]
                if contract.model is kind:
                    event = envelope_of(contract).model_validate_json(value)
                    found.append((event.identity, event.data))
        return found

    def on_the_way(self) -> int:
        """Money that left a line and has not arrived, or was sent back and has not come back."""
        sent = sum(d.amount for _, d in self.log(handled=False, kind=LineMoneySent))
        back = sum(d.amount for _, d in self.log(handled=False, kind=LineMoneyAnswered) if not d.received)
        return sent + back

    def given(self) -> int:
        """What the city allocated and changed, as far as it was not refused."""
        took_effect = {id for id, outcome in self.running.outcomes.items() if outcome == "handled"}
        more = sum(d.amount for id, d in self.log(handled=True, kind=BudgetAllocated) if id in took_effect)
        return more + sum(d.by for id, d in self.log(handled=True, kind=BudgetChanged) if id in took_effect)


TestLines = Lines.TestCase
TestLines.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
