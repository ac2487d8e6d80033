"""What scoring makes of its log, in memory and with its own handlers: nothing is published, nothing kept."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from scoring.main import service
from shared.contracts.base import REGISTER, Event
from shared.contracts.department import RoundOpened
from shared.contracts.runtime import RecordRejected
from shared.contracts.scoring import ProductScored, RoundRanked
from shared.errors import Refusal
from shared.messaging.batch import Batch
from shared.messaging.codec import Received, envelope_of, read_log
from shared.messaging.partition import LogRecord, Partition
from shared.messaging.unit import NeedDocuments

CHUNK = 500
"""Records played at a time: a handler that lacks a document is run again with those of its chunk."""
Result = Event[ProductScored] | Event[RoundRanked]
Log = dict[int, list[LogRecord]]


class NoSuchRound(Refusal):
    slug = "no-such-round"
    vi = "Nhật ký chấm điểm không có đợt nào của năm {year} (có: {known}); hãy chọn một năm đã mở đợt."
    en = "The scoring log has no round of {year} (it has: {known}); choose a year in which a round opened."


class RoundNotClosed(Refusal):
    slug = "round-not-closed"
    vi = "Đợt {round_id} chưa đóng chấm điểm nên điểm còn niêm phong; hãy chạy lại sau khi có ScoringClosed và bảng xếp hạng."
    en = (
        "Scoring of round {round_id} is not closed and its scores are sealed; run this again after ScoringClosed and the ranking."
    )


@dataclass
class Rebuilt:
    """What came of a log: the results published, each record's outcome by its identity, and the refusals by the same."""

    results: list[Result] = field(default_factory=list)
    outcomes: dict[str, str] = field(default_factory=dict)
    refusals: dict[str, RecordRejected] = field(default_factory=dict)

    def of(self, rounds: Sequence[str]) -> list[Result]:
        """The results of some rounds, in the order they were published."""
        return [event for event in self.results if event.data.round_id in rounds]


def read(records: Iterable[Received]) -> Log:
    """The records of scoring's log, decoded, by partition."""
    log: Log = defaultdict(list)
    for record in records:
        content = next((value.decode() for key, value in record.headers if key == "content"), "")
        log[record.partition].append(read_log(record.offset, record.value or b"", content, record.timestamp / 1000))
    return log


def rebuild(log: Log) -> Rebuilt:
    """Play the whole log. What scoring sends to its own log lies in it already and is not sent again."""
    found = Rebuilt()
    for number, records in sorted(log.items()):
        partition = Partition(number)
        for start in range(0, len(records), CHUNK):
            _keep(_play(partition, records[start : start + CHUNK]), found)
    return found


def rounds_of(log: Log, year: int) -> list[str]:
    """The ids of the rounds of a year; raises NoSuchRound with the years there are."""
    opened = {r.event.data.round_id: r.event.data.year for r in _events(log) if r.event and isinstance(r.event.data, RoundOpened)}
    rounds = sorted(id for id, of in opened.items() if of == year)
    if not rounds:
        raise NoSuchRound(year=year, known=", ".join(map(str, sorted(set(opened.values())))) or "–")
    return rounds


def check_closed(rounds: Iterable[str], results: Iterable[Event[Any]]) -> None:
    """Raise RoundNotClosed for a round that has no ranking: until then nobody may learn of its scores."""
    ranked = {event.data.round_id for event in results if isinstance(event.data, RoundRanked)}
    for round_id in rounds:
        if round_id not in ranked:
            raise RoundNotClosed(round_id=round_id)


def _events(log: Log) -> Iterable[LogRecord]:
    return (record for records in log.values() for record in records)


def _play(partition: Partition, records: list[LogRecord]) -> Batch:
    while True:
        batch = Batch(service, partition)
        try:
            batch.play(records)
        except NeedDocuments as needed:
            partition.documents.update(dict.fromkeys(needed.keys))  # all there is was made by earlier records
            continue
        batch.keep(documents=10**9, seen=10**9)
        return batch


def _keep(batch: Batch, found: Rebuilt) -> None:
    found.outcomes |= {identity: outcome for identity, (outcome, _, _) in batch.outcomes.items()}
    for rejection in batch.rejections:
        found.refusals[f"{rejection.notice.rejected_source}|{rejection.notice.rejected_id}"] = rejection.notice
    for out in batch.outgoing:
        contract = REGISTER.by_type[out.type]
        if contract.model in (ProductScored, RoundRanked):
            found.results.append(envelope_of(contract).model_validate_json(out.value))
