"""`chuluc rounds` on the log of scenario 2021, played in memory: what it finds the same, and every kind of difference."""

import json
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import pytest
from applications.main import service as applications
from chuluc.rounds.commands import compared, say_moved, say_verified
from chuluc.rounds.rebuilt import Log, NoSuchRound, RoundNotClosed, read, rebuild
from chuluc.rounds.what_if import (
    Change,
    Moved,
    NoSuchScore,
    ScoreUnreadable,
    ScoreWouldBeRefused,
    standings,
    what_if,
)
from chuluc.scenario.round2021 import scenario
from chuluc.scenario.steps import Settle
from scoring.main import service as scoring
from shared.contracts.scoring import ASSESSMENT, SCORING_LOG
from shared.messaging.codec import Received
from shared.testing.memory import City, run
from unit.scoring.test_appeal import RESCORED

YEAR = 2021
Records = list[Received]


def log_of(city: City) -> Records:
    """Scoring's log as its topic would give it."""
    return [
        Received(SCORING_LOG.name, partition, offset, None, value, (("content", content.encode()),), 0)
        for partition, records in enumerate(city["scoring"].log)
        for offset, (value, content) in enumerate(records)
    ]


def published_of(city: City) -> Records:
    """What scoring has published of assessments, as its topic would give it."""
    events = [e for e in city.published if e.data.contract.topic is ASSESSMENT]
    return [Received(ASSESSMENT.name, 0, offset, None, event.to_json(), (), 0) for offset, event in enumerate(events)]


def played(until: str = "") -> City:
    """Applications and scoring after the steps of 2021 before the first event of a type; after all without one."""
    city = City.of(applications, scoring)
    for step in scenario().steps:
        if until and not isinstance(step, Settle) and f".{until}.v1".encode() in step.value:
            break
        if not isinstance(step, Settle):
            city.send(step.topic, step.value)
    return city


@pytest.fixture(scope="module")
def records() -> tuple[Records, Records]:
    """The log of the whole year and what was published."""
    city = played()
    return log_of(city), published_of(city)


@pytest.fixture(scope="module")
def log(records: tuple[Records, Records]) -> Log:
    """The log, read once: who asks changes nothing in it."""
    return read(records[0])


@pytest.fixture(scope="module")
def published(records: tuple[Records, Records]) -> Records:
    return records[1]


@pytest.fixture(scope="module")
def order(log: Log) -> list[str]:
    """The dossiers of 2021 best first."""
    return places(log)


def doctored(records: Sequence[Received], type: str, change: Callable[[dict[str, Any]], Any], *, place: int = 0) -> Records:
    """The records with the data of one event of a type changed in place."""
    found = [n for n, r in enumerate(records) if f'industry.{type}.v1"'.encode() in (r.value or b"")][place]
    event = json.loads(records[found].value or b"")
    change(event["data"])
    changed = records[found]._replace(value=json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode())
    return [*records[:found], changed, *records[found + 1 :]]


def said(log: Log, published: Records) -> list[tuple[str, str, str]]:
    return [(d.event, d.subject, d.field) for d in compared(log, YEAR, published)[2]]


def test_ranking_rebuilt_from_the_log_is_the_published_one(log: Log, published: Records) -> None:
    rounds, results, found = compared(log, YEAR, published)
    assert (rounds, len(results), found) == (["2021"], 51 + 1, [])


def test_repeats_in_the_log_and_in_what_was_published_change_nothing(records: tuple[Records, Records]) -> None:
    log, published = records
    again = [r._replace(offset=r.offset + len(log)) for r in log]
    assert said(read([*log, *again]), [*published, *published]) == []


def test_doctored_score_of_a_product_is_named(log: Log, published: Records) -> None:
    best = json.loads(next(r.value or b"" for r in published if b"ProductScored" in (r.value or b"")))["data"]["application_id"]
    found = compared(log, YEAR, doctored(published, "ProductScored", lambda d: d.update(score="99.00")))[2]
    assert list(map(str, found)) == [f"ProductScored 2021/{best} score: published '99.00', the log gives '97.50'"]


def test_doctored_ranking_is_named_by_dossier(log: Log, published: Records) -> None:

    def swap(data: dict[str, Any]) -> None:
        first, second = data["ranking"][:2]
        first["rank"], second["rank"] = second["rank"], first["rank"]
        data["top10"] = data["top10"][:9]

    ids = [p["application_id"] for p in json.loads(_last(published, "RoundRanked"))["data"]["ranking"]]
    assert said(log, doctored(published, "RoundRanked", swap)) == [
        ("RoundRanked", "2021", f"ranking[{ids[0]}].rank"),
        ("RoundRanked", "2021", f"ranking[{ids[1]}].rank"),
        ("RoundRanked", "2021", "top10.count"),
        ("RoundRanked", "2021", "top10[9]"),
    ]


def _last(records: Records, type: str) -> bytes:
    return [r.value or b"" for r in records if f"industry.{type}.v1".encode() in (r.value or b"")][-1]


def test_reason_doctored_away_is_named(log: Log, published: Records) -> None:
    found = said(log, doctored(published, "ProductScored", lambda d: d.update(passed=True, reasons=[]), place=-1))
    assert {field.split("[")[0] for _, _, field in found} == {"passed", "reasons.count", "reasons"}


def test_event_that_was_never_published_is_named(log: Log, published: Records) -> None:
    less = [r for r in published if b"RoundRanked" not in (r.value or b"")]
    assert said(log, less) == [("RoundRanked", "2021", "id")]


def test_event_the_log_does_not_give_is_named(log: Log, published: Records) -> None:
    ranked = json.loads(_last(published, "RoundRanked")) | {"id": "forged"}
    forged = Received(ASSESSMENT.name, 0, 999, None, json.dumps(ranked).encode(), (), 0)
    (found,) = compared(log, YEAR, [*published, forged])[2]
    assert (found.field, found.published, found.rebuilt) == ("id", "forged", None)


def test_doctored_log_is_named(records: tuple[Records, Records]) -> None:
    """The last score in the log counts: changed there, the published means and totals are not the log's any more."""
    log, published = records
    found = said(read(doctored(log, "ScoreFiled", lambda d: d.update(points="0"), place=-1)), published)
    kinds = {(event, field.split("[")[0].split(".")[0]) for event, _, field in found}
    assert {("ProductScored", "score"), ("ProductScored", "criteria"), ("RoundRanked", "ranking")} <= kinds


def test_log_without_its_closing_gives_nothing_of_what_was_published(records: tuple[Records, Records]) -> None:
    log, published = records
    open_log = [r for r in log if b"ScoringClosed" not in (r.value or b"")]
    assert {field for _, _, field in said(read(open_log), published)} == {"id"}


@pytest.mark.parametrize("until", ["ScoringClosed", "ScoreFiled", "CouncilAppointed"])
def test_nothing_is_said_of_a_round_before_it_closes(until: str) -> None:
    city = played(until)
    log, published = read(log_of(city)), published_of(city)
    change = Change.read("HS-2021-001:tv-1:export-ability=1")
    for work in (lambda: compared(log, YEAR, published), lambda: what_if(log, YEAR, [change])):
        with pytest.raises(RoundNotClosed) as refusal:
            work()
        assert "2021" in refusal.value.text("vi")
        assert "ScoringClosed" in refusal.value.text("en")


@pytest.mark.parametrize(("year", "known"), [(2019, "2021"), (2022, "2021")])
def test_year_without_a_round_is_answered_with_those_there_are(log: Log, published: Records, year: int, known: str) -> None:
    for work in (lambda: compared(log, year, published), lambda: what_if(log, year, [])):
        with pytest.raises(NoSuchRound, match=f"has: {known}"):
            work()


def test_empty_log_is_answered_too() -> None:
    with pytest.raises(NoSuchRound, match="has: –"):
        compared(read([]), YEAR, [])


# -- what if -----------------------------------------------------------------------------------------------------------


def places(log: Log) -> list[str]:
    """The dossiers of 2021 best first."""
    return list(standings(rebuild(log).of(["2021"])))


def asked(log: Log, *said: str) -> dict[str, Moved]:
    return {m.application_id: m for m in what_if(log, YEAR, [Change.read(s) for s in said])}


def test_same_points_move_nothing(records: tuple[Records, Records], log: Log) -> None:
    filed = json.loads(_last(records[0], "ScoreFiled"))["data"]
    assert asked(log, f"{filed['application_id']}:{filed['member_id']}:{filed['criterion']}={filed['points']}") == {}
    assert what_if(log, YEAR, []) == []


def test_lower_score_takes_a_product_out_of_the_top10_and_moves_those_behind_it_up(log: Log, order: list[str]) -> None:
    """The tenth has 91.40 and the eleventh 88.00; the 22.8 points of its scale are given by one member alone."""
    moved = asked(log, f"{order[9]}:tv-3:production-scale=18")
    assert set(moved) == set(order[9:13])
    fallen, risen = moved[order[9]], moved[order[10]]
    assert (fallen.before.score, fallen.after.score) == (Decimal("91.40"), Decimal("86.60"))
    assert (fallen.before.rank, fallen.after.rank, fallen.before.top10, fallen.after.top10) == (10, 13, 10, None)
    assert (risen.before.rank, risen.after.rank, risen.before.top10, risen.after.top10) == (11, 10, None, 10)


def test_several_scores_can_make_a_product_fail(log: Log, order: list[str]) -> None:
    moved = asked(log, f"{order[45]}:tv-3:production-scale=0", f"{order[45]}:tv-4:labour-productivity=0")
    assert (moved[order[45]].before.passed, moved[order[45]].after.passed) == (True, False)
    assert moved[order[45]].after.rank > moved[order[45]].before.rank


def test_only_the_last_score_of_a_member_is_changed(records: tuple[Records, Records], log: Log) -> None:
    """The first score of each day was corrected: the corrected one is what counts, before and after."""
    filed = [json.loads(r.value or b"")["data"] for r in records[0] if b".ScoreFiled.v1" in (r.value or b"")]
    keys = [(f["application_id"], f["member_id"], f["criterion"]) for f in filed]
    corrected = next(k for k in keys if keys.count(k) > 1)
    points = Decimal([f for f, k in zip(filed, keys, strict=True) if k == corrected][-1]["points"])
    moved = asked(log, f"{':'.join(corrected)}={points - 2}")[corrected[0]]
    scorers = {"production-growth": 2, "export-ability": 2, "quality-kept": 5}.get(corrected[2], 1)
    assert moved.before.score - moved.after.score == Decimal(2) / scorers


def test_asking_changes_neither_the_log_nor_what_it_gives(log: Log, published: Records, order: list[str]) -> None:
    asked(log, f"{order[9]}:tv-3:production-scale=18")
    assert (places(log), said(log, published)) == (order, [])


@pytest.mark.parametrize(
    "said", ["", "A", "A:tv-1:x", "A:tv-1=5", "A:tv-1:x=", "A:tv-1:x=many", "A:tv-1:x=-1", "A:tv-1:x=NaN", "A:b:c:d=1", ":b:c=1"]
)
def test_score_that_cannot_be_read_is_answered_with_how_to_write_it(said: str) -> None:
    with pytest.raises(ScoreUnreadable, match="APPLICATION:MEMBER:CRITERION=POINTS"):
        Change.read(said)


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("{id}:tv-5:export-ability=1", "tv-3:production-scale"),
        ("{id}:tv-9:quality-kept=1", "tv-5:quality-kept"),
        ("HS-9:a:b=1", "–"),
    ],
)
def test_score_nobody_gave_is_answered_with_those_there_are(log: Log, order: list[str], said: str, known: str) -> None:
    with pytest.raises(NoSuchScore) as refusal:
        asked(log, said.format(id=order[0]))
    assert known in refusal.value.text("vi")
    assert known in refusal.value.text("en")


def test_score_the_service_would_refuse_is_answered_with_its_reason(log: Log, order: list[str]) -> None:
    with pytest.raises(ScoreWouldBeRefused) as refusal:
        asked(log, f"{order[0]}:tv-3:production-scale=26")
    assert "Điểm của tv-3" in refusal.value.text("vi")
    assert "exceed the 25" in refusal.value.text("en")


def test_score_that_would_have_had_the_decision_refused_moves_nobody_by_the_appeals_that_followed_it() -> None:
    """A2 would not pass, so the decision and the appeal of A3 after it would not be: the rankings before it are compared."""
    log = read(log_of(run(scoring, *RESCORED)))
    found = what_if(log, YEAR, [Change("A2", "an", "growth", Decimal(10))])
    assert [(m.application_id, m.before.score, m.after.score, m.after.passed) for m in found] == [
        ("A2", Decimal("70.00"), Decimal("55.00"), False)
    ]


def test_score_of_a_rescored_dossier_moves_it_in_the_last_ranking() -> None:
    log = read(log_of(run(scoring, *RESCORED)))
    found = what_if(log, YEAR, [Change("A3", "an", "growth", Decimal(60))])
    assert [(m.application_id, m.before.rank, m.after.rank, m.after.score) for m in found] == [
        ("A3", 2, 1, Decimal("82.50")),
        ("A1", 1, 2, Decimal("80.00")),
    ]


# -- what an operator reads --------------------------------------------------------------------------------------------


def test_verify_shows_the_ranking_and_ends_with_nought(log: Log, published: Records, capsys: pytest.CaptureFixture[str]) -> None:
    assert say_verified(log, YEAR, published, as_json=False) == 0
    out = capsys.readouterr().out
    assert "52 events rebuilt from the log: the same" in out
    assert [line.split()[0] for line in out.splitlines() if line.rstrip().endswith("=")] == [str(n) for n in range(1, 52)]


def test_verify_names_each_difference_and_ends_with_one(log: Log, published: Records, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = doctored(published, "ProductScored", lambda d: d.update(score="99.00", passed=False))
    assert say_verified(log, YEAR, wrong, as_json=False) == 1
    out, err = capsys.readouterr()
    assert [line.split()[2] for line in err.splitlines()] == ["score:", "passed:"]
    assert "NOT the same: 2 differences" in out
    assert [line.split()[0] for line in out.splitlines() if line.rstrip().endswith("≠")] == ["1"]


def test_verify_for_programs(log: Log, published: Records, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = doctored(published, "ProductScored", lambda d: d.update(score="99.00"))
    assert say_verified(log, YEAR, wrong, as_json=True) == 1
    said = json.loads(capsys.readouterr().out)
    assert (said["year"], said["rounds"], said["events"]) == (2021, ["2021"], 52)
    (found,) = said["differences"]
    assert (found["field"], found["published"], found["rebuilt"]) == ("score", "99.00", "97.50")


def test_what_if_shows_before_and_after(log: Log, order: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    fallen = order[9]
    change = Change.read(f"{fallen}:tv-3:production-scale=18")
    assert say_moved(log, YEAR, [change], as_json=False) == 0
    row = next(line for line in capsys.readouterr().out.splitlines() if fallen in line)
    assert all(step in row for step in ("91,4 → 86,6", "10 → 13", "có", "10 → –"))
    assert say_moved(log, YEAR, [change], as_json=True) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["scores"] == [f"{fallen}:tv-3:production-scale=18"]
    moved = next(m for m in said["moved"] if m["application_id"] == fallen)
    assert moved["before"] == {"score": "91.40", "rank": 10, "passed": True, "top10": 10}
    assert moved["after"] == {"score": "86.60", "rank": 13, "passed": True, "top10": None}


def test_what_if_says_where_nothing_moves(log: Log, capsys: pytest.CaptureFixture[str]) -> None:
    assert say_moved(log, YEAR, [], as_json=False) == 0
    assert capsys.readouterr().out == "no product would stand elsewhere\n"
