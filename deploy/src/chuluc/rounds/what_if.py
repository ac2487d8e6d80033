"""What another score would have done to a round: its log played in memory with changed scores."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from pydantic import ValidationError
from shared.contracts.council import ScoreFiled
from shared.contracts.scoring import ProductScored, RoundRanked
from shared.errors import Refusal
from shared.messaging.partition import LogRecord

from chuluc.rounds.rebuilt import Log, Rebuilt, Result, check_closed, rebuild, rounds_of


class ScoreUnreadable(Refusal):
    slug = "score-unreadable"
    vi = "{said} không đọc được; hãy viết HỒ-SƠ:THÀNH-VIÊN:TIÊU-CHÍ=ĐIỂM, ví dụ HS-2021-007:tv-1:export-ability=18.5."
    en = "{said} cannot be read; write APPLICATION:MEMBER:CRITERION=POINTS, for example HS-2021-007:tv-1:export-ability=18.5."


class NoSuchScore(Refusal):
    slug = "no-such-score"
    vi = "Không có điểm được tính của {member_id} cho tiêu chí {criterion} của hồ sơ {application_id} ở năm {year}; có: {known}."
    en = "There is no counted score of {member_id} for {criterion} of dossier {application_id} in {year}; there are: {known}."


class ScoreWouldBeRefused(Refusal):
    slug = "score-would-be-refused"
    vi = "Điểm {said} sẽ bị từ chối: {why_vi}"
    en = "Score {said} would be refused: {why_en}"


@dataclass(frozen=True)
class Change:
    """Another number of points in place of the last one a member gave."""

    application_id: str
    member_id: str
    criterion: str
    points: Decimal

    @classmethod
    def read(cls, said: str) -> Self:
        """APPLICATION:MEMBER:CRITERION=POINTS; raises ScoreUnreadable."""
        place, _, points = said.rpartition("=")
        try:
            application_id, member_id, criterion = place.split(":")
            filed = ScoreFiled.model_validate(
                {
                    "round_id": "any",
                    "application_id": application_id,
                    "member_id": member_id,
                    "criterion": criterion,
                    "points": points,
                }
            )
        except (ValueError, ValidationError):
            raise ScoreUnreadable(said=said) from None
        return cls(filed.application_id, filed.member_id, filed.criterion, filed.points)

    def __str__(self) -> str:
        return f"{self.application_id}:{self.member_id}:{self.criterion}={self.points}"

    def concerns(self, score: ScoreFiled) -> bool:
        """Whether it is this score that is changed."""
        return (self.application_id, self.member_id, self.criterion) == (score.application_id, score.member_id, score.criterion)


@dataclass(frozen=True)
class Standing:
    """Where a product stands: its score, its rank, whether it passed, its place in the Top 10."""

    score: Decimal
    rank: int
    passed: bool
    top10: int | None


@dataclass(frozen=True)
class Moved:
    """A product that stands elsewhere, or with another score."""

    application_id: str
    product_name: str
    before: Standing
    after: Standing


def what_if(log: Log, year: int, changes: Sequence[Change]) -> list[Moved]:
    """Every product that moves, best first as they would stand; raises a Refusal of this module or of `rebuilt`."""
    rounds = rounds_of(log, year)
    before = rebuild(log)
    check_closed(rounds, before.of(rounds))
    scores = _counted(log, rounds, before)
    changed = {_find(change, scores, year).identity: change for change in changes}
    after = rebuild({number: [_with(record, changed) for record in records] for number, records in log.items()})
    for identity, change in changed.items():
        if after.outcomes[identity] != "handled":
            why = after.refusals[identity]
            raise ScoreWouldBeRefused(said=change, why_vi=why.vi, why_en=why.en)
    check_closed(rounds, after.of(rounds))
    return [moved for round_id in rounds for moved in _moved(round_id, before, after)]


def _counted(log: Log, rounds: Sequence[str], played: Rebuilt) -> list[tuple[LogRecord, ScoreFiled]]:
    """The scores that were recorded, in the order of the log."""
    return [
        (record, record.event.data)
        for records in log.values()
        for record in records
        if record.event and isinstance(record.event.data, ScoreFiled)
        if record.event.data.round_id in rounds and played.outcomes.get(record.identity) == "handled"
    ]


def _find(change: Change, scores: Iterable[tuple[LogRecord, ScoreFiled]], year: int) -> LogRecord:
    """The record of the score that counts: the member's last one."""
    found = [record for record, score in scores if change.concerns(score)]
    if not found:
        of_dossier = {f"{s.member_id}:{s.criterion}": None for _, s in scores if s.application_id == change.application_id}
        known = ", ".join(of_dossier) or "–"
        raise NoSuchScore(
            application_id=change.application_id, member_id=change.member_id, criterion=change.criterion, year=year, known=known
        )
    return found[-1]


def _with(record: LogRecord, changed: dict[str, Change]) -> LogRecord:
    change = changed.get(record.identity)
    if change is None or record.event is None or not isinstance(record.event.data, ScoreFiled):
        return record
    event = record.event.model_copy(update={"data": record.event.data.model_copy(update={"points": change.points})})
    return record._replace(event=event, value=event.to_json())


def _moved(round_id: str, before: Rebuilt, after: Rebuilt) -> list[Moved]:
    names = {e.data.application_id: e.data.product_name for e in before.of([round_id]) if isinstance(e.data, ProductScored)}
    was, now = _comparable(before.of([round_id]), after.of([round_id]))
    return [Moved(id, names[id], was[id], stands) for id, stands in now.items() if stands != was[id]]


def _comparable(before: Iterable[Result], after: Iterable[Result]) -> tuple[dict[str, Standing], dict[str, Standing]]:
    """Both by the last version of the ranking that both have: by a changed score the city's decision can be refused, and
    with it the appeals after it, which say nothing about the score.
    """
    was, now = ([event for event in results if isinstance(event.data, RoundRanked)] for results in (before, after))
    versions = min(len(was), len(now))
    return standings(was[:versions]), standings(now[:versions])


def standings(results: Iterable[Result]) -> dict[str, Standing]:
    """Where each product of a round stands by the last ranking among its results, best first."""
    rankings = [event.data for event in results if isinstance(event.data, RoundRanked)]
    if not rankings:
        return {}
    last = rankings[-1]
    honours = {id: place for place, id in enumerate(last.top10, 1)}
    return {
        p.application_id: Standing(score=p.score, rank=p.rank, passed=p.passed, top10=honours.get(p.application_id))
        for p in last.ranking
    }
