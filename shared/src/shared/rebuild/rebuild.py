"""Building the documents of a service anew, beside the ones it works with, and changing to them in one transaction.

    generations  {_id: "rebuild", building, session}     the number of the generation built last, and who may change to it

The service goes on meanwhile. A generation that is not the current one is read by nobody, so a process that is killed leaves
nothing but collections, which the next one drops first. See decision 0015.
"""

import multiprocessing
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any, Self

from pymongo import DeleteOne, MongoClient, ReplaceOne, UpdateOne
from pymongo.errors import PyMongoError
from pymongo.read_concern import ReadConcern

from shared import faultpoints
from shared.messaging.generations import BURIED, named, parsed
from shared.messaging.service import Service
from shared.mongo import MAJORITY, index_of
from shared.rebuild.proof import Finding
from shared.rebuild.shelf import Row, connect
from shared.rebuild.worker import HeldNow, Progress, run
from shared.settings import ServiceSettings


class RebuildFailed(Exception):
    """Why nothing was changed; the service goes on as before."""


@dataclass
class Workers:
    """Processes that build, each with its partitions. Started before this one has any client or thread of its own."""

    connections: list[Connection] = field(default_factory=list)
    processes: list[Any] = field(default_factory=list)
    said: Callable[[Progress, int], None] = lambda what, count: None

    @classmethod
    def started(cls, service: Service, settings: ServiceSettings, count: int) -> Self:
        """So many processes, which wait for orders and end with this one."""
        workers, context = cls(), multiprocessing.get_context("fork")
        for _ in range(count):
            ours, theirs = context.Pipe()
            # A fork has all that is open here: it would keep its own pipe open, and never hear that this process is gone.
            inherited = [*workers.connections, ours]
            process = context.Process(target=run, args=(theirs, inherited, service, settings), daemon=True)
            process.start()
            theirs.close()
            workers.connections.append(ours)
            workers.processes.append(process)
        return workers

    def ask(self, name: str, arguments: list[tuple[Any, ...]]) -> list[Any]:
        """Have each carry out an order, all at once; their answers."""
        answers: dict[Connection, Any] = {}
        for connection, given in zip(self.connections, arguments, strict=True):
            connection.send((name, given))
        while len(answers) < len(self.connections):
            ready = wait([c for c in self.connections if c not in answers])
            for connection in (c for c in self.connections if c in ready):
                try:
                    kind, said = connection.recv()
                except EOFError:
                    raise RebuildFailed("a process that builds has ended; see its last words above") from None
                if kind == "failed":
                    raise RebuildFailed(said)
                if kind == "done":
                    answers[connection] = said
                else:
                    self.said(kind, said)
        return [answers[connection] for connection in self.connections]

    def ask_all(self, name: str, *arguments: Any) -> list[Any]:
        """Have each carry out the same order."""
        return self.ask(name, [arguments] * len(self.connections))

    def end(self) -> None:
        """End them, whatever they do."""
        for process in self.processes:
            process.kill()
            process.join()


class Rebuild:
    """One rebuild of one service: begin, build, prove, change over; or abandon."""

    def __init__(self, service: Service, settings: ServiceSettings, workers: Workers) -> None:
        self._service = service
        self._workers = workers
        self._client: MongoClient[Row] = connect(settings)
        self._database = self._client.get_database(settings.database, write_concern=MAJORITY)
        self.old = self.new = 0

    # -- begin ---------------------------------------------------------------------------------------------------------

    def begin(self) -> dict[int, int]:
        """Take a number for the generation, drop what others left; how many records each partition has received."""
        positions = self._positions()
        if not positions:
            raise RebuildFailed(f"{self._service.name} has not handled anything yet: there is nothing to build from")
        self.old = next(iter(positions.values()))["generation"]
        latest = max([self.old, *(parsed(name)[1] for name in self._database.list_collection_names())])
        before = self._database["generations"].find_one({"_id": "rebuild"}) or {"building": 0}
        if before.get("session"):  # it may have been killed inside its transaction, which holds the positions
            with suppress(PyMongoError):
                self._client.admin.command({"killSessions": [before["session"]]})
        self.new = max(latest, before["building"]) + 1
        where = {"_id": "rebuild"}
        self._database["generations"].replace_one(where, {"building": self.new, "session": None}, upsert=True)
        self._drop(all_but=self.old)
        self._make()
        numbers = sorted(positions)
        count = len(self._workers.connections)
        self._workers.ask("begin", [(numbers[n::count], self.old, self.new) for n in range(count)])
        return {number: position["received"] for number, position in positions.items()}

    def _positions(self) -> dict[int, Row]:
        found = {row["_id"]: row for row in self._database["positions"].find({})}
        for row in found.values():
            row.setdefault("generation", 0)
        return found

    def _make(self) -> None:
        """Make the new collections with their indexes, while they are empty: over a million rows the embedded server never
        ends with the index of a list, and rows cost no more with the indexes there than with those made afterwards."""
        for name in self._service.collections:
            collection = self._database.create_collection(named(name, self.new))
            for fields in self._service.found_by[name]:
                collection.create_index(index_of(fields))

    def _drop(self, *, all_but: int) -> None:
        own = {*self._service.collections, BURIED}
        for name in self._database.list_collection_names():
            collection, generation = parsed(name)
            if collection in own and generation != all_but:
                self._database.drop_collection(name)

    # -- build and prove -----------------------------------------------------------------------------------------------

    def build(self, targets: dict[int, int]) -> None:
        """Play what was kept, up to these numbers of records."""
        self._workers.ask_all("play", targets)

    def prove(self) -> list[Finding]:
        """Compare both generations, partition by partition; a finding for each collection."""
        joined: dict[str, Finding] = {}
        for finding in (f for found in self._workers.ask_all("prove") for f in found):
            joined[finding.collection] = joined[finding.collection] + finding if finding.collection in joined else finding
        return list(joined.values())

    def abandon(self) -> None:
        """Drop what was built."""
        self._drop(all_but=self.old)

    # -- change over ---------------------------------------------------------------------------------------------------

    def change_over(self, *, republish: bool) -> None:
        """Play what came meanwhile and make the new generation the current one, for all partitions at once.

        Nothing is held up: where a batch is committed between the last record played and the change, it is tried again.
        """
        while True:
            positions = self._positions()
            if any(position["generation"] == self.new for position in positions.values()):
                break  # an answer was lost, and the change was not
            targets = {number: position["received"] for number, position in positions.items()}
            answers: list[dict[int, HeldNow]] = self._workers.ask_all("play", targets)
            held = {number: now for answer in answers for number, now in answer.items()}
            faultpoints.hit("before_change")
            if self._changed(targets, held, republish=republish):
                break
        faultpoints.hit("after_switch")

    def _changed(self, targets: dict[int, int], held: dict[int, HeldNow], *, republish: bool) -> bool:
        change = {"generation": self.new, "republish": republish}
        moves = [
            UpdateOne({"_id": number, "received": received, "generation": self.old}, {"$set": change})
            for number, received in targets.items()
        ]
        generations = self._database["generations"]
        with self._client.start_session(causal_consistency=False) as session:
            said = {"$set": {"session": session.session_id}}
            if not generations.update_one({"_id": "rebuild", "building": self.new}, said).matched_count:
                raise RebuildFailed("another rebuild has begun meanwhile; this one ends")
            session.start_transaction(read_concern=ReadConcern("snapshot"), write_concern=MAJORITY)
            try:
                matched = self._database["positions"].bulk_write(moves, session=session).matched_count
                mine = generations.update_one(
                    {"_id": "rebuild", "building": self.new}, {"$set": {"session": None}}, session=session
                ).matched_count
                if matched < len(moves) or not mine:
                    session.abort_transaction()
                    return False
                self._write_held(held, session)
                faultpoints.hit("in_switch")
                session.commit_transaction()
            except PyMongoError as error:
                if error.has_error_label("TransientTransactionError") or error.has_error_label("UnknownTransactionCommitResult"):
                    return False
                raise
        return True

    def _write_held(self, held: dict[int, HeldNow], session: Any) -> None:
        """What is held is of the new generation too, and the inbox says so."""
        writes: list[Any] = []
        outcomes: list[Any] = []
        for number, now in held.items():
            rows = {row.pop("_id"): row for row in self._database["held"].find({"p": number}, session=session)}
            for place in rows.keys() - now.rows.keys():
                writes.append(DeleteOne({"_id": place}))
            for place, row in now.rows.items():
                if rows.get(place) != row:
                    writes.append(ReplaceOne({"_id": place}, row, upsert=True))
            said = {i: "held" for place, i in now.identities.items() if place not in rows}
            said |= {i: outcome for i, outcome in now.outcomes.items() if outcome != "held"}
            outcomes += [UpdateOne({"_id": f"{number:03d}|{i}"}, {"$set": {"outcome": o}}) for i, o in sorted(said.items())]
        for name, operations in (("held", writes), ("inbox", outcomes)):
            if operations:
                self._database[name].bulk_write(operations, session=session)

    def clear(self) -> None:
        """Drop what is not read any more."""
        self._drop(all_but=self.new)

    def peak_bytes(self) -> list[int]:
        """The most memory each process that builds had resident."""
        return list(self._workers.ask_all("peak_bytes"))
