"""The state machine of a log partition: one record, one outcome; what is dropped, held, answered and numbered."""

import json
from datetime import date

import pytest
from harness.machine import Machine, allocation, body_of, decided, holidays, learned, records, tick
from shared.contracts.base import derived_id
from shared.messaging.codec import read_log

JANUARY_4 = date(2021, 1, 4)


def test_records_are_handled_in_order_and_events_numbered_without_a_gap() -> None:
    machine = Machine().play(records([allocation("1", "a", 5), allocation("2", "b", 7), allocation("3", "a", 1)]))
    assert machine.lines == {"a": (6, 2), "b": (7, 1)}
    assert machine.told == ["BudgetReserved 1", "BudgetReserved 2", "BudgetReserved 3"]
    assert [o.number for o in machine.outgoing] == [0, 1, 2]
    assert [json.loads(o.value)["sequence"] for o in machine.outgoing] == [f"007-{n:012d}" for n in range(3)]
    assert machine.outcomes == {"1": "handled", "2": "handled", "3": "handled"}
    assert (machine.partition.next, machine.partition.counter) == (4, 3)


def test_id_of_an_answer_is_derived_from_its_cause_partition_and_place() -> None:
    cause = allocation("1", says="back thing")
    machine = Machine().play(records([cause]))
    expected = [derived_id(cause.identity, "support", 7, place) for place in (0, 1)]
    assert [json.loads(o.value)["id"] for o in machine.outgoing] == expected
    assert [(json.loads(o.value)["causationid"], json.loads(o.value)["correlationid"]) for o in machine.outgoing] == [
        ("1", "1"),
        ("1", "1"),
    ]
    assert [(o.topic, o.key) for o in machine.outgoing] == [("support.budget.v1", "a"), ("support.log.v1", "thing")]


def test_records_before_the_position_are_passed_over() -> None:
    batch = records([allocation("1"), allocation("2")])
    machine = Machine().play(batch).play(batch)
    assert (machine.lines, machine.duplicates) == ({"a": (2, 2)}, 0)


def test_changes_and_events_of_a_refused_record_are_dropped() -> None:
    machine = Machine().play(records([allocation("1"), allocation("2", says="forbidden"), allocation("3")]))
    assert machine.lines == {"a": (2, 2)}
    assert machine.told == ["BudgetReserved 1", "RecordRejected forbidden", "BudgetReserved 3"]
    assert machine.outcomes == {"1": "handled", "2": "refused", "3": "handled"}
    (rejection,) = machine.rejections
    assert (rejection.ordinal, rejection.notice.rejected_id, rejection.notice.field) == (2, "2", "amount")
    assert (rejection.notice.vi, rejection.notice.en) == ("Không được phép: a.", "Not allowed: a.")


# -- duplicates -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seen", [20_000, 0])
def test_event_that_comes_again_has_no_second_effect(seen: int) -> None:
    """Known from memory, or (memory forgot it) from the database."""
    machine = Machine(seen=seen).play_each(allocation("1"), allocation("2"), allocation("1"))
    assert (machine.lines, machine.told) == ({"a": (2, 2)}, ["BudgetReserved 1", "BudgetReserved 2"])
    assert machine.duplicates == 1


def test_id_used_again_for_other_content_is_answered_and_the_first_stands() -> None:
    machine = Machine().play_each(allocation("1", amount=5), allocation("1", amount=6))
    assert (machine.lines, machine.outcomes) == ({"a": (5, 1)}, {"1": "handled"})
    assert machine.told == ["BudgetReserved 1", "RecordRejected id-reused"]


def test_id_used_again_for_other_content_is_answered_with_the_same_id_each_time() -> None:
    machine = Machine().play_each(allocation("1", amount=5), allocation("1", amount=6), allocation("1", amount=6))
    ids = [json.loads(o.value)["id"] for o in machine.outgoing if o.topic == "support.rejected.v1"]
    assert len(set(ids)) == 1


# -- waiting --------------------------------------------------------------------------------------------------------------


def test_what_waits_is_released_in_order_when_the_awaited_comes() -> None:
    machine = Machine().play_each(allocation("1", "a", says="needs b"), allocation("2", "a"), allocation("3", "c"))
    assert machine.held == {"a": ["1", "2"]}
    assert machine.outcomes == {"1": "held", "2": "held", "3": "handled"}
    machine.play_each(allocation("4", "b"))
    assert (machine.held, machine.lines) == ({}, {"a": (2, 2), "b": (1, 1), "c": (1, 1)})
    assert machine.told == [f"BudgetReserved {n}" for n in (3, 4, 1, 2)]
    assert set(machine.outcomes.values()) == {"handled"}


def test_follower_that_waits_itself_becomes_the_head() -> None:
    first = [allocation("1", "a", says="needs b"), allocation("2", "a", says="needs c"), allocation("3", "a")]
    machine = Machine().play(records([*first, allocation("4", "b")]))
    assert (machine.held, machine.told) == ({"a": ["2", "3"]}, ["BudgetReserved 4", "BudgetReserved 1"])
    machine.play_each(allocation("5", "c"))
    assert (machine.held, machine.told[2:]) == ({}, ["BudgetReserved 5", "BudgetReserved 2", "BudgetReserved 3"])


@pytest.mark.parametrize(
    ("last", "off", "held"),
    [
        # Waits since Monday 4 January; its patience is 5 business days.
        (date(2021, 1, 11), (), True),  # five: Tuesday to Friday and Monday
        (date(2021, 1, 12), (), False),  # six
        (date(2021, 1, 12), (date(2021, 1, 6),), True),  # a holiday does not count
        (date(2021, 1, 13), (date(2021, 1, 6),), False),
    ],
)
def test_waiting_ends_after_so_many_business_days(last: date, off: tuple[date, ...], held: bool) -> None:
    waiting = [allocation("1", "a", says="needs b"), allocation("2", "a")]
    machine = Machine().play_each(holidays(*off), tick(JANUARY_4), *waiting, tick(last))
    if held:
        assert (machine.held, machine.told) == ({"a": ["1", "2"]}, [])
    else:
        assert (machine.held, machine.told) == ({}, ["RecordRejected awaited-never-came", "BudgetReserved 2"])
        assert (machine.outcomes["1"], machine.lines) == ("refused", {"a": (1, 1)})


def test_day_never_goes_back() -> None:
    machine = Machine().play_each(tick(date(2021, 2, 1)), tick(date(2021, 1, 4)))
    assert machine.partition.day == date(2021, 2, 1)


def test_unknown_type_waits_until_a_version_knows_it() -> None:
    known = records([allocation("1", "a")])[0]
    raw = known.value.replace(b"BudgetAllocated", b"BudgetDoubled")
    kind = known.type.replace("BudgetAllocated", "BudgetDoubled")
    machine = Machine().play([read_log(1, raw, "", 0.0)])
    assert machine.held == {f"type:{kind}": ["1"]}
    machine.play_each(learned(kind))
    assert machine.held == {f"type:{kind}": ["1"]}  # this version does not know it either
    (queue,) = machine.partition.held.values()
    subject = queue[0].subject
    knowing = read_log(1, known.value, "", 0.0)
    queue[0] = type(queue[0])(knowing, subject, queue[0].why, queue[0].since, queue[0].awaited)
    machine.partition.seen.clear()
    machine.inbox.pop(next(i for i in machine.inbox if "learned" in i))
    machine.play_each(learned(kind))
    assert (machine.held, machine.lines) == ({}, {"a": (1, 1)})


# -- dead letters ---------------------------------------------------------------------------------------------------------


def test_record_that_fails_holds_its_subject_and_nothing_else() -> None:
    events = [allocation("1", "a"), allocation("2", "a", says="poison"), allocation("3", "a"), allocation("4", "b")]
    machine = Machine().play(records(events))
    assert (machine.held, machine.lines) == ({"a": ["2", "3"]}, {"a": (1, 1), "b": (1, 1)})
    assert machine.told == ["BudgetReserved 1", "RecordDeadLettered", "BudgetReserved 4"]
    letter = body_of(machine.outgoing[1])
    assert (letter["held_id"], letter["subject"], letter["since"]) == ("7/2", "a", "2021-01-04")
    assert json.loads(letter["event"])["id"] == "2"
    assert letter["error"].startswith("error: ZeroDivisionError in allocate line ")


def test_dead_letter_is_not_published_again_when_a_redrive_fails() -> None:
    machine = Machine().play_each(allocation("1", says="poison"), allocation("2"), decided("7/1", "redrive"))
    assert (machine.held, machine.told) == ({"a": ["1", "2"]}, ["RecordDeadLettered"])
    assert machine.outcomes["7/1-redrive"] == "handled"


def test_record_that_fails_after_it_stood_in_line_is_a_dead_letter_too() -> None:
    machine = Machine().play_each(allocation("1", says="poison"), allocation("2", says="poison"), decided("7/1", "discard"))
    assert machine.held == {"a": ["2"]}
    letters = [body_of(out)["held_id"] for out in machine.outgoing if out.topic == "support.dead-letter"]
    assert letters == ["7/1", "7/2"]


def test_redriven_record_goes_first_and_its_followers_after_it() -> None:
    machine = Machine().play_each(allocation("1", says="poison"), allocation("2"), tick(date(2021, 6, 1)))
    machine.play_each(decided("7/1", "redrive"))
    assert (machine.held, machine.lines) == ({}, {"a": (2, 2)})
    assert machine.told == ["RecordDeadLettered", "BudgetReserved 1", "BudgetReserved 2"]
    assert machine.outcomes == {"1": "handled", "2": "handled", "day-2021-06-01": "handled", "7/1-redrive": "handled"}


def test_discarded_record_is_noted_and_its_followers_go_on() -> None:
    machine = Machine().play_each(allocation("1", says="poison"), allocation("2"), decided("7/1", "discard"))
    assert (machine.held, machine.lines, machine.outcomes["1"]) == ({}, {"a": (1, 1)}, "discarded")


def test_decision_on_a_follower_changes_nothing() -> None:
    machine = Machine().play_each(allocation("1", says="poison"), allocation("2"), decided("7/2", "discard"))
    assert machine.held == {"a": ["1", "2"]}


def test_follower_passes_a_head_that_comes_to_wait_for_what_it_brings() -> None:
    """A score and its dossier, both before their round: released, the score waits for the dossier that stands behind it."""
    waits = [allocation("1", "a", says="needs x+a"), allocation("2", "a", says="needs x"), allocation("3", "a")]
    machine = Machine().play_each(*waits, allocation("4", "x"))
    assert machine.told == [f"BudgetReserved {n}" for n in ("4", "2", "1", "3")]
    assert (machine.lines, machine.held) == ({"x": (1, 1), "a": (3, 3)}, {})
