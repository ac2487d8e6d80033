"""No overlap: one activity and one cost are supported once, whoever pays; programmes exclude each other by rules in versions."""

from datetime import date

import pytest
from shared.contracts.activities import Exclusion, OverlapResolved, OverlapRulesIssued
from shared.contracts.agencies import CostReference, ExternalSupportReported
from shared.contracts.support import GrantHeld, GrantReleased, SupportDeclined
from shared.contracts.support_activities import OverlapFound
from support.domain.amounts import in_words
from support.domain.overlap import (
    CostAlreadySupported,
    ExclusionUnclear,
    Overlap,
    OverlapRulesTaken,
    ProgrammesExclude,
    Support,
    Supports,
    holder_words,
)
from support.domain.reports import (
    CostNotIdentified,
    FoundOverlap,
    OverlapAlreadyResolved,
    ReducedAboveGrant,
    ReductionUnclear,
    ReportTaken,
    ReportWithoutObject,
    overlap_id_of,
)
from unit.support.cases import (
    LINE,
    MILLION,
    MONDAY,
    SELLER,
    A,
    B,
    allocated,
    day,
    fair,
    invoice,
    later,
    logged,
    places,
    play,
    project,
    recognised,
    refused,
    request,
    scheme,
    supply,
    told,
)

MONEY = allocated(10**9), allocated(10**9, "renewal"), allocated(10**9, "kc-fair")
HASH = "a" * 64
KC = "khuyen-cong"
TT28 = scheme("kc-fair", version="TT28-2018", cap=None, legal_text="TT 28/2018/TT-BTC, điều 8.6")


def reported(report_id="KC-1", tax_code=A, **changes):
    """Khuyến công paid the whole fair (TT 28/2018)."""
    facts = {
        "report_id": report_id,
        "agency": KC,
        "tax_code": tax_code,
        "year": 2021,
        "activity_kind": "fair",
        "activity_id": "hannover",
        "amount": 180 * MILLION,
        "supported_on": MONDAY,
    }
    return ExternalSupportReported.model_validate(facts | changes)


def cost_reported(cost, report_id="KC-1", tax_code=B, **changes):
    """An agency paid a cost, of whatever activity."""
    return reported(report_id, tax_code, activity_kind=None, activity_id=None, costs=(cost,), **changes)


def by_invoice(number):
    return CostReference(seller_tax_code=SELLER, invoice=number)


def exclusion(rule_id="r", programmes=("fair-abroad", "kc"), **changes):
    facts = {"window": "year", "clause_vi": "Một nguồn một năm.", "clause_en": "One source a year."}
    return Exclusion.model_validate({"rule_id": rule_id, "programmes": programmes} | facts | changes)


def rules(*exclusions, rules_id="no-overlap", effective_from=date(2021, 1, 1)):
    return OverlapRulesIssued(rules_id=rules_id, effective_from=effective_from, exclusions=exclusions, legal_text="Quy định")


def resolved(outcome="no-overlap", report_id="KC-1", tax_code=A, request_id="r1", **changes):
    id = overlap_id_of(tax_code, request_id, KC, report_id)
    facts = {"overlap_id": id, "tax_code": tax_code, "outcome": outcome, "by": "so-cong-thuong"}
    return OverlapResolved.model_validate(facts | {"resolved_on": MONDAY, "reason": "Đã kiểm tra"} | changes)


# -- one activity, one cost --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("first", ["fair-abroad", "kc-fair"])
def test_fair_under_tt29_and_under_tt28_is_supported_once_whichever_comes_first(first):
    second = {"fair-abroad": "kc-fair", "kc-fair": "fair-abroad"}[first]
    city = play(TT28, *MONEY, request("r1", scheme_id=first), request("r2", scheme_id=second))
    assert told(city) == ["r1 granted 90", "r2 declined overlap"]


@pytest.mark.parametrize("kind", ["fair", "fair-abroad"])
def test_fair_another_agency_paid_is_declined_naming_the_agency(kind):
    city = play(*MONEY, reported(activity_kind=kind), request("r1"), request("r2", B))
    assert told(city) == ["r1 declined overlap", "r2 granted 90"]
    assert [r.vi for r in city.of_type(SupportDeclined)[0].reasons] == [
        "Hoạt động hannover của doanh nghiệp 0100000001 đã thuộc hỗ trợ KC-1 của cơ quan khuyen-cong; "
        "mỗi hoạt động chỉ được hỗ trợ một lần, dù theo chính sách nào."
    ]


@pytest.mark.parametrize(
    ("cost", "outcome"),
    [
        (by_invoice("i1"), "r1 declined cost-already-supported"),
        (CostReference(sha256=HASH), "r1 declined cost-already-supported"),
        (CostReference(seller_tax_code=SELLER, invoice="i9", sha256=HASH), "r1 declined cost-already-supported"),
        (CostReference(seller_tax_code="0301111111", invoice="i1"), "r1 granted 90"),
        (CostReference(sha256="b" * 64), "r1 granted 90"),
    ],
)
def test_cost_is_known_by_invoice_and_seller_or_by_its_document(cost, outcome):
    paid = invoice("i1", 90 * MILLION).model_copy(update={"sha256": HASH})
    assert told(play(*MONEY, cost_reported(cost), request("r1", A, paid))) == [outcome]


def test_document_shown_twice_is_one_cost():
    one, two = (invoice(n, 9 * MILLION).model_copy(update={"sha256": HASH}) for n in ("i1", "i2"))
    assert refused(play(*MONEY, request("r1", A, one, two))) == {("invoice-twice", "evidence.1")}
    assert told(play(*MONEY, request("r1", A, one), request("r2", B, two))) == [
        "r1 granted 9",
        "r2 declined cost-already-supported",
    ]


def test_cost_of_an_earlier_year_is_not_supported_again():
    last_year = request("r1", A, invoice("i1", MILLION), year=2020, requested_on=date(2020, 12, 7))
    money = allocated(MILLION, line_id="2020/fair-abroad", year=2020)
    city = play(*MONEY, money, fair("osaka"), last_year, request("r2", A, invoice("i1", MILLION), activity_id="osaka"))
    assert told(city) == ["r1 granted 1", "r2 declined cost-already-supported"]


# -- a report that comes after --------------------------------------------------------------------------------------------------


def test_report_after_the_grant_raises_an_overlap_and_holds_the_grant():
    city = play(*MONEY, request("r1", made=True), reported())
    (found,) = city.of_type(OverlapFound)
    id = overlap_id_of(A, "r1", KC, "KC-1")
    vi = (
        "Hoạt động hannover đã được cơ quan khuyen-cong hỗ trợ 180.000.000 đồng (báo cáo KC-1); "
        "khoản hỗ trợ của đề nghị r1 được giữ lại đến khi Sở Công Thương quyết định."
    )
    assert found == OverlapFound(
        overlap_id=id,
        grant_id=f"{A}/r1",
        request_id="r1",
        tax_code=A,
        scheme_id="fair-abroad",
        activity_id="hannover",
        granted=90 * MILLION,
        agency=KC,
        report_id="KC-1",
        reported=180 * MILLION,
        by="activity",
        thing="hannover",
        vi=vi,
        en="Activity hannover was supported by agency khuyen-cong with VND 180,000,000 (report KC-1); "
        "the grant of request r1 is held until the department decides.",
        made=True,
    )
    assert logged(city, GrantHeld) == [GrantHeld(request_id="r1", tax_code=A, overlap_id=id, why=vi)]


def test_cost_reported_after_the_grant_raises_an_overlap_with_whoever_holds_it():
    city = play(*MONEY, request("r1", A, invoice("i1", 90 * MILLION)), cost_reported(by_invoice("i1"), tax_code=B))
    assert [(f.tax_code, f.request_id, f.by, f.thing) for f in city.of_type(OverlapFound)] == [(A, "r1", "cost", f"{SELLER}/i1")]


def test_one_report_makes_one_overlap_whatever_is_in_common():
    paid = invoice("i1", 90 * MILLION).model_copy(update={"sha256": HASH})
    both = reported(costs=(CostReference(seller_tax_code=SELLER, invoice="i1", sha256=HASH),))
    city = play(*MONEY, request("r1", A, paid), both)
    assert len(city.of_type(OverlapFound)) == len(logged(city, GrantHeld)) == 1
    (overlap,) = city["support"].all(FoundOverlap)
    assert set(overlap.things) == {"hannover", f"{SELLER}/i1", f"sha256:{HASH}"}


def test_two_agencies_make_two_overlaps():
    city = play(*MONEY, request("r1"), reported(), reported("X-1", agency="khcn"))
    assert [(f.agency, f.report_id) for f in city.of_type(OverlapFound)] == [(KC, "KC-1"), ("khcn", "X-1")]


@pytest.mark.parametrize(
    ("before", "asked", "outcome"),
    [
        ([], project("r1", activity_id="lathe"), ["r1 waits for recognition", "r1 declined overlap"]),
        ([recognised()], project("r1", activity_id="lathe", year=2030), ["r1 waits for budget", "r1 declined overlap"]),
    ],
)
def test_request_under_way_is_declined_when_the_report_comes(before, asked, outcome):
    report = reported(activity_kind="project", activity_id="lathe")
    city = play(*MONEY, *before, asked, report, recognised(), day(date(2022, 3, 1)))
    assert (told(city), city.of_type(OverlapFound)) == (outcome, [])


def test_request_in_line_for_a_place_leaves_it_when_the_report_comes():
    asked = [request(f"r{n}", code, activity_id="osaka") for n, code in enumerate((A, B), 1)]
    city = play(*MONEY, fair("osaka", places=1), *asked, reported("KC-1", B, activity_id="osaka"))
    assert told(city) == ["r1 granted 90", "r2 waits for place", "r2 declined overlap"]
    assert places(city, "osaka") == (["r1"], [])


def test_request_in_line_for_money_leaves_it_when_its_cost_is_reported():
    city = play(request("r1", A, invoice("i1", MILLION)), request("r2", B), cost_reported(by_invoice("i1")))
    assert told(city) == ["r1 waits for budget", "r2 waits for budget", "r1 declined cost-already-supported"]
    assert supply(city, f"line:{LINE}") == (0, 0, ["r2"])
    city.publish(*later(request("r3", A, invoice("i1", MILLION))))
    assert told(city)[3:] == ["r3 declined cost-already-supported"]


def test_report_on_something_else_changes_nothing():
    city = play(*MONEY, request("r1"), reported("KC-1", B), reported("KC-2", activity_kind="project"))
    assert (told(city), city.of_type(OverlapFound)) == (["r1 granted 90"], [])


# -- programmes that exclude each other -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "known", "excluded"),
    [
        (exclusion(), ("kc", 2021, MONDAY), True),
        (exclusion(), ("kc", 2020, MONDAY), False),
        (exclusion(), ("fair-abroad", 2021, MONDAY), True),
        (exclusion(programmes=("fair-abroad",)), ("fair-abroad", 2021, MONDAY), True),
        (exclusion(programmes=("fair-abroad",)), ("kc", 2021, MONDAY), False),
        (exclusion(programmes=("kc", "other")), ("kc", 2021, MONDAY), False),
        (exclusion(window="months", months=24), ("kc", 2019, date(2019, 12, 6)), False),
        (exclusion(window="months", months=24), ("kc", 2019, date(2019, 12, 7)), True),
        (exclusion(window="months", months=24), ("kc", 2023, date(2023, 12, 5)), True),
        (exclusion(window="months", months=24), ("kc", 2023, date(2023, 12, 6)), False),
    ],
)
def test_exclusion_holds_within_its_window(rule, known, excluded):
    programme, year, on = known
    other = Support(id="x", agency=KC, programme=programme, year=year, on=on)
    new = Support(id="r1", programme="fair-abroad", year=2021, on=MONDAY)
    assert bool(Supports(id=A, known=(other,)).excluding(new, [rule])) is excluded


def test_window_that_ends_in_a_shorter_month_ends_on_its_last_day():
    rule = exclusion(window="months", months=1)
    first = Support(id="x", agency=KC, programme="kc", year=2021, on=date(2021, 1, 31))
    last = [Support(id="r", programme="kc", year=2021, on=date(2021, 2, d)) for d in (27, 28)]
    assert [bool(Supports(id=A, known=(first,)).excluding(new, [rule])) for new in last] == [True, False]


def test_request_is_declined_by_a_rule_naming_it_and_the_other_support():
    report = reported(activity_kind=None, activity_id=None, programme="kc")
    city = play(*MONEY, rules(exclusion()), report, request("r1"), request("r2", B))
    assert told(city) == ["r1 declined programmes-exclude-each-other", "r2 granted 90"]
    (no,) = city.of_type(SupportDeclined)[0].reasons
    assert (no.vi, no.field) == (
        "Doanh nghiệp 0100000001 đã có hỗ trợ KC-1 của cơ quan khuyen-cong theo kc (06/12/2021); "
        "quy tắc r không cho thêm fair-abroad: Một nguồn một năm.",
        "scheme_id",
    )


def test_two_schemes_of_the_city_exclude_each_other_by_a_rule_until_the_first_is_declined():
    rule = rules(exclusion(programmes=("fair-abroad", "renewal")))
    city = play(*MONEY, rule, project("r1"), request("r2"), day(date(2022, 3, 1)), request("r3"))
    assert told(city) == [
        "r1 waits for recognition",
        "r2 declined programmes-exclude-each-other",
        "r1 declined no-recognition",
        "r3 granted 90",
    ]


def test_report_excluded_by_a_rule_after_the_grant_raises_an_overlap():
    report = reported(activity_kind=None, activity_id=None, programme="kc")
    city = play(*MONEY, rules(exclusion()), request("r1"), report)
    assert [(f.by, f.thing) for f in city.of_type(OverlapFound)] == [("exclusion", "r")]
    assert city.of_type(OverlapFound)[0].en.startswith("What rule r excludes was supported by agency khuyen-cong with VND 180")


def test_version_in_force_on_the_day_of_the_request_decides():
    versions = rules(exclusion(programmes=("fair-abroad",))), rules(rules_id="none", effective_from=MONDAY)
    before, on = date(2021, 12, 5), MONDAY
    first = request("r1", requested_on=before)
    second = [request(f"r-{d}", activity_id="osaka", requested_on=d) for d in (before, on)]
    city = play(*MONEY, fair("osaka"), *versions, first, *second)
    assert told(city) == ["r1 granted 90", "r-2021-12-05 declined programmes-exclude-each-other", "r-2021-12-06 granted 90"]


# -- resolved ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outcome", "amount"), [("no-overlap", None), ("cancelled", None), ("recovered", None), ("reduced", 60 * MILLION)]
)
def test_resolved_overlap_releases_the_grant_with_its_outcome(outcome, amount):
    city = play(*MONEY, request("r1"), reported(), resolved(outcome, amount=amount))
    id = overlap_id_of(A, "r1", KC, "KC-1")
    assert logged(city, GrantReleased) == [
        GrantReleased(request_id="r1", tax_code=A, overlap_id=id, outcome=outcome, amount=amount)
    ]
    (overlap,) = city["support"].all(FoundOverlap)
    assert (overlap.state, overlap.outcome, overlap.amount, overlap.resolved_by) == (
        "resolved",
        outcome,
        amount,
        "so-cong-thuong",
    )


@pytest.mark.parametrize(
    ("bad", "refusal"),
    [
        (resolved("reduced"), ("reduction-unclear", "amount")),
        (resolved("cancelled", amount=5), ("reduction-unclear", "amount")),
        (resolved("reduced", amount=90 * MILLION), ("reduced-above-grant", "amount")),
        (resolved("reduced", amount=0), ("reduced-above-grant", "amount")),
    ],
)
def test_resolution_is_refused_and_the_overlap_stays_open(bad, refusal):
    city = play(*MONEY, request("r1"), reported(), bad)
    assert (refused(city), logged(city, GrantReleased)) == ({refusal}, [])
    assert [o.state for o in city["support"].all(FoundOverlap)] == ["open"]


def test_overlap_is_resolved_once_and_stays_resolved():
    city = play(*MONEY, request("r1"), reported(), resolved(), resolved("cancelled"))
    assert refused(city) == {("overlap-already-resolved", None)}
    assert len(logged(city, GrantReleased)) == 1


def test_resolution_waits_for_its_overlap():
    city = play(*MONEY, request("r1"), resolved(), reported())
    assert len(logged(city, GrantReleased)) == 1


# -- refused --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bad", "refusal"),
    [
        (reported(activity_kind=None, activity_id=None), ("report-without-object", "activity_id")),
        (reported(activity_kind=None), ("report-without-object", "activity_id")),
        (reported(activity_id=None, programme="kc"), ("report-without-object", "activity_id")),
        (cost_reported(CostReference(seller_tax_code=SELLER)), ("cost-not-identified", "costs.0")),
        (cost_reported(CostReference(invoice="i1")), ("cost-not-identified", "costs.0")),
        (cost_reported(CostReference(invoice="i1", sha256=HASH)), ("cost-not-identified", "costs.0")),
        (cost_reported(CostReference()), ("cost-not-identified", "costs.0")),
        (reported("KC-0", tax_code=f"{A}-001", activity_id="osaka"), ("report-id-taken", "report_id")),
    ],
)
def test_report_is_refused_and_takes_nothing(bad, refusal):
    known = reported("KC-0", activity_kind="project", activity_id="press")
    city = play(*MONEY, known, bad, request("r1", A, invoice("i1", 90 * MILLION)))
    assert (refused(city), told(city)) == ({refusal}, ["r1 granted 90"])


@pytest.mark.parametrize(
    ("bad", "refusal"),
    [
        (rules(rules_id="no-overlap", effective_from=date(2022, 1, 1)), ("overlap-rules-taken", "rules_id")),
        (rules(rules_id="other"), ("overlap-rules-taken", "rules_id")),
        (rules(exclusion(), exclusion(), rules_id="n", effective_from=MONDAY), ("exclusion-unclear", "exclusions.1")),
        (rules(exclusion(programmes=("a", "a")), rules_id="n", effective_from=MONDAY), ("exclusion-unclear", "exclusions.0")),
        (rules(exclusion(months=3), rules_id="n", effective_from=MONDAY), ("exclusion-unclear", "exclusions.0")),
        (rules(exclusion(window="months"), rules_id="n", effective_from=MONDAY), ("exclusion-unclear", "exclusions.0")),
    ],
)
def test_rules_are_refused(bad, refusal):
    assert refused(play(rules(), bad)) == {refusal}


TEXTS = [
    (
        Overlap(activity_id="hannover", tax_code=A, **holder_words("r1", None)),
        "Hoạt động hannover của doanh nghiệp 0100000001 đã thuộc đề nghị r1; mỗi hoạt động chỉ được hỗ trợ một lần, "
        "dù theo chính sách nào.",
        "Activity hannover of enterprise 0100000001 already belongs to request r1; an activity is supported once, "
        "whichever scheme pays.",
    ),
    (
        CostAlreadySupported(evidence_id="s/i", **holder_words("KC-1", KC)),
        "Hóa đơn s/i đã được dùng cho hỗ trợ KC-1 của cơ quan khuyen-cong; hãy gửi đề nghị mới không có hóa đơn này.",
        "Invoice s/i was already used by support KC-1 of agency khuyen-cong; send a new request without this invoice.",
    ),
    (
        ProgrammesExclude(
            tax_code=A,
            programme="fair-abroad",
            other="kc",
            on=MONDAY,
            rule_id="r",
            clause_vi="Một nguồn.",
            clause_en="One source.",
            **holder_words("r1", None),
        ),
        "Doanh nghiệp 0100000001 đã có đề nghị r1 theo kc (06/12/2021); quy tắc r không cho thêm fair-abroad: Một nguồn.",
        "Enterprise 0100000001 already has request r1 under kc (2021-12-06); rule r does not allow fair-abroad as well: "
        "One source.",
    ),
    (
        OverlapRulesTaken(rules_id="a", day=MONDAY, known="b", known_day=MONDAY),
        "Quy định không trùng lắp a có hiệu lực ngày 06/12/2021 trùng mã hoặc trùng ngày với b (hiệu lực ngày 06/12/2021); "
        "hãy gửi lại với mã và ngày hiệu lực khác.",
        "Overlap rules a in effect from 2021-12-06 share their id or their day with b (in effect from 2021-12-06); "
        "send them again with another id and day of effect.",
    ),
    (
        ExclusionUnclear(rule_id="r", rules_id="a"),
        "Quy tắc loại trừ r của a không rõ: mã quy tắc và tên chương trình chỉ nêu một lần, "
        "và số tháng chỉ đi với cửa sổ months; hãy sửa rồi gửi lại với mã mới.",
        "Exclusion r of a is not clear: name each rule and each programme once, "
        "and months only with the window `months`; correct it and send it again under a new id.",
    ),
    (
        ReportTaken(agency=KC, report_id="KC-1", tax_code=A),
        "Cơ quan khuyen-cong đã báo cáo hỗ trợ KC-1 cho doanh nghiệp 0100000001; hãy gửi báo cáo này với mã khác.",
        "Agency khuyen-cong already reported support KC-1 for enterprise 0100000001; send this report under another id.",
    ),
    (
        ReportWithoutObject(agency=KC, report_id="KC-1"),
        "Báo cáo KC-1 của cơ quan khuyen-cong không nêu đủ hỗ trợ cho việc gì; hãy nêu hoạt động (cả loại và mã), "
        "chi phí, hoặc chương trình.",
        "Report KC-1 of agency khuyen-cong does not say in full what was supported; name the activity (kind and id), "
        "the costs, or the programme.",
    ),
    (
        CostNotIdentified(number=2, report_id="KC-1"),
        "Chi phí thứ 2 của báo cáo KC-1 không nhận ra được; hãy nêu mã số thuế bên bán cùng số hóa đơn, "
        "hoặc mã băm của chứng từ.",
        "Cost 2 of report KC-1 cannot be identified; name the seller's tax code with the invoice, or the hash of the document.",
    ),
    (
        OverlapAlreadyResolved(overlap_id="tl-1", day=MONDAY, outcome="cancelled"),
        "Trùng lắp tl-1 đã được quyết định ngày 06/12/2021 (cancelled); không quyết định lần thứ hai.",
        "Overlap tl-1 was resolved on 2021-12-06 (cancelled); it is not resolved a second time.",
    ),
    (
        ReductionUnclear(overlap_id="tl-1", outcome="cancelled"),
        "Quyết định cancelled về trùng lắp tl-1: chỉ quyết định reduced nêu số tiền còn lại, và phải nêu; hãy gửi lại.",
        "Outcome cancelled of overlap tl-1: `reduced` names the amount that is left, and no other does; send it again.",
    ),
    (
        ReducedAboveGrant(overlap_id="tl-1", **in_words(amount=11, granted=10)),
        "Trùng lắp tl-1: mức còn lại 11 đồng không thấp hơn mức đã cấp 10 đồng; hãy nêu mức thấp hơn.",
        "Overlap tl-1: VND 11 left is not less than the VND 10 granted; name a lower amount.",
    ),
]


@pytest.mark.parametrize(("no", "vi", "en"), TEXTS, ids=[no.slug for no, _, _ in TEXTS])
def test_refusal_is_said_in_both_languages(no, vi, en):
    assert (no.text("vi"), no.text("en")) == (vi, en)
