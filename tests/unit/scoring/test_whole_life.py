"""A whole life in any order between keys: from the criteria to the last day of a certificate the end is the same."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from scoring.domain.appeal import Appeal
from scoring.domain.assessment import Assessment
from scoring.domain.council import Council
from scoring.domain.decision import Decision
from scoring.domain.publication import Objection, Publication
from scoring.domain.ranking import Ranking
from scoring.domain.recognition import ProductHistory, Recognition
from scoring.domain.round import Round
from scoring.main import service
from shared.contracts.base import Data
from shared.contracts.council import Member
from shared.contracts.runtime import RecordDeadLettered
from shared.contracts.scoring import CouncilNotified
from shared.testing.memory import City, run
from unit.scoring.facts import (
    APPOINTED,
    GROWTH,
    ISSUED,
    OPENED,
    OTHER_TAX,
    PUBLISHED,
    TAX,
    accepted,
    admitted,
    amended,
    answered,
    appeal,
    began,
    closed,
    conflict,
    decided,
    merged,
    objection,
    renewal,
    rescored,
    revocation,
    rules,
    score,
    scores,
    suspension,
    waiver,
    withdrawal,
)

THIRD_TAX, FORMER_TAX, LATER_TAX = "0109800004", "0100109106", "0109700017"
CRAFT = ISSUED.model_copy(
    update={
        "criteria_id": "craft",
        "criteria": (GROWTH,),
        "tie_break": (),
        "pass_mark": Decimal(30),
        "industries": ("handicraft",),
    }
)
ROUND = OPENED.model_copy(
    update={
        "criteria_by_industry": {"handicraft": "craft"},
        "comment_window": True,
        "appeal_business_days": 10,
        "expiry_notice_business_days": 20,
    }
)
COUNCIL = APPOINTED.model_copy(
    update={
        "members": (
            *APPOINTED.members,
            Member(member_id="dung", name="Dung", agency="science", interests=(FORMER_TAX,)),
        ),
        "scoring_due": date(2021, 10, 29),
        "remind_before": (1, 5),
    }
)
DOSSIERS: tuple[tuple[Data, ...], ...] = (
    (accepted("A1"),),
    (accepted("A2", tax_code=OTHER_TAX), accepted("A4", tax_code=OTHER_TAX, product_id="product-A2", replaces="A2")),
    (accepted("A3", tax_code=THIRD_TAX),),
    (accepted("A5", tax_code=THIRD_TAX, industry="handicraft"), withdrawal("A5", tax_code=THIRD_TAX)),
    (accepted("A6", tax_code=THIRD_TAX, industry="handicraft"),),
    (merged(THIRD_TAX, FORMER_TAX, date(2021, 9, 1)),),
)
SCORING: tuple[Data, ...] = (
    COUNCIL,
    *(score("A1", member, "growth", "50") for member in ("an", "chi")),
    *scores("A3", ("20", "20"), "20"),
    *scores("A4", ("40", "41"), "30"),
    conflict("dung", OTHER_TAX),
    *(score("A6", member, "growth", "40") for member in ("an", "chi")),
    waiver("export", "A1"),
)
CLOSED = closed("A1", "A2", "A3", "A4", "A5", "A6")
AFTER: tuple[tuple[Data, ...], ...] = (
    (
        PUBLISHED,
        objection(application_id="A1"),
        answered(outcome="upheld"),
        score("A1", "an", "growth", "45", reason="Chấm lại"),
        rescored("A1"),
        decided((1, "A1"), (2, "A4"), (3, "A6")),
        appeal(),
        admitted(),
        *scores("A3", ("45", "45"), "30"),
        rescored("A3", closed_on=date(2021, 12, 20)),
        amended((4, "A3"), revoke=("A4",), honours=("A1", "A3", "A6")),
    ),
    (rules(), renewal(date(2022, 3, 1))),
    (suspension(date(2022, 1, 1), date(2022, 1, 31), certificate="2021-003", tax_code=THIRD_TAX),),
    (revocation(date(2022, 6, 1), certificate="2021-004", tax_code=THIRD_TAX),),
    (merged(LATER_TAX, TAX, date(2022, 2, 1)),),
)
DAYS = tuple(began(date(2021, 11, day)) for day in (1, 2, 5, 9))
LAST = (began(date(2022, 1, 14)), began(date(2023, 1, 5)), began(date(2026, 1, 1)))


def interleaved(streams: "list[tuple[Data, ...]]", data: st.DataObject) -> list[Data]:
    """The streams of several keys mixed, each in its own order."""
    picks = data.draw(st.permutations([n for n, stream in enumerate(streams) for _ in stream]))
    waiting = [list(stream) for stream in streams]
    return [waiting[n].pop(0) for n in picks]


def end(city: City) -> Any:
    """All that a round and its certificates came to; not in which order they came."""
    scoring = city["scoring"]
    assert scoring.held == {}
    assert city.of_type(RecordDeadLettered) == []
    assert [(r.slug, r.en) for r in city.refusals] == []
    round_ = scoring.find(Round, "2021")
    assert round_ is not None
    return {
        "round": round_.but(applications=(), withdrawn=(), replaced=()),
        "in": (sorted(round_.applications), sorted(round_.withdrawn)),
        "assessments": {a.id: (a.recused, a.state, a.replaced_by) for a in scoring.all(Assessment)},
        **{kind.collection: scoring.all(kind) for kind in (Ranking, Council, Publication, Objection, Decision, Appeal)},
        "recognitions": [r.but(announced=()) for r in scoring.all(Recognition)],
        "histories": scoring.all(ProductHistory),
        "told": sorted((n.slug, n.about) for n in city.of_type(CouncilNotified) if n.slug not in TOLD_BY_DAY),
    }


TOLD_BY_DAY = {"scores-due", "objection-unanswered", "recognition-expiring", "recognition-expired", "recognition-reinstated"}
PROGRAMME: tuple[Data, ...] = (ISSUED, CRAFT, ROUND)
EXPECTED = end(
    run(
        service,
        *(*DAYS[:1], *PROGRAMME, *(event for stream in DOSSIERS for event in stream), *SCORING, CLOSED),
        *(*(event for stream in AFTER for event in stream), *DAYS[1:], *LAST),
    )
)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_whole_life_ends_the_same_in_any_order_between_keys(data: st.DataObject) -> None:
    before = interleaved([(ISSUED,), (CRAFT,), (ROUND,), *DOSSIERS, SCORING, DAYS[1:]], data)
    after = interleaved([(CLOSED, *AFTER[0]), *AFTER[1:]], data)
    assert end(run(service, DAYS[0], *before, *after, *LAST)) == EXPECTED
