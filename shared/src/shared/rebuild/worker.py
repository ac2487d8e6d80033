"""A process that builds some of the partitions, told what to do over a pipe; the partitions stay with it to the end."""

import gc
import resource
import sqlite3
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Literal

from pymongo.read_concern import ReadConcern

from shared import faultpoints
from shared.messaging.codec import read_log
from shared.messaging.generations import BURIED, named
from shared.messaging.rows import held_row
from shared.messaging.service import Service
from shared.rebuild.building import Building, Kept, LogIncomplete
from shared.rebuild.proof import Finding, compared, compared_held
from shared.rebuild.shelf import Row, Shelf, between, connect
from shared.settings import ServiceSettings

MEMORY_DOCUMENTS = 5_000
"""At most so many a partition: to write the others to a file and load them again, many at once, costs little."""

Progress = Literal["played", "written"]
"""What is counted: records that were played, documents that were written."""


@dataclass(frozen=True)
class HeldNow:
    """What a partition holds where it stands: rows of `held` by _id, and outcomes of records that the other one held."""

    rows: dict[str, Row]
    identities: dict[str, str]
    outcomes: dict[str, str]


class Worker:
    """The partitions of one process. Each method is an order; meanwhile it says what it has played and written."""

    def __init__(self, service: Service, settings: ServiceSettings, said: Callable[[Progress, int], None]) -> None:
        self._service = service
        self._settings = settings
        self._client = connect(settings)
        self._database = self._client[settings.database]
        self._said = said
        self._partitions: dict[int, Building] = {}
        self._shelves: dict[int, tuple[Shelf, Shelf]] = {}
        self._skip: dict[int, set[int]] = {}

    def begin(self, numbers: list[int], old: int, new: int) -> None:
        """Build these partitions, from nothing."""
        for number in numbers:
            shelves = [Shelf(self._client, self._settings.database, self._service, number, g) for g in (old, new)]
            self._shelves[number] = (shelves[0], shelves[1])
            memory = min(MEMORY_DOCUMENTS, self._settings.memory_documents)
            self._partitions[number] = Building(self._service, shelves[1], memory=memory)

    def play(self, targets: dict[int, int]) -> dict[int, HeldNow]:
        """Play each partition up to its target, the number of records it has received; what is held there then."""
        return {number: self._play(number, targets[number]) for number in self._partitions}

    def _play(self, number: int, until: int) -> HeldNow:
        building = self._partitions[number]
        live = list(self._database["held"].find({"p": number}))
        building.watched = {row["identity"] for row in map(_identified, live)}
        reused = self._database["rejections"].find({"p": number, "slug": "id-reused"}, {"_id": 1})
        skip = {int(row["_id"].split("/")[1]) for row in reused}
        for played in building.play(self._kept(building), skip=skip, until=until):
            self._said("played", played)
            faultpoints.hit("in_build")
        if building.received != until:
            raise LogIncomplete(number, building.received, until)
        for written in building.put_away():
            self._said("written", written)
        return _held_now(building)

    def _kept(self, building: Building) -> Iterator[Kept]:
        rows = self._database["outbox"].find(between(building.number, building.received), {"records": 1})
        began, ordinal = "", 0
        for row in rows.sort("_id", 1).batch_size(50):
            _, first, _ = row["_id"].split("/")
            if first != began:
                began, ordinal = first, int(first)
            for value, content in row["records"]:
                yield ordinal, value, content
                ordinal += 1

    def prove(self) -> list[Finding]:
        """Compare each partition with the present generation, at a position that both have."""
        return [finding for number in self._partitions for finding in self._prove(number)]

    def _prove(self, number: int) -> list[Finding]:
        old, new = self._shelves[number]
        building = self._partitions[number]
        with self._client.start_session(causal_consistency=False) as session:
            session.start_transaction(read_concern=ReadConcern("snapshot"))
            position = self._database["positions"].find_one({"_id": number}, session=session)
            assert position is not None
            held = list(self._database["held"].find({"p": number}, session=session))
            self._play(number, position["received"])
            faultpoints.hit("in_proof")
            findings = [compared(self._service, name, old, new, session) for name in self._service.collections]
            session.abort_transaction()
        gone = [state for finding in findings for state in finding.gone]
        rows = [
            {"_id": f"{number:03d}/{n:012d}", "p": number, "topic": t, "key": k, "type": kind}
            for n, (t, k, kind) in enumerate(gone)
        ]
        if rows:
            self._database[named(BURIED, new.generation)].insert_many(rows)
        return [*findings, compared_held(held, (h for queue in building.held.values() for h in queue))]

    def peak_bytes(self) -> int:
        """The most memory that was resident."""
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _identified(row: Row) -> Row:
    record = read_log(-1, row["value"], row["content"], 0.0)
    return {"identity": record.identity, **row}


def _held_now(building: Building) -> HeldNow:
    held = [h for queue in building.held.values() for h in queue]
    rows = {f"{building.number:03d}/{h.record.ordinal:012d}": held_row(building.number, h) for h in held}
    identities = {place: h.record.identity for place, h in zip(rows, held, strict=True)}
    return HeldNow(rows, identities, building.outcomes)


def run(connection: Connection, inherited: list[Connection], service: Service, settings: ServiceSettings) -> None:
    """Carry out orders until the other side is gone."""
    for end in inherited:
        end.close()
    # What is loaded stays, and documents hold no cycles: to walk those in memory again and again was a tenth of the work.
    gc.freeze()
    gc.set_threshold(500_000, 50, 1_000)
    worker = Worker(service, settings, lambda what, count: connection.send((what, count)))
    while True:
        try:
            name, arguments = connection.recv()
        except EOFError:
            return
        try:
            connection.send(("done", getattr(worker, name)(*arguments)))
        except LogIncomplete as missing:
            connection.send(("failed", str(missing)))
        except sqlite3.Error as error:
            room = "documents that do not fit into memory lie there; give it room, or set TMPDIR to where there is"
            connection.send(("failed", f"no temporary file could be written: {error}; {room}"))
        except BrokenPipeError:
            return
        except Exception:  # noqa: BLE001 - the other side has to hear of whatever it is
            connection.send(("failed", traceback.format_exc()))
