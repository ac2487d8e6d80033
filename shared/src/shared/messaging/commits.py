"""The commits: one transaction at a time, while the next batch is already played on top of it.

A partition in memory is what is committed; a batch is what comes on top of it. So a batch whose transaction fails is
dropped together with the one played over it, and nothing has to be undone. Nothing is sent before its commit.
"""

import asyncio
import time

import structlog
from pydantic_core import from_json

from shared import faultpoints
from shared.errors import Fenced, Infrastructure, Superseded
from shared.messaging.backoff import Backoff
from shared.messaging.batch import Batch
from shared.messaging.metrics import Metrics
from shared.messaging.partition import LogRecord
from shared.messaging.relay import Relay
from shared.messaging.store import Owned, Row, Store, Work, Writes
from shared.messaging.unit import NeedDocuments
from shared.mongo import Duplicate

log = structlog.get_logger()
Decoded = list[tuple[Owned, list[LogRecord]]]


class Commits:
    """What is played and not committed yet. `lost` is set where a partition turns out to be another instance's."""

    def __init__(self, store: Store, relay: Relay, metrics: Metrics, lost: asyncio.Event, *, memory: int) -> None:
        self._store = store
        self._relay = relay
        self._metrics = metrics
        self._lost = lost
        self._memory = memory
        self._task: asyncio.Task[None] | None = None
        self._ahead: dict[int, Batch] = {}
        self.leaving = False
        self.trouble: str | None = None

    @property
    def over(self) -> bool:
        """Whether nothing may be handled any more."""
        return self.leaving or self._lost.is_set()

    @property
    def under_way(self) -> bool:
        return self._task is not None and not self._task.done()

    def next(self, owned: Owned) -> int:
        """The offset behind everything that is played."""
        ahead = self._ahead.get(owned.number)
        return ahead.next if ahead else owned.partition.next

    async def settled(self) -> None:
        """Wait for the transaction under way; then it is committed, or nothing may be handled any more."""
        if self._task is not None:
            # Whoever waits may be cancelled, and must not take the transaction along.
            await asyncio.wait({self._task})

    async def add(self, decoded: Decoded) -> None:
        """Play records on top of what is under way, and begin their transaction when that is committed."""
        started = time.monotonic()
        while not self.over:
            work = await self._play(decoded, self._ahead)
            writes = self._store.writes(work)
            await self.settled()
            # What stands on a batch that had to be played again is played again too.
            if not self.over and all(batch.stands for _, batch in work):
                self._begin(decoded, work, writes, started)
                return

    async def give_up(self) -> None:
        """The partitions go: finish the transaction under way, drop what is not committed."""
        self.leaving = True
        await self.settled()
        self._ahead = {}

    # -- playing -------------------------------------------------------------------------------------------------------

    async def _play(self, decoded: Decoded, ahead: dict[int, Batch]) -> Work:
        return [(owned, await self._play_one(owned, records, ahead)) for owned, records in decoded]

    async def _play_one(self, owned: Owned, records: list[LogRecord], ahead: dict[int, Batch]) -> Batch:
        partition = owned.partition
        while True:
            batch = Batch(self._store.service, partition, after=ahead.get(owned.number))
            try:
                batch.play(records)
                return batch
            except NeedDocuments as needed:
                position = partition.next
                loaded = await self._store.load(owned, needed.keys)
                # After a commit it may be older than what memory has by now; of another generation, after a rebuild.
                if partition.next == position:
                    partition.documents.update(loaded)

    async def _learn(self, missed: Duplicate | Superseded, decoded: Decoded) -> None:
        """The transaction is gone, and the batch plays again over what it did not know.

        Events came that were handled before, and the inbox says which; or the documents are those of another generation.
        """
        for owned, records in decoded:
            if isinstance(missed, Superseded):
                await self._store.follow(owned)
                continue
            seen = await self._store.seen(owned.number, {i for r in records for i in (r.identity, r.reuse)})
            owned.partition.seen.update(seen)

    # -- committing ----------------------------------------------------------------------------------------------------

    def _begin(self, decoded: Decoded, work: Work, writes: Writes, started: float) -> None:
        self._ahead = {batch.number: batch for _, batch in work}
        self._task = asyncio.create_task(self._run(decoded, work, writes, started), name="commit")

    async def _run(self, decoded: Decoded, work: Work, writes: Writes, started: float) -> None:
        backoff = Backoff()
        while not self.over:
            try:
                try:
                    await self._commit(work, writes)
                    break
                except (Duplicate, Superseded) as missed:
                    await self._learn(missed, decoded)
                    work = await self._play(decoded, {})
                    writes = self._store.writes(work)
                    self._ahead = {batch.number: batch for _, batch in work}
            except Fenced as error:
                log.error("core.fenced", error=str(error))
                self._lost.set()
            except Infrastructure as error:
                self.trouble = str(error)
                log.warning("core.waits", error=str(error))
                await backoff.wait()
            except Exception as error:  # nobody would hear of it
                self.trouble = f"a batch cannot be handled: {error!r}"
                log.exception("core.failed")
                await backoff.wait()
        else:
            return
        self.trouble = None
        self._after(work, started)

    async def _commit(self, work: Work, writes: Writes) -> None:
        faultpoints.hit("before_transaction")
        try:
            await self._store.commit(writes)
        except Fenced:
            await self._check_committed(work)
        faultpoints.hit("after_transaction")

    async def _check_committed(self, work: Work) -> None:
        """The compare-and-set failed: our own commit, whose answer was lost; or a rebuild; or somebody else's claim."""
        found = [(owned, batch, await self._store.position(owned)) for owned, batch in work]
        if all((fence, next) == (owned.fence, batch.next) for owned, batch, (fence, next, _) in found):
            return
        for owned, batch, (fence, next, _) in found:
            if (fence, next) != (owned.fence, batch.began_at):
                topic = self._store.service.log
                raise Fenced(f"partition {owned.number} of {topic} has another owner or another position")
        if all(batch.partition is owned.partition and owned.generation == now for owned, batch, (_, _, now) in found):
            raise Fenced(f"{self._store.service.log} was not written, and nothing says why")
        raise Superseded("the documents are those of another generation now")

    def _after(self, work: Work, started: float) -> None:
        self._ahead = {}
        for owned, batch in work:
            batch.keep(documents=self._memory)
            if batch.outgoing:
                self._relay.add(owned, Row(owned.number, batch.outgoing))
            self._metrics.batch(batch)
            self._log_answers(batch)
        self._metrics.took(time.monotonic() - started)
        faultpoints.hit("before_publishing")

    def _log_answers(self, batch: Batch) -> None:
        """One line for each refusal and dead letter, by which its whole story can be found."""
        service = self._store.service
        for event in batch.outgoing:
            if event.topic in (service.rejected, service.dead_letter):
                answer = from_json(event.value)
                data = answer["data"]
                log.warning(
                    f"{service.name}.{'record_refused' if event.topic == service.rejected else 'record_dead_lettered'}",
                    correlationid=answer["correlationid"],
                    causationid=answer["causationid"],
                    reason=data.get("slug") or data.get("error"),
                    field=data.get("field"),
                )
