"""Taking a dossier back: before acceptance here, after it by the round alone; and filing the product again."""

from datetime import date, timedelta
from typing import Any

import pytest
from applications.domain.application import Application
from applications.main import service
from shared.contracts.applications import (
    ApplicantNotified,
    ApplicationAccepted,
    ApplicationRejected,
    ApplicationWithdrawn,
    Reason,
    WithdrawalAsked,
)
from shared.contracts.base import Data
from shared.contracts.department import DayStarted
from shared.contracts.portal import WithdrawalFiled
from shared.contracts.scoring import DossierWithdrawn, WithdrawalDeclined
from shared.testing.memory import City, run
from unit.applications.facts import MISA, RULES, filed, opened, papers, registered
from unit.applications.test_supplements import BASE, DUE, FILED, LACKING, answered, day

REPLACES: tuple[Data, ...] = (RULES, opened(supplement_business_days=5, second_dossier="replaces"), registered())
GOOD = filed(received=FILED)
KEPT = Reason(slug="scoring-closed", vi="Đã đóng chấm điểm.", en="Scoring is closed.")
AFTER = DUE + timedelta(days=1)


def withdrawn(application_id: str = "A1", **changes: Any) -> WithdrawalFiled:
    facts: dict[str, Any] = {"application_id": application_id, "tax_code": MISA, "filed_on": DUE, "reason": "Hoàn thiện số liệu"}
    return WithdrawalFiled(**facts | changes)


def let_go(application_id: str = "A1", replaced_by: str | None = None) -> DossierWithdrawn:
    return DossierWithdrawn(
        application_id=application_id, round_id="2021", tax_code=MISA, withdrawn_on=AFTER, replaced_by=replaced_by
    )


def declined(application_id: str = "A1") -> WithdrawalDeclined:
    return WithdrawalDeclined(application_id=application_id, round_id="2021", tax_code=MISA, reason=KEPT)


def states(city: City) -> dict[str, str]:
    return {a.application_id: a.state for a in city["applications"].all(Application)}


def lacking(application_id: str, received: date = FILED) -> Data:
    return filed(application_id, received=received, documents=papers(("form", "description"), received))


# -- taken back ----------------------------------------------------------------------------------------------------------


def test_dossier_that_waits_is_withdrawn_here() -> None:
    city = run(service, *BASE, LACKING, withdrawn(), day(AFTER))
    assert [(w.application_id, w.withdrawn_on, w.reason) for w in city.of_type(ApplicationWithdrawn)] == [
        ("A1", DUE, "Hoàn thiện số liệu")
    ]
    assert (states(city), city.of_type(WithdrawalAsked), city.of_type(ApplicationRejected)) == ({"A1": "withdrawn"}, [], [])


def test_accepted_dossier_is_asked_of_its_round() -> None:
    city = run(service, *BASE, GOOD, withdrawn())
    assert [(w.application_id, w.round_id, w.asked_on) for w in city.of_type(WithdrawalAsked)] == [("A1", "2021", DUE)]
    assert (states(city), city.of_type(ApplicationWithdrawn)) == ({"A1": "withdrawal-asked"}, [])


def test_round_lets_go_of_the_dossier() -> None:
    city = run(service, *BASE, GOOD, withdrawn(), let_go())
    assert states(city) == {"A1": "withdrawn"}
    assert [n.slug for n in city.of_type(ApplicantNotified)] == ["dossier-withdrawn"]


def test_round_keeps_the_dossier_with_the_reason() -> None:
    city = run(service, *BASE, GOOD, withdrawn(), declined())
    (dossier,) = city["applications"].all(Application)
    assert (dossier.state, dossier.declined, dossier.reasons) == ("accepted", KEPT, ())
    assert [(n.slug, KEPT.vi in n.vi, KEPT.en in n.en) for n in city.of_type(ApplicantNotified)] == [
        ("withdrawal-declined", True, True)
    ]


def test_dossier_that_was_kept_can_be_asked_for_again_on_another_day() -> None:
    city = run(service, *BASE, GOOD, withdrawn(), declined(), withdrawn(), withdrawn(filed_on=AFTER))
    assert [w.asked_on for w in city.of_type(WithdrawalAsked)] == [DUE, AFTER]
    assert (states(city), city.refusals) == ({"A1": "withdrawal-asked"}, [])


@pytest.mark.parametrize("before", [LACKING, GOOD])
def test_withdrawal_sent_again_changes_nothing(before: Data) -> None:
    city = run(service, *BASE, before, withdrawn(), withdrawn())
    assert len(city.of_type(ApplicationWithdrawn)) + len(city.of_type(WithdrawalAsked)) == 1
    assert city.refusals == []


@pytest.mark.parametrize(
    ("events", "said"),
    [
        ((filed(received=date(2021, 5, 1)), withdrawn()), "rejected"),
        ((LACKING, withdrawn(), withdrawn(reason="khác")), "withdrawn"),
        ((GOOD, withdrawn(), withdrawn(reason="khác")), "waiting for its round"),
        ((LACKING, withdrawn(filed_on=AFTER)), "past the deadline"),
        ((LACKING, day(AFTER), withdrawn(filed_on=AFTER)), "rejected"),
    ],
)
def test_withdrawal_of_what_is_not_there_any_more_is_refused(events: tuple[Data, ...], said: str) -> None:
    city = run(service, *BASE, *events)
    assert [(r.slug, said in r.en, "A1" in r.vi) for r in city.refusals] == [("nothing-to-withdraw", True, True)]


def test_withdrawal_filed_in_time_counts_after_the_tick_too() -> None:
    late_tick = run(service, *BASE, LACKING, day(AFTER), withdrawn())
    in_order = run(service, *BASE, LACKING, withdrawn(), day(AFTER))
    assert late_tick["applications"].all(Application) == in_order["applications"].all(Application)
    assert states(late_tick) == {"A1": "withdrawn"}


def test_withdrawal_before_its_dossier_waits_for_it() -> None:
    assert states(run(service, *BASE, withdrawn(), LACKING)) == {"A1": "withdrawn"}


def test_withdrawal_with_a_wrong_tax_code_is_refused() -> None:
    assert [r.slug for r in run(service, *BASE, withdrawn(tax_code="0101243151")).refusals] == ["tax-code-check-digit"]


# -- the product again ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "before",
    [
        (filed(received=date(2021, 5, 1)),),
        (LACKING, day(AFTER)),
        (LACKING, withdrawn()),
        (GOOD, withdrawn(), let_go()),
    ],
    ids=["rejected", "silent", "withdrawn", "let go"],
)
@pytest.mark.parametrize("base", [BASE, REPLACES], ids=["refused", "replaces"])
def test_product_may_be_filed_again_after_rejection_or_withdrawal(base: tuple[Data, ...], before: tuple[Data, ...]) -> None:
    city = run(service, *base, *before, filed("A2"))
    assert [(a.application_id, a.replaces) for a in city.of_type(ApplicationAccepted)][-1] == ("A2", None)
    assert city.refusals == []


@pytest.mark.parametrize("before", [(LACKING,), (GOOD,), (GOOD, withdrawn()), (GOOD, withdrawn(), declined())])
def test_second_dossier_is_refused_while_the_first_stands(before: tuple[Data, ...]) -> None:
    city = run(service, *BASE, *before, filed("A2"))
    assert [(r.slug, r.field, "A1" in r.vi, "A2" in r.en) for r in city.refusals] == [
        ("product-already-filed", "product_id", True, True)
    ]
    assert list(states(city)) == ["A1"]


@pytest.mark.parametrize(
    ("before", "state"),
    [((GOOD,), "accepted"), ((GOOD, withdrawn()), "withdrawal-asked"), ((GOOD, withdrawn(), declined()), "accepted")],
)
def test_later_dossier_names_the_accepted_one_it_replaces_and_the_round_decides(before: tuple[Data, ...], state: str) -> None:
    city = run(service, *REPLACES, *before, filed("A2"))
    assert [(a.application_id, a.replaces) for a in city.of_type(ApplicationAccepted)] == [("A1", None), ("A2", "A1")]
    assert states(city) == {"A1": state, "A2": "accepted"}
    ended = run(service, *REPLACES, *before, filed("A2"), let_go(replaced_by="A2"))
    assert states(ended) == {"A1": "replaced", "A2": "accepted"}
    assert [n.slug for n in ended.of_type(ApplicantNotified)][-1] == "dossier-replaced"


def test_third_dossier_replaces_the_second() -> None:
    city = run(service, *REPLACES, GOOD, filed("A2"), let_go(replaced_by="A2"), filed("A3"))
    assert [a.replaces for a in city.of_type(ApplicationAccepted)] == [None, "A1", "A2"]


def test_dossier_that_waits_is_replaced_as_soon_as_a_later_one_is_accepted() -> None:
    city = run(service, *REPLACES, LACKING, filed("A2"), day(AFTER))
    assert [(w.application_id, "A2" in w.reason) for w in city.of_type(ApplicationWithdrawn)] == [("A1", True)]
    assert [a.replaces for a in city.of_type(ApplicationAccepted)] == [None]
    assert states(city) == {"A1": "replaced", "A2": "accepted"}


def test_dossier_that_is_rejected_replaces_nothing() -> None:
    city = run(service, *REPLACES, GOOD, filed("A2", industry="handicraft"))
    assert states(city) == {"A1": "accepted", "A2": "rejected"}


def test_later_dossier_replaces_once_its_supplement_makes_it_good() -> None:
    city = run(service, *REPLACES, GOOD, lacking("A2"), answered("A2"))
    assert [(a.application_id, a.replaces) for a in city.of_type(ApplicationAccepted)] == [("A1", None), ("A2", "A1")]


def test_two_dossiers_that_wait_go_their_own_ways_until_one_is_accepted() -> None:
    first = run(service, *REPLACES, LACKING, lacking("A2"), answered("A1"))
    assert states(first) == {"A1": "accepted", "A2": "supplement-asked"}
    both = run(service, *REPLACES, LACKING, lacking("A2"), answered("A1"), answered("A2"))
    assert [a.replaces for a in both.of_type(ApplicationAccepted)] == [None, "A1"]


@pytest.mark.parametrize("base", [BASE, REPLACES], ids=["refused", "replaces"])
def test_answer_in_time_to_a_silent_dossier_is_refused_once_the_product_was_filed_again(base: tuple[Data, ...]) -> None:
    city = run(service, *base, LACKING, day(AFTER), filed("A2"), answered("A1"))
    assert [(r.slug, "A2" in r.vi, "A1" in r.en) for r in city.refusals] == [("supplement-after-refiling", True, True)]
    assert states(city) == {"A1": "rejected", "A2": "accepted"}


def test_product_and_round_are_told_apart_whatever_signs_their_ids_hold() -> None:
    other = opened(round_id="2021/a")
    city = run(
        service,
        *BASE,
        other,
        filed("A1", product_id="a/b"),
        filed("A2", round_id="2021/a", product_id="b"),
        DayStarted(date=AFTER),
    )
    assert states(city) == {"A1": "accepted", "A2": "accepted"}
