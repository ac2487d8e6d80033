"""A member of a group as a process of its own, to be killed: prints its partitions each time it is given some.

Arguments: address, group, topic.
"""

import asyncio
import sys
from pathlib import Path

from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, TopicPartition

sys.path.insert(0, str(Path(__file__).parents[1]))
from harness.clients import GROUP


class Say(ConsumerRebalanceListener):  # type: ignore[misc]
    def on_partitions_revoked(self, revoked: set[TopicPartition]) -> None:
        pass

    def on_partitions_assigned(self, assigned: set[TopicPartition]) -> None:
        print(*sorted(part.partition for part in assigned), flush=True)


async def main(address: str, group: str, topic: str) -> None:
    consumer = AIOKafkaConsumer(bootstrap_servers=address, group_id=group, **GROUP)
    consumer.subscribe([topic], listener=Say())
    await consumer.start()
    while True:
        await consumer.getmany(timeout_ms=200)


asyncio.run(main(*sys.argv[1:]))
