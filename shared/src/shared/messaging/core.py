"""The core: the owner of log partitions handles their records, a batch at a time, one transaction a batch.

Ownership is the consumer group's; the fence is the `positions` document. The position in MongoDB decides where to read
on, not the offset committed to Kafka, so a redelivered batch is skipped and a restored database reads on from where it
was. Infrastructure trouble is waited out here; nothing a record does can stop the partition.
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.abc import ConsumerRebalanceListener
from aiokafka.errors import KafkaError

from shared.contracts.base import REGISTER, SOURCE_PREFIX, derived_id, make_event
from shared.contracts.runtime import ContractLearned
from shared.errors import Infrastructure
from shared.messaging.backoff import Backoff
from shared.messaging.codec import read_log
from shared.messaging.commits import Commits
from shared.messaging.intake import Intake
from shared.messaging.kafka import Outbound, Pace, Publisher, content_header
from shared.messaging.metrics import Metrics
from shared.messaging.outbox import Outbox
from shared.messaging.partition import LogRecord
from shared.messaging.relay import Relay
from shared.messaging.service import Service
from shared.messaging.store import Owned, Row, Store

log = structlog.get_logger()
MOST_PENDING = 20_000
OFFSET_COMMIT_SECONDS = 2.0


class Core(ConsumerRebalanceListener):  # type: ignore[misc]
    """Everything one instance does with the partitions it owns."""

    def __init__(
        self,
        service: Service,
        *,
        store: Store,
        relay: Relay,
        intake: Intake,
        publisher: Publisher,
        metrics: Metrics,
        pace: Pace,
        memory: int,
    ) -> None:
        self._publisher = publisher
        self.service = service
        self.store = store
        self.relay = relay
        self.intake = intake
        self.owned: dict[int, Owned] = {}
        self.lost = asyncio.Event()
        self.commits = Commits(store, relay, metrics, self.lost, memory=memory)
        self.trouble: str | None = None
        self.joined = False
        self.subscriber: Any = None
        self._working = asyncio.Lock()
        self._offsets_at = 0.0
        self._pace = pace

    @property
    def consumer(self) -> AIOKafkaConsumer | None:
        """The consumer of our subscriber, while it runs."""
        return self.subscriber.consumer if self.subscriber is not None else None

    # -- ownership -----------------------------------------------------------------------------------------------------

    async def on_partitions_assigned(self, assigned: Sequence[TopicPartition]) -> None:
        """Claim the partitions, go to their positions, send what is left over, and read the world if ours is the first."""
        if self.consumer is None:
            return  # the instance stops, and what a last rebalance gives it is the next owner's
        self.commits.leaving = False
        async with self._working:
            backoff = Backoff()
            while not self.commits.over and self.consumer is not None:
                try:
                    await self._claim(sorted(tp.partition for tp in assigned))
                    self.trouble, self.joined = None, True
                    return
                except Infrastructure as error:
                    self.trouble = f"cannot take over partitions: {error}"
                    log.warning("core.claim_waits", error=str(error))
                    await backoff.wait()
                except Exception:
                    # aiokafka only logs what a listener raises: the partitions would be read and every record passed over.
                    log.exception("core.claim_failed")
                    self.lost.set()
                    return

    async def _claim(self, numbers: list[int]) -> None:
        assert self.consumer is not None
        epochs = await self.intake.read_epochs(numbers)
        for number in numbers:
            if number not in self.owned:
                self.owned[number] = await self.store.claim(number, epochs[number])
            if self.owned[number].lost_log:
                await self._make_log_again(self.owned[number])
        for number, owned in self.owned.items():
            self.consumer.seek(TopicPartition(self.service.log, number), owned.partition.next)
            await self._send_leftovers(owned)
            await self._say_what_was_learned(owned)
        if 0 in self.owned:
            await self.intake.start(self.owned[0], self.lost)
        log.info("core.partitions_assigned", partitions=numbers)

    async def _say_what_was_learned(self, owned: Owned) -> None:
        """Records waited for a version that knows their type: if this is it, the log says so and they are released."""
        for queue in owned.partition.held.values():
            head = queue[0]
            if head.awaited == ("contract", head.record.type) and head.record.event is not None:
                id = derived_id("learned", owned.number, head.record.type, head.record.ordinal)
                source = SOURCE_PREFIX + self.service.name
                event = make_event(ContractLearned(type=head.record.type), id=id, time=head.record.event.time, source=source)
                await self._publisher.send([Outbound(self.service.log, owned.number, b"learned", event.to_json())])

    async def _make_log_again(self, owned: Owned) -> None:
        """The broker has lost our log, and we kept it: it comes first and in its order, so that a replay ends the same."""
        async for records in self.store.kept_log(owned.number):
            log_topic, number = self.service.log, owned.number
            await self._publisher.send(Outbound(log_topic, number, None, v, content_header(c)) for v, c in records)
        await self.store.start_over(owned)

    async def _send_leftovers(self, owned: Owned) -> None:
        again = owned.lost_log
        async for row in self.store.leftovers(owned):
            events = [e for e in row.events if not (again and REGISTER.topics_compacted(e.topic))]
            if events:
                self.relay.add(owned, Row(owned.number, events))
        if again:
            await self._send_states(owned)
        owned.lost_log = False

    async def _send_states(self, owned: Owned) -> None:
        """The broker has lost its log: topics of the latest state are made again from the state, not from old rows."""
        outbox = Outbox(self.service, owned.number, owned.partition.counter, owned.partition.digest)
        async for document in self.store.states(owned):
            state = document.published_state()
            if state is not None:
                event = outbox.state_again(document, state, owned.partition.day, owned.generation)
                self.relay.add(owned, Row(owned.number, [event]))

    async def _follow_rebuild(self, owned: Owned) -> None:
        """Documents built anew are followed without waiting for a record; where they say something else, so do the topics."""
        if self.service.keeps_log:
            await self.store.follow(owned)
        if owned.republish:
            await self._republish(owned)

    async def _republish(self, owned: Owned) -> None:
        owned.republish = False  # killed before it is marked, the next owner sends them
        async for tombstone in self.store.buried(owned):
            self.relay.add(owned, Row(owned.number, [tombstone]))
        await self._send_states(owned)
        if await self.relay.drain(60.0):
            await self.store.mark_republished(owned)

    async def on_partitions_revoked(self, revoked: Sequence[TopicPartition]) -> None:
        """Finish the batch under way, stop reading the world, send what is decided, and let go."""
        self.commits.leaving, self.joined = True, False
        async with self._working:
            await self._let_go()

    async def _let_go(self) -> None:
        await self.intake.stop()
        await self.commits.give_up()
        if self.owned:
            await self.relay.drain(3.0)
            with suppress(Infrastructure):
                await asyncio.wait_for(self._mark(), 3.0)
        self.relay.forget()
        self.owned.clear()

    async def leave(self) -> None:
        """The instance stops: as when the partitions are revoked, and nothing is handled after it."""
        self.commits.leaving = True
        async with self._working:
            await self._let_go()
            self.subscriber = None

    async def _mark(self) -> None:
        for owned in list(self.owned.values()):
            if owned.marked != owned.published:
                await self.store.mark_published(owned)

    async def keep_marks(self) -> None:
        """While nothing comes in, remember how far the outbox is published; once a day forget what is old."""
        purged: dict[int, Any] = {}
        while True:
            await asyncio.sleep(1.0)
            if self.consumer is not None:
                self._pace.rest(self.consumer)
                self.subscriber.batch_timeout_ms = self._pace.poll_ms
            if self._working.locked() or self.commits.under_way:
                continue
            async with self._working:
                with suppress(Infrastructure):
                    await self._mark()
                    for owned in self.owned.values():
                        await self._follow_rebuild(owned)
                        if purged.get(owned.number) != owned.partition.day:
                            purged[owned.number] = owned.partition.day
                            await self.store.purge(owned)

    # -- batches -------------------------------------------------------------------------------------------------------

    async def handle(self, records: Sequence[ConsumerRecord]) -> None:
        """Handle what was fetched; comes back when its transaction has begun, or when the partitions are to be given up."""
        async with self._working:
            backoff = Backoff()
            self._hurry()
            while not self.commits.over and self.consumer is not None:
                try:
                    await self._handle(records)
                    self.trouble = None
                    return
                except Infrastructure as error:
                    self.trouble = str(error)
                    log.warning("core.waits", error=str(error))
                    await backoff.wait()
                except Exception as error:  # FastStream would pass over it without a word
                    self.trouble = f"a batch cannot be handled: {error!r}"
                    log.exception("core.failed")
                    await backoff.wait()

    def _hurry(self) -> None:
        if self.consumer is not None:
            self._pace.busy(self.consumer)
            self.subscriber.batch_timeout_ms = self._pace.poll_ms

    async def _handle(self, records: Sequence[ConsumerRecord]) -> None:
        groups: dict[int, list[ConsumerRecord]] = defaultdict(list)
        for record in records:
            groups[record.partition].append(record)
        ready = {n: await self._in_step(n, group) for n, group in groups.items() if n in self.owned}
        decoded = [(self.owned[n], [_decode(r) for r in group]) for n, group in ready.items() if group]
        if decoded:
            await self.commits.add(decoded)
        await self._commit_offsets()
        if self.relay.pending > MOST_PENDING:
            await self.relay.drain(60.0)

    async def _in_step(self, number: int, records: list[ConsumerRecord]) -> list[ConsumerRecord]:
        """Only records that follow our position; after a gap we go back to it, so that nothing is passed over."""
        assert self.consumer is not None
        position, tp = self.commits.next(self.owned[number]), TopicPartition(self.service.log, number)
        end = self.consumer.highwater(tp)
        if end is not None and end < position:
            # New records would take the places of lost ones and pass for handled.
            raise Infrastructure(f"{tp} ends at {end}, before position {position}: the broker has lost its end; see the runbook")
        fresh = [r for r in records if r.offset >= position]
        if fresh and fresh[0].offset != position:
            if (await self.consumer.beginning_offsets([tp]))[tp] > position:
                raise Infrastructure(f"{tp} begins after position {position}: records were deleted before they were handled")
            self.consumer.seek(tp, position)
            return []
        return fresh

    async def _commit_offsets(self) -> None:
        """Tell Kafka how far we are, for its own tools; we go by the position in the database."""
        if self.consumer is None or time.monotonic() - self._offsets_at < OFFSET_COMMIT_SECONDS:
            return
        self._offsets_at = time.monotonic()
        offsets = {TopicPartition(self.service.log, o.number): o.partition.next for o in self.owned.values()}
        with suppress(KafkaError, ValueError, AssertionError):
            await self.consumer.commit({tp: offset for tp, offset in offsets.items() if tp in self.consumer.assignment()})


def _decode(record: ConsumerRecord) -> LogRecord:
    content = next((v.decode() for k, v in record.headers if k == "content"), "")
    return read_log(record.offset, record.value, content, record.timestamp / 1000)
