"""Dossiers that leave a round: taken back before the decision, replaced by a later one, or kept with a reason."""

from datetime import date

import pytest
from scoring.domain.assessment import Assessment
from scoring.domain.ranking import Ranking
from scoring.domain.round import Round
from scoring.main import service
from shared.contracts.base import Data
from shared.contracts.scoring import AssessmentOpened, DossierWithdrawn, RoundRanked, WithdrawalDeclined
from shared.testing.memory import City, run
from unit.scoring.facts import BASE, accepted, closed, decided, score, scores, withdrawal

MISA, OTHER = "0101243150", "0300588569"
TWO = (accepted("A1"), accepted("A2"), *scores("A1", ("50", "50"), "30"), *scores("A2", ("40", "40"), "30"))


def gone(application_id: str, day: date, replaced_by: str | None = None) -> DossierWithdrawn:
    return DossierWithdrawn(
        application_id=application_id, round_id="2021", tax_code=MISA, withdrawn_on=day, replaced_by=replaced_by
    )


def kept(city: City, application_id: str) -> Assessment:
    found = city["scoring"].find(Assessment, f"2021/{application_id}")
    assert found is not None
    return found


def left(city: City) -> tuple[str, ...]:
    found = city["scoring"].find(Round, "2021")
    assert found is not None
    return found.applications


ASKED = date(2021, 11, 5)


def test_dossier_taken_back_leaves_the_round() -> None:
    city = run(service, *BASE, *TWO, withdrawal("A2"), closed("A1"))
    assert (city.refusals, city.of_type(DossierWithdrawn), left(city)) == ([], [gone("A2", ASKED)], ("A1",))
    assert (kept(city, "A2").state, kept(city, "A2").withdrawn_on, len(kept(city, "A2").scores)) == ("withdrawn", ASKED, 3)
    assert [(r.version, [p.application_id for p in r.ranking]) for r in city.of_type(RoundRanked)] == [(1, ["A1"])]


def test_closing_may_still_list_a_dossier_that_was_taken_back() -> None:
    """The secretariat cannot know of a withdrawal that reached the round just before; its list is not refused for it."""
    city = run(service, *BASE, *TWO, withdrawal("A2"), closed("A1", "A2"), closed("A1", "A2"), closed("A1"))
    assert city.refusals == []
    assert [[p.application_id for p in r.ranking] for r in city.of_type(RoundRanked)] == [["A1"]]


def test_ranking_is_made_again_where_the_withdrawal_comes_after_closing() -> None:
    city = run(service, *BASE, *TWO, closed("A1", "A2"), withdrawal("A1"), closed("A1", "A2"))
    assert (city.refusals, left(city)) == ([], ("A2",))
    assert [(r.version, [(p.rank, p.application_id) for p in r.ranking], r.top10) for r in city.of_type(RoundRanked)] == [
        (1, [(1, "A1"), (2, "A2")], ("A1", "A2")),
        (2, [(1, "A2")], ("A2",)),
    ]
    stands, former = city["scoring"].find(Ranking, "2021"), city["scoring"].find(Ranking, "2021|1")
    assert stands is not None
    assert former is not None
    assert (stands.version, stands.closed_on, former.version, len(former.places)) == (2, date(2021, 11, 1), 1, 2)


def test_ranking_is_the_same_whether_the_withdrawal_comes_before_or_after_closing() -> None:
    before = run(service, *BASE, *TWO, withdrawal("A1"), closed("A1", "A2"))["scoring"].find(Ranking, "2021")
    after = run(service, *BASE, *TWO, closed("A1", "A2"), withdrawal("A1"))["scoring"].find(Ranking, "2021")
    assert before is not None
    assert after is not None
    assert before.places == after.places


def test_decision_may_not_list_a_dossier_that_was_taken_back() -> None:
    city = run(service, *BASE, *TWO, closed("A1", "A2"), withdrawal("A1"), decided((1, "A1"), (2, "A2")))
    assert [(r.slug, "A1" in r.en, "A2" in r.en) for r in city.refusals] == [("decision-lines-refused", True, False)]


def test_withdrawal_after_the_decision_is_declined_with_the_reason() -> None:
    city = run(service, *BASE, *TWO, closed("A1", "A2"), decided((1, "A1"), (2, "A2")), withdrawal("A1"))
    (answer,) = city.of_type(WithdrawalDeclined)
    assert (answer.application_id, answer.tax_code, answer.reason.slug) == ("A1", MISA, "round-decided")
    assert ("5012/QĐ-UBND" in answer.reason.vi, "5012/QĐ-UBND" in answer.reason.en) == (True, True)
    assert (left(city), city.of_type(DossierWithdrawn)) == (("A1", "A2"), [])


def test_withdrawal_of_anothers_dossier_is_declined() -> None:
    city = run(service, *BASE, accepted("A1"), withdrawal("A1", tax_code=OTHER))
    assert [(a.tax_code, a.reason.slug) for a in city.of_type(WithdrawalDeclined)] == [(OTHER, "dossier-of-another-enterprise")]
    assert left(city) == ("A1",)


def test_withdrawal_sent_again_says_nothing_more() -> None:
    city = run(service, *BASE, *TWO, withdrawal("A1"), withdrawal("A1"), closed("A2"), decided((1, "A2")), withdrawal("A1"))
    assert (city.of_type(DossierWithdrawn), city.of_type(WithdrawalDeclined)) == ([gone("A1", ASKED)], [])


def test_withdrawal_before_its_acceptance_waits_for_it() -> None:
    assert run(service, *BASE, withdrawal("A1"))["scoring"].held == {"A1": "waits for assessments/2021/A1"}
    city = run(service, *BASE, withdrawal("A1"), accepted("A1"))
    assert (city["scoring"].held, city.of_type(DossierWithdrawn), left(city)) == ({}, [gone("A1", ASKED)], ())


def test_dossier_taken_back_takes_no_scores_and_lacks_none() -> None:
    city = run(service, *BASE, *TWO[:-1], withdrawal("A2"), score("A2", "an", "growth", "1"), closed("A1"))
    assert [(r.slug, "A2" in r.vi, "05/11/2021" in r.vi) for r in city.refusals] == [("dossier-withdrawn", True, True)]
    assert len(city.of_type(RoundRanked)) == 1


RECEIVED = date(2021, 8, 20)
LATER = accepted("A2", product_id="product-A1", received=RECEIVED, replaces="A1")


@pytest.mark.parametrize("events", [(accepted("A1"), LATER), (LATER, accepted("A1"))])
def test_later_dossier_of_a_product_takes_the_place_of_the_earlier_in_either_order(events: tuple[Data, ...]) -> None:
    city = run(service, *BASE, *events, *scores("A2", ("50", "50"), "30"), closed("A1", "A2"))
    assert (city.refusals, left(city), city.of_type(DossierWithdrawn)) == ([], ("A2",), [gone("A1", RECEIVED, "A2")])
    assert {e.application_id for e in city.of_type(AssessmentOpened)} == {"A1", "A2"}
    assert (kept(city, "A1").state, kept(city, "A1").replaced_by) == ("withdrawn", "A2")


def test_closing_does_not_wait_for_a_replaced_dossier() -> None:
    city = run(service, *BASE, LATER, *scores("A2", ("50", "50"), "30"), closed("A1", "A2"))
    assert (city["scoring"].held, len(city.of_type(RoundRanked))) == ({}, 1)


def test_chain_of_replacements_leaves_the_last() -> None:
    third = accepted("A3", product_id="product-A1", received=date(2021, 8, 25), replaces="A2")
    for events in ((accepted("A1"), LATER, third), (third, LATER, accepted("A1")), (LATER, third, accepted("A1"))):
        city = run(service, *BASE, *events)
        assert (left(city), {e.application_id: e.replaced_by for e in city.of_type(DossierWithdrawn)}) == (
            ("A3",),
            {"A1": "A2", "A2": "A3"},
        )


def test_dossier_cannot_replace_that_of_another_enterprise() -> None:
    city = run(service, *BASE, accepted("A1", tax_code=OTHER), LATER)
    assert [(r.slug, r.field, OTHER in r.vi, OTHER in r.en) for r in city.refusals] == [
        ("replaces-anothers-dossier", "replaces", True, True)
    ]
    assert left(city) == ("A1",)


def test_dossier_of_another_enterprise_under_a_replaced_id_stays() -> None:
    scored = (*scores("A1", ("50", "50"), "30"), *scores("A2", ("50", "50"), "30"))
    before = (*BASE, LATER, accepted("A1", tax_code=OTHER), *scored)
    city = run(service, *before, closed("A1", "A2"))
    assert (city.refusals, left(city), city.of_type(DossierWithdrawn)) == ([], ("A2", "A1"), [])
    assert [len(r.ranking) for r in city.of_type(RoundRanked)] == [2]
    assert [r.slug for r in run(service, *before, closed("A2")).refusals] == ["dossiers-left-out"]


def test_replacement_after_closing_is_refused_and_the_earlier_stays() -> None:
    city = run(service, *BASE, *TWO[:1], *scores("A1", ("50", "50"), "30"), closed("A1"), LATER)
    assert ([r.slug for r in city.refusals], left(city)) == (["dossier-after-closing"], ("A1",))
