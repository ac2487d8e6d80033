"""The Council: versions by decision, conflicts of interest declared and found, quorum of those left, and the chair's waivers."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from scoring.domain.assessment import Assessment, Recusal
from scoring.domain.council import Council
from scoring.domain.criteria import CriteriaSet
from scoring.main import service
from shared.contracts.base import Data
from shared.contracts.council import CouncilAppointed, Member
from shared.contracts.scoring import MemberRecused, ProductScored, RoundRanked, WaivedCriterion
from shared.testing.memory import City, run
from unit.scoring.facts import (
    APPOINTED,
    BASE,
    EXPORT,
    GROWTH,
    ISSUED,
    OPENED,
    accepted,
    closed,
    conflict,
    score,
    scores,
    waiver,
    withdrawal,
)

AN, BINH, CHI = APPOINTED.members
DUNG = Member(member_id="dung", name="Dung", agency="trade")
MISA = "0101243150"


def appointed(*members: Member, **changes: Any) -> CouncilAppointed:
    """A second decision on the Council."""
    facts = {"decision": "9/QĐ-UBND", "effective_from": date(2021, 9, 20), "members": members}
    return APPOINTED.model_copy(update=facts | changes)


def assessment(city: City, application_id: str = "A1") -> Assessment:
    found = city["scoring"].find(Assessment, f"2021/{application_id}")
    assert found is not None
    return found


def slugs(city: City) -> list[str]:
    return [r.slug for r in city.refusals]


# -- versions --------------------------------------------------------------------------------------------------------------


def test_later_decision_makes_a_new_version_and_keeps_the_one_before() -> None:
    city = run(service, *BASE, appointed(AN, DUNG, CHI))
    council = city["scoring"].find(Council, "2021")
    assert council is not None
    assert (city.refusals, [v.decision for v in council.versions]) == ([], ["3211/QĐ-UBND", "9/QĐ-UBND"])
    assert [m.member_id for m in council.members] == ["an", "dung", "chi"]


@pytest.mark.parametrize(
    "again",
    [
        appointed(AN, DUNG, CHI, effective_from=None),
        appointed(AN, DUNG, CHI, effective_from=date(2021, 9, 20)),
        appointed(AN, DUNG, CHI, effective_from=date(2021, 9, 19)),
        appointed(AN, DUNG, CHI, decision="8/QĐ-UBND", effective_from=date(2021, 10, 1)),
    ],
)
def test_version_that_takes_effect_no_later_or_repeats_a_decision_is_refused(again: CouncilAppointed) -> None:
    second = appointed(AN, BINH, CHI, decision="8/QĐ-UBND")
    city = run(service, *BASE, second, again)
    council = city["scoring"].find(Council, "2021")
    assert (slugs(city), council and len(council.versions)) == (["council-already-appointed"], 2)


def test_version_sent_again_changes_nothing() -> None:
    second = appointed(AN, DUNG, CHI)
    city = run(service, *BASE, second, APPOINTED, second)
    council = city["scoring"].find(Council, "2021")
    assert (slugs(city), council and len(council.versions)) == ([], 2)


def test_who_is_a_member_is_decided_where_the_score_stands_in_the_log() -> None:
    city = run(
        service,
        *BASE,
        accepted(),
        score("A1", "dung", "export", "1"),
        score("A1", "binh", "export", "30"),
        appointed(AN, DUNG, CHI),
        score("A1", "dung", "growth", "50"),
        score("A1", "binh", "growth", "1"),
    )
    assert slugs(city) == ["member-not-of-the-council"] * 2
    # What binh gave while a member counts; it is the score of the agency.
    assert (assessment(city).counted("export"), assessment(city).counted("growth")) == (
        {"binh": Decimal(30)},
        {"dung": Decimal(50)},
    )


@pytest.mark.parametrize(
    ("members", "problem"),
    [
        ((AN, CHI), "no member of trade to score export"),
        ((BINH,), "1 members are fewer than the quorum of 2 of growth"),
        ((AN, BINH.model_copy(update={"chair": True})), "it has more than one chair"),
    ],
)
def test_council_that_could_never_score_is_refused(members: tuple[Member, ...], problem: str) -> None:
    city = run(service, ISSUED, OPENED, APPOINTED.model_copy(update={"members": members}))
    assert [(r.slug, r.field, problem in r.en) for r in city.refusals] == [("council-cannot-score", "members", True)]
    assert city["scoring"].all(Council) == []


def test_council_that_lacks_several_things_is_told_all() -> None:
    (refusal,) = run(service, ISSUED, OPENED, APPOINTED.model_copy(update={"members": (AN,)})).refusals
    assert ("no member of trade" in refusal.en, "quorum of 2" in refusal.en) == (True, True)


CLOSED = (*BASE, accepted(), *scores("A1", ("50", "50"), "30"), closed("A1"))


@pytest.mark.parametrize("late", [appointed(AN, DUNG, CHI), conflict("an"), waiver("growth")])
def test_nothing_about_the_council_changes_after_closing(late: Data) -> None:
    city = run(service, *CLOSED, late)
    assert [(r.slug, "01/11/2021" in r.vi, "2021-11-01" in r.en) for r in city.refusals] == [
        ("council-after-closing", True, True)
    ]


def test_council_waits_for_its_round() -> None:
    assert run(service, APPOINTED)["scoring"].held == {"2021": "waits for rounds/2021"}


# -- conflicts of interest -------------------------------------------------------------------------------------------------

INTERESTED = APPOINTED.model_copy(update={"members": (AN, BINH, CHI.model_copy(update={"interests": (f"{MISA}-001",)}))})
OF_ENTERPRISE = APPOINTED.model_copy(update={"members": (AN, BINH, CHI.model_copy(update={"agency": MISA}))})


@pytest.mark.parametrize(
    ("events", "why"),
    [
        ((APPOINTED, accepted(), conflict("chi")), "declared"),
        ((APPOINTED, accepted(), conflict("chi", f"{MISA}-002")), "declared"),
        ((APPOINTED, conflict("chi"), accepted()), "declared"),
        ((accepted(), INTERESTED), "interest"),
        ((INTERESTED, accepted()), "interest"),
        ((OF_ENTERPRISE, accepted()), "agency"),
        ((accepted(), OF_ENTERPRISE), "agency"),
        ((OF_ENTERPRISE, conflict("chi"), accepted()), "agency"),
    ],
)
def test_member_with_a_conflict_is_recused_whichever_comes_first(events: tuple[Data, ...], why: str) -> None:
    city = run(service, ISSUED, OPENED, *events)
    assert (city.refusals, assessment(city).recused) == ([], (Recusal(member_id="chi", why=why),))
    recused = MemberRecused(application_id="A1", round_id="2021", member_id="chi", why=why, void=0)
    assert city.of_type(MemberRecused) == [recused]


def test_conflict_with_another_enterprise_recuses_nobody() -> None:
    city = run(service, *BASE, accepted(), conflict("chi", "0300588569"), score("A1", "chi", "growth", "1"))
    assert (city.refusals, assessment(city).recused) == ([], ())


def test_scores_given_before_are_void_and_kept_with_why() -> None:
    filed = (score("A1", "chi", "growth", "10"), score("A1", "chi", "growth", "60", reason="Đọc lại hồ sơ"))
    city = run(service, *BASE, accepted(), score("A1", "an", "growth", "50"), *filed, conflict("chi"))
    assert [e.void for e in city.of_type(MemberRecused)] == [1]
    assert assessment(city).counted("growth") == {"an": Decimal(50)}
    assert [(c.member_id, c.before, c.after, c.reason, c.void) for c in assessment(city).history()] == [
        ("an", None, Decimal(50), None, None),
        ("chi", None, Decimal(10), None, "declared"),
        ("chi", Decimal(10), Decimal(60), "Đọc lại hồ sơ", "declared"),
    ]


def test_member_with_a_conflict_cannot_score_but_scores_other_enterprises() -> None:
    other = accepted("A2", tax_code="0300588569")
    city = run(service, *BASE, accepted(), other, conflict("chi"), *(score(id, "chi", "growth", "1") for id in ("A1", "A2")))
    assert [(r.slug, r.field, "A1" in r.vi, "A1" in r.en) for r in city.refusals] == [
        ("member-has-conflict", "member_id", True, True)
    ]
    assert len(assessment(city, "A2").scores) == 1


def test_history_of_a_withdrawn_dossier_shows_a_later_conflict_too() -> None:
    city = run(service, *BASE, accepted(), score("A1", "chi", "growth", "10"), withdrawal("A1"), conflict("chi"))
    assert [c.void for c in assessment(city).history()] == ["declared"]


def test_conflict_of_somebody_who_is_no_member_is_refused() -> None:
    city = run(service, *BASE, conflict("dung"))
    assert [(r.slug, MISA in r.vi, MISA in r.en) for r in city.refusals] == [("member-not-of-the-council", True, True)]


def test_conflict_stays_with_a_member_whose_interests_a_later_version_leaves_out() -> None:
    city = run(service, ISSUED, OPENED, INTERESTED, accepted(), appointed(AN, BINH, CHI), score("A1", "chi", "growth", "1"))
    assert slugs(city) == ["member-has-conflict"]


# -- quorum ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quorum", "percent", "may_score", "least"),
    [
        (2, None, 3, 2),
        (2, None, 1, 2),
        (1, 60, 5, 3),
        (1, 60, 4, 3),
        (1, 60, 1, 1),
        (3, 60, 4, 3),
        (3, 100, 4, 4),
        (1, 1, 100, 1),
    ],
)
def test_quorum_is_of_the_members_who_may_score_the_dossier(quorum: int, percent: int | None, may_score: int, least: int) -> None:
    criteria = CriteriaSet.of(ISSUED.model_copy(update={"quorum": quorum, "quorum_percent": percent}))
    assert (criteria.least_scores(GROWTH, may_score), criteria.least_scores(EXPORT, may_score)) == (least, 1)


def test_quorum_is_counted_again_after_a_conflict() -> None:
    before = (*BASE, accepted(), *scores("A1", ("50", "50"), "30"))
    city = run(service, *before, conflict("chi"), closed("A1"))
    assert [(r.slug, "growth has 1/2 scores (of binh)" in r.en) for r in city.refusals] == [("scores-missing", True)]
    city = run(service, *before, conflict("chi"), score("A1", "binh", "growth", "30"), closed("A1"))
    assert [p.score for p in city.of_type(ProductScored)] == [Decimal("70.00")]


def test_share_of_those_who_may_score_falls_with_a_conflict() -> None:
    half = ISSUED.model_copy(update={"quorum": 1, "quorum_percent": 51})
    before = (half, OPENED, APPOINTED, accepted(), *scores("A1", ("50", "50"), "30")[1:])
    assert "growth has 1/2 scores" in run(service, *before, closed("A1")).refusals[0].en
    # Of three who may score two are needed; of one who is left, one.
    city = run(service, *before, conflict("an"), conflict("binh", "0300588569"), closed("A1"))
    assert "growth has 1/2 scores" in city.refusals[0].en
    computed_by_chi = run(service, *before, conflict("an"), conflict("binh"), closed("A1"))
    assert (computed_by_chi.refusals, len(computed_by_chi.of_type(RoundRanked))) == ([], 1)


def test_fewer_members_than_the_quorum_is_said_and_only_the_chair_helps() -> None:
    before = (*BASE, accepted(), score("A1", "an", "growth", "50"), score("A1", "binh", "export", "30"))
    both = (conflict("chi"), conflict("binh"))
    city = run(service, *before, *both, closed("A1"))
    assert "growth has 1/2 scores and only 1 members may score it" in city.refusals[0].en
    city = run(service, *before, *both, waiver("growth"), closed("A1"))
    # Nobody of the agency for trade is left either, so nothing at all is.
    assert [(r.slug, "A1" in r.vi, "A1" in r.en) for r in city.refusals] == [("no-criterion-left", True, True)]


# -- waivers and criteria without an owner -----------------------------------------------------------------------------------

FULL = (accepted(), *scores("A1", ("45", "48"), "30"))


@pytest.mark.parametrize(
    ("rule", "events", "total", "why"),
    [
        ("scaled", (*FULL[:3], waiver("export")), "77.50", "waived-by-chair"),  # 46.5 × 100/60
        ("zero", (*FULL[:3], waiver("export")), "46.50", "waived-by-chair"),
        ("scaled", (*FULL, waiver("export", "A1")), "77.50", "waived-by-chair"),
        (
            "scaled",
            (*FULL, score("A1", "an", "growth", "45"), score("A1", "chi", "growth", "48"), conflict("binh")),
            "77.50",
            "no-owner-left",
        ),
        ("zero", (*FULL, conflict("binh")), "46.50", "no-owner-left"),
    ],
)
def test_criterion_that_is_not_scored_is_made_up_for_or_counts_zero(
    rule: str, events: tuple[Data, ...], total: str, why: str
) -> None:
    city = run(service, ISSUED.model_copy(update={"waived": rule}), OPENED, APPOINTED, *events, closed("A1"))
    (scored,) = city.of_type(ProductScored)
    assert (city.refusals, scored.score, [c.criterion for c in scored.criteria]) == ([], Decimal(total), ["growth"])
    reason = "Không có số liệu" if why == "waived-by-chair" else None
    assert scored.waived == (WaivedCriterion(criterion="export", why=why, reason=reason, counts=rule),)


def test_waived_criterion_has_no_minimum_to_miss() -> None:
    issued = ISSUED.model_copy(update={"waived": "zero", "pass_mark": Decimal(30)})
    city = run(service, issued, *BASE[1:], accepted(), score("A1", "binh", "export", "30"), waiver("growth"), closed("A1"))
    assert [(p.score, p.passed) for p in city.of_type(ProductScored)] == [(Decimal("30.00"), True)]


def test_waiver_of_one_dossier_leaves_the_others_to_be_scored() -> None:
    events = (accepted("A1"), accepted("A2"), *scores("A1", ("45", "48"), "30")[:2], *scores("A2", ("45", "48"), "30")[:2])
    city = run(service, *BASE, *events, waiver("export", "A1"), closed("A1", "A2"))
    assert [r.en.count("criterion export") for r in city.refusals] == [1]
    assert "dossier A2, criterion export" in city.refusals[0].en


def test_waived_criterion_takes_no_more_scores() -> None:
    city = run(service, *BASE, *FULL, waiver("export"), score("A1", "binh", "export", "31"))
    assert [(r.slug, "A1" in r.vi, "A1" in r.en) for r in city.refusals] == [("criterion-waived", True, True)]


@pytest.mark.parametrize(
    ("event", "slug", "field"),
    [
        (waiver("growth", waived_by="binh"), "waiver-not-by-the-chair", "waived_by"),
        (waiver("growth", waived_by="dung"), "member-not-of-the-council", "member_id"),
        (waiver("quality"), "waived-criterion-unknown", "criterion"),
        (waiver("quality", "A1"), "waived-criterion-unknown", "criterion"),
    ],
)
def test_waiver_that_may_not_be_is_refused(event: Data, slug: str, field: str) -> None:
    city = run(service, *BASE, accepted(), event)
    assert [(r.slug, r.field) for r in city.refusals] == [(slug, field)]
    council = city["scoring"].find(Council, "2021")
    assert council is not None
    assert council.waivers == ()


def test_waiver_of_a_dossier_waits_for_it() -> None:
    waiting = run(service, *BASE, waiver("growth", "A1"))
    assert waiting["scoring"].held == {"growth": "waits for assessments/2021/A1"}
    assert run(service, *BASE, waiver("growth", "A1"), accepted())["scoring"].held == {}
