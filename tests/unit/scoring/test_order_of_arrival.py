"""Whatever comes first, the end is the same: dossiers, scores, conflicts, waivers, withdrawals and versions of the Council."""

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from scoring.domain.assessment import Assessment
from scoring.domain.ranking import Ranking
from scoring.domain.round import Round
from scoring.main import service
from shared.contracts.base import Data
from shared.contracts.council import Member
from shared.contracts.scoring import DossierWithdrawn, ProductScored, RoundRanked
from shared.testing.memory import City, run
from unit.scoring.facts import APPOINTED, ISSUED, OPENED, accepted, closed, conflict, score, waiver, withdrawal

MISA, OTHER, THIRD = "0101243150", "0300588569", "0109800004"
MEMBERS = (
    *APPOINTED.members,
    Member(member_id="dung", name="Dung", agency="trade"),
    Member(member_id="giang", name="Giang", agency="science", interests=(THIRD,)),
)
COUNCIL = APPOINTED.model_copy(update={"members": MEMBERS})
CRITERIA = ISSUED.model_copy(update={"quorum": 1, "quorum_percent": 40})
DOSSIERS: tuple[Data, ...] = (
    accepted("A1", tax_code=MISA),
    accepted("A2", tax_code=OTHER),
    accepted("A3", tax_code=THIRD),
    accepted("A4", tax_code=OTHER, product_id="product-A2", received=date(2021, 8, 20), replaces="A2"),
)
GROWTH_OF = tuple(m.member_id for m in MEMBERS)
PLACES = tuple((id, m, "growth") for id in ("A1", "A2", "A3", "A4") for m in GROWTH_OF) + tuple(
    (id, m, "export") for id in ("A1", "A2", "A3", "A4") for m in ("binh", "dung")
)
POINTS = st.sampled_from(["20", "20.001", "33.333", "33.334", "40"])
# What may also happen; none of it needs another of it.
MORE: tuple[Data, ...] = (
    conflict("chi", MISA),
    conflict("an", OTHER),
    waiver("export", "A3"),
    waiver("growth", "A1"),
    withdrawal("A3", tax_code=THIRD),
)


def outcome(city: City) -> Any:
    """What a round comes to: places, those left and let go, recusals; not the order in which they came."""
    scoring = city["scoring"]
    ranking, round_ = scoring.find(Ranking, "2021"), scoring.find(Round, "2021")
    assert ranking is not None
    assert round_ is not None
    assert scoring.held == {}
    return (
        ranking.places,
        sorted(round_.applications),
        sorted(round_.withdrawn),
        {a.id: (a.recused, a.state) for a in scoring.all(Assessment)},
        sorted(e.model_dump_json() for e in city.of_type(DossierWithdrawn)),
    )


@settings(max_examples=50, deadline=None)
@given(
    points=st.lists(POINTS, min_size=len(PLACES), max_size=len(PLACES)),
    more=st.sets(st.sampled_from(range(len(MORE)))),
    data=st.data(),
)
def test_order_of_arrival_never_changes_the_outcome(points: list[str], more: set[int], data: st.DataObject) -> None:
    filed = [score(*place, given_points) for place, given_points in zip(PLACES, points, strict=True)]
    events = [COUNCIL, *DOSSIERS, *filed, *(MORE[n] for n in sorted(more))]
    listed = closed("A1", "A2", "A3", "A4")
    straight = run(service, CRITERIA, OPENED, *events, listed)
    # The Council comes before what it does, in its own topic; all else in any order.
    shuffled = run(service, CRITERIA, OPENED, COUNCIL, *data.draw(st.permutations(events[1:])), listed)
    assert outcome(shuffled) == outcome(straight)
    assert shuffled.of_type(ProductScored) == straight.of_type(ProductScored)
    assert shuffled.of_type(RoundRanked) == straight.of_type(RoundRanked)


@settings(max_examples=25, deadline=None)
@given(points=st.lists(POINTS, min_size=len(PLACES), max_size=len(PLACES)), data=st.data())
def test_dossiers_and_scores_before_the_council_end_the_same(points: list[str], data: st.DataObject) -> None:
    filed = [score(*place, given_points) for place, given_points in zip(PLACES, points, strict=True)]
    listed = closed("A1", "A2", "A3", "A4")
    straight = run(service, CRITERIA, OPENED, COUNCIL, *DOSSIERS, *filed, listed)
    shuffled = run(service, CRITERIA, OPENED, *data.draw(st.permutations([COUNCIL, *DOSSIERS, *filed])), listed)
    assert outcome(shuffled) == outcome(straight)


@settings(max_examples=25, deadline=None)
@given(points=st.lists(POINTS, min_size=len(PLACES), max_size=len(PLACES)))
def test_withdrawal_before_or_after_closing_leaves_the_same_places(points: list[str]) -> None:
    filed = [score(*where, given_points) for where, given_points in zip(PLACES, points, strict=True)]
    last: list[Data] = [closed("A1", "A3", "A4"), withdrawal("A1", tax_code=MISA)]
    base = (CRITERIA, OPENED, COUNCIL, *DOSSIERS, *filed)
    city, other = run(service, *base, *last), run(service, *base, *reversed(last))
    first, second = (c["scoring"].find(Ranking, "2021") for c in (city, other))
    assert first is not None
    assert second is not None
    assert (first.places, [p.application_id for p in first.places].count("A1")) == (second.places, 0)
