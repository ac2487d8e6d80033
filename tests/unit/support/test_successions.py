"""Changed and merged tax codes: what an enterprise has, owes and was supported for goes on with it, and counts once."""

from collections import Counter
from datetime import date, timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shared.contracts.activities import Exclusion, OverlapResolved, OverlapRulesIssued
from shared.contracts.applications import EnterpriseMerged
from shared.contracts.base import Data, derived_id, make_event
from shared.contracts.grants import SupportCancelled
from shared.contracts.recognitions import RecognitionTransferred
from shared.contracts.registers import RuralEstablishmentConfirmed
from shared.contracts.support_activities import BeneficiaryCounted, EnterpriseUncovered, OverlapFound
from shared.http import application
from shared.messaging.routing import partition_of
from shared.testing.memory import PARTITIONS, City, MemoryReader, Running, run
from starlette.testclient import TestClient
from support.api import routes
from support.domain.coverage import Coverage, Missed
from support.domain.enterprises import Activity, Holder
from support.domain.grants import Grant
from support.domain.lines import Line
from support.domain.recoveries import Account
from support.domain.reports import FoundOverlap
from support.domain.requests import Request
from support.domain.standings import DueStandings
from support.domain.successions import Belongings, FormerCode
from support.domain.waiting import DueRequests
from support.handlers.homes import COLLECTIONS
from support.main import service
from unit.support.cases import (
    MILLION,
    MONDAY,
    NOON,
    A,
    B,
    allocated,
    day,
    enterprise,
    fair,
    places,
    project,
    recognised,
    renewal,
    request,
    scheme,
    told,
)
from unit.support.grant_cases import (
    ID,
    SET_UP,
    TO_STATE,
    agreed,
    asked,
    checked,
    claimed,
    final,
    final_made,
    made,
    more,
    repaid,
    revoked,
    slugs,
    the,
    withdrawn,
)
from unit.support.test_coverage import asked as coverage_asked
from unit.support.test_coverage import joined
from unit.support.test_overlap import reported

FREE = [f"02000000{n:02d}" for n in range(40)]
HERE = partition_of(A, PARTITIONS)
SAME = next(code for code in FREE if partition_of(code, PARTITIONS) == HERE)
OTHER = next(code for code in FREE if partition_of(code, PARTITIONS) != HERE)
LAST = next(code for code in FREE if partition_of(code, PARTITIONS) not in (HERE, partition_of(OTHER, PARTITIONS)))
CERTIFICATE = "2021-001"
RULES = OverlapRulesIssued(
    rules_id="q1",
    effective_from=date(2020, 1, 1),
    exclusions=(
        Exclusion(rule_id="k1", programmes=("renewal", "kc"), window="year", clause_vi="Không trùng", clause_en="Not twice"),
    ),
    legal_text="Quy định",
)


def merged(former: str = A, to: str = OTHER, why: str = "code-changed") -> EnterpriseMerged:
    return EnterpriseMerged.model_validate({"tax_code": to, "formerly": former, "merged_on": MONDAY, "why": why})


def transferred(former: str = A, to: str = OTHER, certificate: str = CERTIFICATE) -> RecognitionTransferred:
    facts = {"certificate": certificate, "tax_code": to, "formerly": former, "product_id": f"sp-{A}", "merged_on": MONDAY}
    return RecognitionTransferred.model_validate(facts)


def replayed(city: City) -> Running:
    """The service made again from its logs alone."""
    running, again = city["support"], Running(service)
    for number, log in enumerate(running.log):
        again.log[number] = list(log)
    while any(partition.next < len(log) for partition, log in zip(again.partitions, again.log, strict=True)):
        again.step()
    return again


def kept(running: Running) -> list[dict[Any, Any]]:
    return [{key: document for key, document in documents.items() if document} for documents in running.documents]


# -- the whole life of a grant, with the change of code at any place -------------------------------------------------------

LIFE: tuple[Data, ...] = (
    *TO_STATE["accepted"],
    final(amount=30 * MILLION),
    final_made(amount=30 * MILLION),
    checked(15 * MILLION),
    repaid(amount=5 * MILLION),
)
SETTING = SET_UP[:-1]
STORY: tuple[Data, ...] = (recognised(), project(), *LIFE)


@pytest.mark.parametrize("to", [SAME, OTHER], ids=["same partition", "another partition"])
@pytest.mark.parametrize("place", range(len(STORY) + 1))
def test_grant_lives_on_under_the_new_code_wherever_in_its_life_that_comes(place: int, to: str) -> None:
    plain = run(service, *SETTING, *STORY)
    city = run(service, *SETTING, *STORY[:place], merged(to=to), *STORY[place:])
    assert slugs(city) == slugs(plain) == []
    assert the(city) == the(plain).but(tax_code=to)
    assert city["support"].all(Line) == plain["support"].all(Line)
    assert city["support"].find(Account, A) is None
    account = city["support"].find(Account, to)
    assert account is not None and [(d.grant_id, d.balance) for d in account.debts] == [(ID, 10 * MILLION)]
    assert kept(replayed(city)) == kept(city["support"])


def test_nothing_is_left_at_the_former_code_and_belongings_name_all_there_is() -> None:
    rural = {"requires": None, "beneficiaries": ("recognition", "rural-establishment"), "counts_as": "rural-equipment"}
    events = (scheme(), renewal(**rural), fair(), fair("paris", allocates_on=date(2021, 12, 10)), enterprise(A), recognised())
    city = run(
        service,
        *events,
        allocated(10**9),
        allocated(10**9, "renewal"),
        day(MONDAY),
        request("r1"),
        request("r2", activity_id="paris"),
        project("r3"),
        project("r4", activity_id="saw"),
        reported(),
        RuralEstablishmentConfirmed(tax_code=A, confirmed_on=MONDAY),
        joined(A, "hannover"),
        withdrawn(grant_id=f"{A}/r4"),
        merged(),
    )
    belonging = [{key for key in documents if key[0] in COLLECTIONS} for documents in kept(city["support"])]
    assert belonging[HERE] == set()
    assert {kind for kind, _ in belonging[partition_of(OTHER, PARTITIONS)]} == set(COLLECTIONS)
    belongings = city["support"].find(Belongings, OTHER)
    assert belongings is not None
    assert belonging[partition_of(OTHER, PARTITIONS)] <= set(belongings.places)


# -- nothing twice ---------------------------------------------------------------------------------------------------------

CAPPED = scheme(cap=None, caps=({"unit": "enterprise-year", "amount": 100 * MILLION},))
PARIS = fair("paris")
TWICE: dict[str, tuple[tuple[Data, ...], Data, str]] = {
    "the activity": ((scheme(), request("r1")), request("r9", OTHER), "r9 declined overlap"),
    "the project of its recognition": (
        (scheme(), recognised(), project("r1")),
        project("r9", OTHER),
        "r9 declined overlap",
    ),
    "the invoice": (
        (scheme(), request("r1")),
        request("r9", OTHER, *request("r1").evidence, activity_id="paris"),
        "r9 declined cost-already-supported",
    ),
    "the cap of its year": ((CAPPED, request("r1")), request("r9", OTHER, activity_id="paris"), "r9 granted 10"),
    "a debt": (
        (scheme(), recognised(), project("r1"), *LIFE),
        request("r9", OTHER, activity_id="paris"),
        "r9 declined debt-outstanding",
    ),
    "the support of an agency": ((scheme(), reported()), request("r9", OTHER), "r9 declined overlap"),
    "a rule that excludes": (
        (scheme(), RULES, recognised(), reported(activity_kind=None, activity_id=None, programme="kc")),
        project("r9", OTHER),
        "r9 declined programmes-exclude-each-other",
    ),
    "the papers of its former entry": ((scheme(),), request("r9", OTHER, activity_id="paris"), "r9 granted 90"),
}
AROUND: tuple[Data, ...] = (renewal(advance_percent=70), fair(), PARIS, allocated(10**9), allocated(10**9, "renewal"))


@pytest.mark.parametrize("before", [True, False], ids=["before the merger", "after it, under the former code"])
@pytest.mark.parametrize("what", TWICE)
def test_what_a_former_code_has_counts_under_the_new_one(what: str, before: bool) -> None:
    under_former, under_new, outcome = TWICE[what]
    schemes, said = under_former[:1], under_former[1:]
    story = (*said, merged()) if before else (merged(), *said)
    city = run(service, *schemes, *AROUND, enterprise(A), *story, under_new)
    assert (told(city)[-1], slugs(city)) == (outcome, [])
    assert kept(replayed(city)) == kept(city["support"])


def test_request_waiting_for_a_recognition_or_money_or_a_place_goes_on_waiting_and_is_served() -> None:
    later = fair("paris", places=1)
    city = run(
        service,
        *(scheme(), renewal(), fair(), later, enterprise(A), enterprise(B), allocated(10**9, "renewal")),
        day(MONDAY),
        project("r1"),
        request("r2"),
        request("b1", B, activity_id="paris"),
        request("r3", activity_id="paris"),
        merged(),
    )
    assert told(city)[-1] == "r3 waits for place"
    more(city, recognised(OTHER), allocated(10**9), withdrawn(grant_id=f"{B}/b1", withdrawn_on=MONDAY))
    assert sorted(line for line in told(city) if "granted" in line) == [
        "b1 granted 90",
        "r1 granted 45",
        "r2 granted 90",
        "r3 granted 90",
    ]
    assert {r.id: r.tax_code for r in city["support"].all(Request)} == {f"{A}/r{n}": OTHER for n in (1, 2, 3)} | {f"{B}/b1": B}


def test_request_that_waits_too_long_is_declined_once_on_its_day() -> None:
    city = run(service, *(scheme(), renewal(), enterprise(A)), day(MONDAY), project("r1"), merged(), day(date(2022, 1, 10)))
    assert told(city) == ["r1 waits for recognition", "r1 declined no-recognition"]
    dues = [due for documents in kept(city["support"]) for due in documents.values() if type(due) is DueRequests]
    assert [due.requests for due in dues] == [()] * len(dues)


def test_priority_of_a_recognition_that_comes_under_the_new_code_reaches_the_line() -> None:
    paris = fair("paris", places=1, allocates_on=date(2021, 12, 10))
    first, second = request("b1", B, activity_id="paris"), request("r1", activity_id="paris")
    city = run(service, scheme(), paris, enterprise(A), enterprise(B), allocated(10**9), day(MONDAY), first, second, merged())
    more(city, recognised(OTHER), day(date(2021, 12, 10)))
    assert places(city, "paris") == (["r1"], ["b1"])


# -- two that turn out to be one -------------------------------------------------------------------------------------------

BOTH = (request("r1"), request("r9", OTHER))
FOUND = (scheme(), renewal(), fair(), PARIS, enterprise(A), enterprise(OTHER))


@pytest.mark.parametrize(
    ("why", "money", "outcome", "found"),
    [
        ("duplicate", 10**9, ["r1 granted 90", "r9 granted 90"], ["r9"]),
        ("code-changed", 10**9, ["r1 granted 90", "r9 granted 90"], ["r9"]),
        ("merged", 10**9, ["r1 granted 90", "r9 granted 90"], []),
        ("duplicate", 90 * MILLION, ["r1 granted 90", "r9 waits for budget", "r9 declined overlap"], []),
        ("merged", 90 * MILLION, ["r1 granted 90", "r9 waits for budget", "r9 declined overlap"], []),
        ("duplicate", MILLION, ["r1 waits for budget", "r9 waits for budget", "r9 declined overlap"], []),
    ],
)
@pytest.mark.parametrize("way", ["forth", "back"])
def test_two_requests_for_one_activity_of_one_enterprise_end_as_one(
    why: str, money: int, outcome: list[str], found: list[str], way: str
) -> None:
    into = (A, OTHER) if way == "forth" else (OTHER, A)
    city = run(service, *FOUND, allocated(money), *BOTH, merged(*into, why=why))
    assert (told(city), [o.request_id for o in city.of_type(OverlapFound)]) == (outcome, found)
    assert [len(g.holds) for g in city["support"].all(Grant) if g.request_id in found] == [1] * len(found)
    assert slugs(city) == []


@pytest.mark.parametrize("code", [A, OTHER])
def test_department_resolves_the_overlap_under_either_code(code: str) -> None:
    city = run(service, *FOUND, allocated(10**9), *BOTH, merged(why="duplicate"))
    (overlap,) = city["support"].all(FoundOverlap)
    facts = {
        "tax_code": code,
        "overlap_id": overlap.overlap_id,
        "resolved_on": MONDAY,
        "by": "anna",
        "reason": "Một doanh nghiệp",
    }
    more(city, OverlapResolved.model_validate(facts | {"outcome": "cancelled"}))
    assert [(g.id, g.state) for g in city["support"].all(Grant)] == [(ID, "granted"), (f"{OTHER}/r9", "cancelled")]
    assert slugs(city) == []


def test_activity_of_a_merged_enterprise_stays_taken_until_both_grants_are_gone() -> None:
    city = run(service, *FOUND, allocated(10**9), *BOTH, merged(why="merged"))
    more(city, withdrawn(), request("r10", OTHER))
    assert told(city)[-1] == "r10 declined overlap"
    more(city, withdrawn(grant_id=f"{OTHER}/r9"), request("r11", OTHER))
    assert told(city)[-1] == "r11 granted 90"
    (activity,) = city["support"].all(Activity)
    assert (activity.request_id, activity.also) == (f"{OTHER}/r11", ())


def test_agency_report_on_one_code_meets_the_grant_of_the_other() -> None:
    for former, to in ((A, OTHER), (OTHER, A)):
        city = run(service, *FOUND, allocated(10**9), request("r1"), reported(tax_code=OTHER), merged(former, to))
        assert [(o.request_id, o.report_id, o.tax_code) for o in city.of_type(OverlapFound)] == [("r1", "KC-1", to)]
        excluded = reported("KC-2", OTHER, activity_kind=None, activity_id=None, programme="kc")
        rest = (recognised(), allocated(10**9, "renewal"), project("r2"))
        city = run(service, *FOUND, RULES, *rest, excluded, merged(former, to))
        assert [(o.request_id, o.report_id, o.by) for o in city.of_type(OverlapFound)] == [("r2", "KC-2", "exclusion")]


# -- recognitions ----------------------------------------------------------------------------------------------------------

NEWS = (merged(), transferred(), revoked(OTHER, certificate=CERTIFICATE))
ORDERS = [order for order in permutations(NEWS) if order.index(NEWS[1]) < order.index(NEWS[2])]


@pytest.mark.parametrize("order", ORDERS, ids=["merger first", "transfer first", "merger last"])
def test_revocation_under_the_new_code_cancels_what_rests_on_the_certificate(order: tuple[Data, ...]) -> None:
    city = run(service, *SET_UP, project(), day(MONDAY), agreed(), *order)
    assert (the(city).state, slugs(city), city["support"].held) == ("cancelled", [], {})
    assert [c.reason.slug for c in city.of_type(SupportCancelled)] == ["recognition-revoked"]
    assert kept(replayed(city)) == kept(city["support"])


def test_certificate_recognised_late_under_the_former_code_is_held_by_the_new_one() -> None:
    city = run(service, *SETTING, merged(), transferred(), revoked(OTHER, certificate=CERTIFICATE, revoked_on=date(2022, 1, 3)))
    assert list(city["support"].held.values()) == [f"waits for held_certificates/{CERTIFICATE}"]
    more(city, recognised(), project(tax_code=OTHER))
    assert (told(city), slugs(city)) == (["r1 granted 45"], [])
    holder = city["support"].find(Holder, OTHER)
    assert holder is not None and holder.recognition(CERTIFICATE).revoked_on == date(2022, 1, 3)


def test_revocation_of_a_later_day_takes_effect_on_it_under_the_new_code() -> None:
    city = run(service, *SET_UP, project(), day(MONDAY), revoked(revoked_on=date(2022, 1, 3)), merged())
    assert the(city).state == "granted"
    more(city, day(date(2022, 1, 3)))
    assert (the(city).state, slugs(city), city["support"].held) == ("cancelled", [], {})
    dues = [due for documents in kept(city["support"]) for due in documents.values() if type(due) is DueStandings]
    assert {d.tax_code for due in dues for d in due.due} <= {OTHER}


def test_grant_rests_on_another_certificate_of_the_successor() -> None:
    theirs = recognised(OTHER)
    city = run(service, *SET_UP, theirs, project(), day(MONDAY), merged(), transferred())
    more(city, revoked(OTHER, certificate=CERTIFICATE))
    assert (the(city).state, the(city).certificate) == ("granted", theirs.certificate)


# -- what waits, and chains -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("early", "state"), [(agreed(), "granted"), (withdrawn(withdrawn_on=MONDAY), "declined")], ids=["agreement", "withdrawal"]
)
def test_report_that_came_before_its_request_is_handled_with_it(early: Data, state: str) -> None:
    city = run(service, *SET_UP, early, merged(), project())
    assert (slugs(city), city["support"].held) == ([], {})
    assert [r.state for r in city["support"].all(Request)] == [state]
    assert [g.state for g in city["support"].all(Grant)] == (["agreed"] if state == "granted" else [])


def test_enterprise_merged_twice_has_all_of_both_whichever_merger_came_first() -> None:
    links = (merged(), merged(OTHER, LAST))
    ends = []
    for order in permutations(links):
        city = run(service, *SET_UP, enterprise(LAST), project(), *LIFE[:3], *order)
        more(city, claimed(), project("r9", LAST))
        assert (the(city).tax_code, the(city).state, told(city)[-1]) == (LAST, "claimed", "r9 declined overlap")
        assert slugs(city) == []
        ends.append({g.id: g for g in city["support"].all(Grant)})
    assert ends[0] == ends[1]


def test_merger_sent_again_changes_nothing() -> None:
    city = run(service, *SET_UP, project(), merged())
    before = kept(city["support"])
    more(city, merged())
    assert (kept(city["support"]), slugs(city)) == (before, [])
    assert [code.tax_code for code in city["support"].all(FormerCode)] == [OTHER]


# -- coverage --------------------------------------------------------------------------------------------------------------


def test_successor_counts_once_in_coverage_and_in_the_figures_of_the_plan() -> None:
    rural = renewal(counts_as="rural-equipment")
    both = (recognised(), recognised(OTHER), project("r1"), project("r9", OTHER, activity_id="saw"))
    city = run(service, scheme(), rural, allocated(10**9, "renewal"), *both, merged(why="merged"))
    (coverage,) = [c for c in city["support"].all(Coverage) if c.year == 2021]
    assert (coverage.tax_code, coverage.covered, coverage.grants) == (OTHER, True, (f"{OTHER}/r9", ID))
    counts = Counter[str]()
    for news in city.of_type(BeneficiaryCounted):
        counts[news.tax_code] += 1 if news.counted else -1
    assert {code: n for code, n in counts.items() if n} == {OTHER: 1}
    more(city, withdrawn(), withdrawn(grant_id=f"{OTHER}/r9"))
    assert city.of_type(BeneficiaryCounted)[-1].counted is False


def test_successor_that_was_missed_is_told_once() -> None:
    ask = coverage_asked(date(2021, 12, 20))
    city = run(service, day(MONDAY), ask, recognised(), recognised(OTHER), merged(), day(date(2021, 12, 20)))
    assert [news.tax_code for news in city.of_type(EnterpriseUncovered)] == [OTHER]
    codes = [missed.tax_codes for documents in kept(city["support"]) for missed in documents.values() if type(missed) is Missed]
    assert {code for some in codes for code in some} == {OTHER}


# -- over HTTP -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [A, OTHER])
def test_former_code_and_the_one_now_find_the_same(code: str) -> None:
    paid_back = (recognised(), project(), *LIFE)
    city = run(service, *SETTING, enterprise(OTHER), *paid_back, project("r1", LAST), reported(), merged(), merged(OTHER, LAST))
    client = TestClient(application(routes(MemoryReader(city["support"]))))
    assert [item["id"] for item in client.get(f"/grants?tax_code={code}").json()["items"]] == [ID, f"{LAST}/r1"]
    debts = client.get(f"/debts/{code}").json()
    assert (debts["tax_code"], debts["balance"]) == (LAST, 10 * MILLION)
    assert client.get(f"/grants/{ID}").json()["tax_code"] == LAST


def test_number_that_two_enterprises_used_is_answered_with_what_to_name() -> None:
    city = run(service, *SETTING, recognised(), project("r1"), request("r1", B), request("r2", B))
    client = TestClient(application(routes(MemoryReader(city["support"]))))
    for path in ("/grants/r1", "/grants/r1/payments"):
        answer = client.get(path)
        assert (answer.status_code, answer.json()["slug"]) == (409, "request-id-shared")
        assert f"/grants/{A}/r1" in answer.json()["vi"]
    assert [client.get(f"/grants/{name}").json()["id"] for name in (f"{B}/r1", "r2")] == [f"{B}/r1", f"{B}/r2"]


# -- any order -------------------------------------------------------------------------------------------------------------

STREAMS: tuple[tuple[Data, ...], ...] = (
    (recognised(), project("r1"), agreed(), asked(), made()),
    (request("r2"), withdrawn(grant_id=f"{A}/r2")),
    (request("r9", OTHER), project("r8", OTHER)),
    (reported("KC-7", OTHER, activity_id="paris"), request("r7", activity_id="paris")),
    (merged(why="duplicate"), transferred()),
)


@settings(max_examples=60, deadline=None)
@given(st.permutations([n for n, stream in enumerate(STREAMS) for _ in stream]))
def test_no_activity_is_supported_twice_and_no_money_lost_whatever_came_when(turns: list[int]) -> None:
    events = [STREAMS[n][turns[:place].count(n)] for place, n in enumerate(turns)]
    when = iter(NOON + timedelta(seconds=n) for n in range(99))
    stamped = [make_event(e, id=derived_id(repr(e)), time=next(when)) for e in (*SETTING, PARIS, enterprise(OTHER), *events)]
    city = run(service, *stamped)
    # What is reported of a request that was declined, because it turned out to be the second, has no grant.
    assert (set(slugs(city)) <= {"not-granted"}, city["support"].held) == (True, {})
    live = [g for g in city["support"].all(Grant) if not g.ended and not g.holds]
    assert {g.tax_code for g in live} <= {OTHER}
    assert max(Counter(g.activity_id for g in live).values(), default=0) <= 1
    for line in city["support"].all(Line):
        held = sum(g.on_line.held for g in city["support"].all(Grant) if f"line:{g.line_id}" == line.id)
        assert line.used == held
    assert kept(replayed(city)) == kept(city["support"])
