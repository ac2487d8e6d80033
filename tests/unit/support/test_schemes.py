"""Versions of schemes by date of effect: reference data every partition keeps."""

from datetime import date

import pytest
from shared.contracts.support import SupportGranted
from shared.testing.memory import run
from support.domain.schemes import Scheme, SchemeDateTaken, SchemeNotInForce, SchemeVersionTaken
from support.main import service
from unit.support.cases import MONDAY, allocated, enterprise, fair, refused, request, scheme, told

OLD, NEW = date(2018, 5, 15), date(2022, 1, 1)
VERSIONS = scheme(version="old", effective_from=OLD), scheme(version="new", effective_from=NEW)


@pytest.mark.parametrize(
    ("day", "version"),
    [(OLD, "old"), (date(2021, 12, 31), "old"), (NEW, "new"), (date(2030, 1, 1), "new")],
)
@pytest.mark.parametrize("issued", [VERSIONS, VERSIONS[::-1]])
def test_version_is_the_latest_in_effect_on_the_day(issued, day, version):
    known = Scheme(id="fair-abroad").with_version(issued[0]).with_version(issued[1])
    assert known.in_force(day, "r1").version == version


def test_no_version_is_in_force_before_the_first():
    known = Scheme(id="fair-abroad").with_version(VERSIONS[0])
    with pytest.raises(SchemeNotInForce) as no:
        known.in_force(date(2018, 5, 14), "r1")
    assert (no.value.slug, no.value.field) == ("scheme-not-in-force", "requested_on")
    assert no.value.text("vi") == (
        "Chính sách fair-abroad không có phiên bản nào hiệu lực ngày 14/05/2018 (sớm nhất từ 15/05/2018); "
        "hãy gửi lại đề nghị r1 với id mới khi chính sách có hiệu lực."
    )
    assert no.value.text("en") == (
        "Scheme fair-abroad has no version in effect on 2018-05-14 (the first is from 2018-05-15); "
        "send request r1 again under a new id when it is."
    )


@pytest.mark.parametrize(
    ("second", "slug", "field"),
    [
        (scheme(version="other", effective_from=OLD), "scheme-date-taken", "effective_from"),
        (scheme(version="old", effective_from=NEW), "scheme-version-taken", "version"),
    ],
)
def test_scheme_version_is_refused_when_date_or_name_is_taken(second, slug, field):
    city = run(service, VERSIONS[0], second)
    assert refused(city) == {(slug, field)}
    assert city["support"].find(Scheme, "fair-abroad").versions == (VERSIONS[0],)


def test_request_before_the_first_version_is_refused_by_the_walk():
    city = run(service, scheme(), fair(), enterprise(), request(requested_on=date(2018, 5, 14)))
    assert (refused(city), told(city)) == ({("scheme-not-in-force", "requested_on")}, [])


def test_grant_names_the_version_of_the_day_of_the_request():
    later = scheme(version="TT-2021", effective_from=MONDAY, cap=60_000_000)
    asked = request("r1", activity_id="osaka", requested_on=date(2021, 12, 5)), request("r2", activity_id="hannover")
    city = run(service, scheme(), later, fair("osaka"), fair(), enterprise(), allocated(10**9), *asked)
    granted = [(g.request_id, g.scheme_version, g.amount) for g in city.of_type(SupportGranted)]
    assert granted == [("r1", "TT29-2018", 90_000_000), ("r2", "TT-2021", 60_000_000)]


def test_request_waits_until_scheme_fair_and_enterprise_are_known():
    city = run(service, allocated(10**9), request())
    assert city["support"].held == {"r1": "waits for schemes/fair-abroad"}
    city = run(service, allocated(10**9), request(), scheme())
    assert city["support"].held == {"r1": "waits for planned_activities/hannover"}
    city = run(service, allocated(10**9), request(), scheme(), fair())
    assert city["support"].held == {"r1": "waits for enterprises/0100000001"}
    city = run(service, allocated(10**9), request(), scheme(), fair(), enterprise())
    assert (city["support"].held, told(city)) == ({}, ["r1 granted 90"])


FACTS = {"scheme_id": "fair-abroad", "version": "new", "known": "old", "day": OLD}
TEXTS = [
    (
        SchemeDateTaken(**FACTS),
        "Chính sách fair-abroad đã có phiên bản old hiệu lực từ 15/05/2018, nên không nhận thêm phiên bản new cùng ngày; "
        "hãy chọn ngày hiệu lực khác.",
        "Scheme fair-abroad already has version old in effect from 2018-05-15, so version new of the same day is refused; "
        "choose another date of effect.",
    ),
    (
        SchemeVersionTaken(**FACTS),
        "Chính sách fair-abroad đã có một phiên bản tên new, hiệu lực từ 15/05/2018; quyết định nêu tên phiên bản, "
        "hãy đặt tên khác.",
        "Scheme fair-abroad already has a version named new, in effect from 2018-05-15; decisions name the version, "
        "give it another name.",
    ),
]


@pytest.mark.parametrize(("no", "vi", "en"), TEXTS, ids=[no.slug for no, _, _ in TEXTS])
def test_refusal_is_said_in_both_languages(no, vi, en):
    assert (no.text("vi"), no.text("en")) == (vi, en)
