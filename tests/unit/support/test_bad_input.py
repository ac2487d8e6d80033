"""Bad input, as it comes on the wire: refused with its slug, the broken figure and the id in both languages; nothing changed."""

import json
from datetime import date, timedelta
from typing import Any, NamedTuple

import pytest
from applications.main import service as applications
from shared.contracts.agencies import ExternalSupportReported
from shared.contracts.base import Data, make_event
from shared.contracts.finance import BudgetCarriedOver, BudgetChanged, BudgetTransferred
from shared.testing.memory import City
from support.main import service
from unit.support.cases import LINE, MILLION, NOON, A, allocated, day, invoice, project, renewal, request, scheme
from unit.support.grant_cases import (
    ID,
    TO_STATE,
    accepted,
    agreed,
    asked,
    change,
    checked,
    claimed,
    final,
    granted,
    made,
    repaid,
)
from unit.support.test_overlap import reported

EVENT = "bad-1"
LEGAL = "Quyết định"


class Bad(NamedTuple):
    """What stood before, the event, what its data says in place of what is right, and the answer.

    `says` are the words both texts have to contain: the figure that was broken as that language writes it, and the id.
    """

    before: tuple[Data, ...]
    event: Data
    says: dict[str, Any]
    slug: str
    field: str
    vi: tuple[str, ...]
    en: tuple[str, ...]


def unreadable(event: Data, path: str, value: Any, before: tuple[Data, ...] = ()) -> Bad:
    """A value the contract does not know: both texts name the event, the field, and the value."""
    words = (EVENT, f"data.{path}", json.dumps(value))
    return Bad(before, event, {path: value}, "invalid-data", f"data.{path}", words, words)


def wrong(
    before: tuple[Data, ...], event: Data, slug: str, field: str, vi: tuple[str, ...], en: tuple[str, ...] | None = None
) -> Bad:
    """What the contract lets through and a rule does not."""
    return Bad(before, event, {}, slug, field, vi, en or vi)


R2 = project("r2", activity_id="saw")
AGREED, ADVANCED = TO_STATE["agreed"], TO_STATE["advanced"]
ORDERED = (*AGREED, asked())
MONEY: dict[str, tuple[Data, str, tuple[Data, ...]]] = {
    "asked for": (R2, "asked", ()),
    "cost": (R2, "evidence.0.amount", ()),
    "allocated": (allocated(MILLION), "amount", ()),
    "transferred": (BudgetTransferred(from_line=LINE, to_line="2021/renewal", amount=1, legal_text=LEGAL), "amount", ()),
    "carried over": (BudgetCarriedOver(line_id=LINE, amount=1, legal_text=LEGAL), "amount", ()),
    "agreed": (agreed(), "cost", ()),
    "claimed": (claimed(), "evidence.0.amount", AGREED),
    "payment asked for": (asked(), "amount", AGREED),
    "paid": (made(), "amount", ORDERED),
    "accepted": (accepted(), "cost", TO_STATE["claimed"]),
    "recovered": (checked(MILLION), "recover", TO_STATE["settled"]),
    "repaid": (repaid(), "amount", TO_STATE["failed"]),
    "scope": (change("reduce", cost=MILLION), "cost", AGREED),
    "agency's": (reported(), "amount", ()),
}
CASES: dict[str, Bad] = {
    **{f"negative: {name}": unreadable(event, path, -5, before) for name, (event, path, before) in MONEY.items()},
    **{f"absurd: {name}": unreadable(event, path, 10**15 + 1, before) for name, (event, path, before) in MONEY.items()},
    **{f"half a đồng: {name}": unreadable(event, path, 0.5, before) for name, (event, path, before) in MONEY.items()},
    **{
        f"currency: {name}": unreadable(event, ".".join([*path.split(".")[:-1], "currency"]), "USD", before)
        for name, (event, path, before) in MONEY.items()
    },
    "currency: changed": unreadable(BudgetChanged(line_id=LINE, by=1, legal_text=LEGAL), "currency", "USD"),
    "absurd: changed": unreadable(BudgetChanged(line_id=LINE, by=1, legal_text=LEGAL), "by", -(10**15) - 1),
    "absurd: day": unreadable(R2, "requested_on", "0202-12-06"),
    "absurd: year": unreadable(R2, "year", 20211),
    "costs too large": wrong(
        (),
        project("r2", A, invoice("a", 10**15), invoice("b", 10**15)),
        "cost-too-large",
        "evidence",
        ("r2", "2.000.000.000.000.000 đồng"),
        ("r2", "VND 2,000,000,000,000,000"),
    ),
    "date before the scheme is valid": wrong(
        (),
        project("r2", requested_on=date(2018, 5, 14)),
        "scheme-not-in-force",
        "requested_on",
        ("r2", "14/05/2018", "15/05/2018"),
        ("r2", "2018-05-14", "2018-05-15"),
    ),
    "date after the last day of claims": wrong(
        AGREED,
        claimed("k1", filed_on=date(2022, 7, 1)),
        "date-outside",
        "filed_on",
        (ID, "01/07/2022", "30/06/2022"),
        (ID, "2022-07-01", "2022-06-30"),
    ),
    "claim above the agreement": wrong(
        AGREED,
        claimed("k1", invoice("z", 90 * MILLION + 1)),
        "claim-above-agreement",
        "evidence",
        (ID, "k1", "90.000.001 đồng", "90.000.000 đồng"),
        (ID, "k1", "VND 90,000,001", "VND 90,000,000"),
    ),
    "second claim above the agreement": wrong(
        TO_STATE["claimed"],
        claimed("k2", invoice("z", 10 * MILLION + 1)),
        "claim-above-agreement",
        "evidence",
        (ID, "k2", "90.000.001 đồng", "90.000.000 đồng"),
        (ID, "k2", "VND 90,000,001", "VND 90,000,000"),
    ),
    "payment twice": wrong(
        ADVANCED, made(), "payment-twice", "order_id", (ID, "o1", "10.000.000 đồng"), (ID, "o1", "VND 10,000,000")
    ),
    "payment asked for twice": wrong(
        ADVANCED, asked(), "order-id-taken", "order_id", (ID, "o1", "10.000.000 đồng"), (ID, "o1", "VND 10,000,000")
    ),
    "payment of another amount": wrong(
        ORDERED,
        made(amount=9 * MILLION),
        "payment-other-amount",
        "amount",
        (ID, "o1", "9.000.000 đồng", "10.000.000 đồng"),
        (ID, "o1", "VND 9,000,000", "VND 10,000,000"),
    ),
    "advance above its share": wrong(
        AGREED,
        asked(amount=31_500_001),
        "payment-above-due",
        "amount",
        (ID, "o1", "31.500.001 đồng", "31.500.000 đồng"),
        (ID, "o1", "VND 31,500,001", "VND 31,500,000"),
    ),
    "final payment above the settlement": wrong(
        TO_STATE["accepted"],
        final(amount=30 * MILLION + 1),
        "payment-above-due",
        "amount",
        (ID, "o9", "30.000.001 đồng", "30.000.000 đồng"),
        (ID, "o9", "VND 30,000,001", "VND 30,000,000"),
    ),
    "acceptance without claim": wrong(
        ADVANCED, accepted(), "acceptance-without-claim", "cost", (ID, "80.000.000 đồng"), (ID, "VND 80,000,000")
    ),
    "acceptance above the claims": wrong(
        TO_STATE["claimed"],
        accepted(80 * MILLION + 1),
        "accepted-above-claimed",
        "cost",
        (ID, "80.000.001 đồng", "80.000.000 đồng"),
        (ID, "VND 80,000,001", "VND 80,000,000"),
    ),
    "recovery above what is kept": wrong(
        TO_STATE["settled"],
        checked(40 * MILLION + 1),
        "recovery-above-paid",
        "recover",
        (ID, "40.000.001 đồng", "40.000.000 đồng"),
        (ID, "VND 40,000,001", "VND 40,000,000"),
    ),
    "repayment above the balance": wrong(
        TO_STATE["failed"],
        repaid(amount=15 * MILLION + 1),
        "repayment-above-balance",
        "amount",
        (ID, "15.000.001 đồng", "15.000.000 đồng"),
        (ID, "VND 15,000,001", "VND 15,000,000"),
    ),
    "repayment of nothing": wrong(
        TO_STATE["claimed"], repaid(), "nothing-to-recover", "grant_id", (ID, "10.000.000 đồng"), (ID, "VND 10,000,000")
    ),
    "version of the day of another": wrong(
        (),
        scheme(version="N"),
        "scheme-date-taken",
        "effective_from",
        ("fair-abroad", "N", "TT29-2018", "15/05/2018"),
        ("fair-abroad", "N", "TT29-2018", "2018-05-15"),
    ),
    "version of the name of another": wrong(
        (),
        scheme(effective_from=date(2019, 1, 1)),
        "scheme-version-taken",
        "version",
        ("fair-abroad", "TT29-2018", "15/05/2018"),
        ("fair-abroad", "TT29-2018", "2018-05-15"),
    ),
    "version with a fault": wrong(
        (),
        renewal(version="N", effective_from=date(2023, 1, 1), rate_percent=None),
        "scheme-not-valid",
        "rate_percent",
        ("renewal", "N", "không có tỷ lệ"),
        ("renewal", "N", "has no rate"),
    ),
    "request id of another": wrong((), project("r1"), "request-id-taken", "request_id", ("r1",)),
}


def on_the_wire(bad: Bad) -> bytes:
    """The event as its publisher would send it, with what is wrong in its place."""
    raw = json.loads(make_event(bad.event, id=EVENT, time=NOON).to_json())
    for path, value in bad.says.items():
        place: Any = raw["data"]
        *way, last = (int(step) if step.isdigit() else step for step in path.split("."))
        for step in way:
            place = place[step]
        place[last] = value
    return json.dumps(raw).encode()


def state_of(city: City) -> list[str]:
    """All that is kept and all that is held, in words that can be compared."""
    running = city["support"]
    kept = [f"{number}/{key}: {d!r}" for number, some in enumerate(running.documents) for key, d in some.items() if d is not None]
    return [*sorted(kept), f"held: {running.held}"]


@pytest.mark.parametrize("name", CASES)
def test_bad_input_is_refused_in_both_languages_and_changes_nothing(name: str) -> None:
    bad = CASES[name]
    city = granted(*bad.before)
    assert city.refusals == []
    before, said = state_of(city), len(city.published)
    city.send(bad.event.contract.topic.name, on_the_wire(bad))
    no = city.refusals[0]
    assert (no.slug, no.field, no.rejected_id) == (bad.slug, bad.field, EVENT)
    assert [word for word in bad.vi if word not in no.vi] == [], no.vi
    assert [word for word in bad.en if word not in no.en] == [], no.en
    # What to do next stands behind the last semicolon, or in a sentence of its own.
    assert (";" in no.vi or ". Hãy" in no.vi, ";" in no.en or ". Mend" in no.en) == (True, True)
    assert {event.type for event in city.published[said:]} == {no.contract.type}
    assert state_of(city) == before


def test_what_is_right_of_each_is_taken_so_that_only_what_is_wrong_is_refused() -> None:
    for name, bad in CASES.items():
        if bad.says:
            city = granted(*bad.before)
            city.send(bad.event.contract.topic.name, on_the_wire(bad._replace(says={})))
            assert [no.slug for no in city.refusals if no.slug == "invalid-data"] == [], name


@pytest.mark.parametrize(
    ("field", "value"), [("cap", -5), ("cap", 10**15 + 1), ("rate_percent", 101), ("effective_from", "soon")]
)
def test_version_that_cannot_be_read_is_refused_by_who_answers_for_the_programme(field: str, value: Any) -> None:
    bad = unreadable(scheme(version="N", effective_from=date(2023, 1, 1)), field, value)
    city = City.of(applications, service)
    before = state_of(city)
    city.send(bad.event.contract.topic.name, on_the_wire(bad))
    (no,) = city.refusals
    assert (no.slug, no.field, no.rejected_id) == (bad.slug, bad.field, EVENT)
    assert [word for word in bad.vi if word not in no.vi or word not in no.en] == []
    assert state_of(city) == before


@pytest.mark.parametrize(
    ("wrong_id", "awaited"),
    [({"scheme_id": "no-such"}, "schemes/no-such"), ({"activity_id": "no-such", "scheme_id": "fair-abroad"}, "/no-such")],
)
def test_request_for_what_never_comes_is_answered_in_two_weeks_and_leaves_nothing(wrong_id: dict[str, str], awaited: str) -> None:
    monday = date(2021, 12, 6)
    city = granted(day(monday))
    before = state_of(city)
    event = make_event(request("r2", **wrong_id), id=EVENT, time=NOON)
    city.publish(event)
    city.publish(make_event(day(monday + timedelta(days=14)), id="d1", time=NOON))
    assert city.refusals == []
    city.publish(make_event(day(monday + timedelta(days=15)), id="d2", time=NOON))
    (no,) = city.refusals
    assert (no.slug, no.rejected_id) == ("awaited-never-came", EVENT)
    for text in (no.vi, no.en):
        assert awaited in text and EVENT in text and "10" in text
    assert state_of(city) == before


def test_every_sum_of_money_that_comes_from_outside_can_only_be_dong() -> None:
    contracts = {type(event) for event, _, _ in MONEY.values()} | {BudgetChanged, ExternalSupportReported}
    for model in contracts:
        assert "currency" in model.model_fields or "evidence" in model.model_fields, model
