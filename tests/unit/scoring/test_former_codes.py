"""A conflict names an enterprise, whichever of its codes it is written with: former ones, later ones, in any order."""

from datetime import date
from itertools import permutations

import pytest
from scoring.domain.assessment import Assessment
from scoring.main import service
from shared.contracts.base import Data
from shared.contracts.council import Member
from shared.contracts.scoring import MemberRecused
from shared.testing.memory import City, run
from unit.scoring.facts import (
    APPOINTED,
    ISSUED,
    OPENED,
    OTHER_TAX,
    TAX,
    accepted,
    closed,
    conflict,
    merged,
    score,
    scores,
)

THIRD_TAX = "0109800004"
INTERESTED = APPOINTED.model_copy(
    update={"members": (*APPOINTED.members, Member(member_id="dung", name="Dung", agency="science", interests=(f"{TAX}-001",)))}
)
OF_AGENCY = APPOINTED.model_copy(update={"members": (*APPOINTED.members, Member(member_id="dung", name="Dung", agency=TAX))})
DOSSIER: tuple[Data, ...] = (accepted("A1", tax_code=OTHER_TAX), score("A1", "dung", "growth", "50"))
WITH_ALL_COUNCIL = APPOINTED.model_copy(
    update={"members": (*APPOINTED.members, Member(member_id="dung", name="Dung", agency="science"))}
)


def recused(city: City) -> list[tuple[str, str]]:
    found = city["scoring"].find(Assessment, "2021/A1")
    assert found is not None
    assert ({r.slug for r in city.refusals} <= {"member-has-conflict"}, city["scoring"].held) == (True, {})
    assert "dung" not in found.counted("growth")
    return [(recusal.member_id, recusal.why) for recusal in found.recused]


@pytest.mark.parametrize(
    ("council", "declared", "why"),
    [
        (WITH_ALL_COUNCIL, (conflict("dung", TAX),), "declared"),
        (WITH_ALL_COUNCIL, (conflict("dung", f"{TAX}-002"),), "declared"),
        (INTERESTED, (), "interest"),
        (OF_AGENCY, (), "agency"),
    ],
)
@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_conflict_under_a_former_code_recuses_whatever_came_first(
    council: Data, declared: tuple[Data, ...], why: str, order: tuple[int, ...]
) -> None:
    parts = ((council, *declared), DOSSIER, (merged(OTHER_TAX),))
    city = run(service, ISSUED, OPENED, *(event for n in order for event in parts[n]))
    assert recused(city) == [("dung", why)]
    assert [(r.application_id, r.member_id, r.why) for r in city.of_type(MemberRecused)] == [("A1", "dung", why)]


def test_conflict_under_the_later_code_recuses_of_a_dossier_filed_under_the_former() -> None:
    filed = (accepted("A1", tax_code=TAX), score("A1", "dung", "growth", "50"))
    city = run(service, ISSUED, OPENED, WITH_ALL_COUNCIL, *filed, merged(OTHER_TAX), conflict("dung", OTHER_TAX))
    assert recused(city) == [("dung", "declared")]


CHAIN: tuple[Data, ...] = (merged(THIRD_TAX), merged(OTHER_TAX, THIRD_TAX, date(2022, 9, 1)), conflict("dung", TAX))


@pytest.mark.parametrize("order", list(permutations(CHAIN)))
def test_code_of_long_ago_counts_over_several_mergers(order: tuple[Data, ...]) -> None:
    assert recused(run(service, ISSUED, OPENED, WITH_ALL_COUNCIL, *DOSSIER, *order)) == [("dung", "declared")]


def test_merger_of_others_recuses_nobody() -> None:
    events = (WITH_ALL_COUNCIL, *DOSSIER, conflict("dung", TAX), merged(THIRD_TAX))
    assert run(service, ISSUED, OPENED, *events).of_type(MemberRecused) == []


def test_merger_after_closing_changes_nothing_any_more() -> None:
    events = (WITH_ALL_COUNCIL, *DOSSIER, conflict("dung", TAX), *scores("A1", ("50", "50"), "30"), closed("A1"))
    city = run(service, ISSUED, OPENED, *events, merged(OTHER_TAX))
    found = city["scoring"].find(Assessment, "2021/A1")
    assert found is not None
    assert (found.recused, len(found.counted("growth")), city.of_type(MemberRecused)) == ((), 3, [])
