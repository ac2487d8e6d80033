"""Read a compacted topic of the programme: the latest state of each key, as JSON lines; with --follow, every change after.

    python follow.py BROKER TOPIC [--follow]        for example  follow.py 127.0.0.1:9092 reporting.recognised-product.v1

It needs aiokafka and nothing of ours: copy it. What it relies on is promised in the README beside it.
"""

import asyncio
import json
import sys
from typing import Any

from aiokafka import AIOKafkaConsumer

QUIET_MS = 2000  # no record for so long: everything there was has been read

State = dict[str, Any]


def took(states: dict[str, State], key: str, value: bytes | None) -> bool:
    """Take one record; whether it changed anything."""
    if not value:  # a tombstone: there is no such thing any more
        return states.pop(key, None) is not None
    event = json.loads(value)
    known = states.get(key)
    # Records come at least once, and a repeat may come late: of two states of a key the higher sequence is the newer.
    if known is not None and known["sequence"] >= event["sequence"]:
        return False
    states[key] = event
    return True


def shown(key: str, states: dict[str, State]) -> str:
    """One line: the key, and its state, or null where it is gone."""
    state = states.get(key)
    return json.dumps({"key": key, "state": state and state["data"]}, ensure_ascii=False)


async def main(broker: str, topic: str, *, follow: bool) -> None:
    """Read to the end, print the states by key, and go on if asked."""
    # Without a group nothing is committed and every run reads all of it: a compacted topic is small.
    consumer = AIOKafkaConsumer(topic, bootstrap_servers=broker, group_id=None, auto_offset_reset="earliest")
    await consumer.start()
    states: dict[str, State] = {}
    try:
        caught_up = False
        while follow or not caught_up:
            batches = await consumer.getmany(timeout_ms=QUIET_MS)
            for records in batches.values():
                for record in records:
                    key = record.key.decode()
                    if took(states, key, record.value) and caught_up:
                        print(shown(key, states), flush=True)
            if not batches and not caught_up:
                caught_up = True
                for key in sorted(states):
                    print(shown(key, states), flush=True)
    finally:
        await consumer.stop()


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if word != "--follow"]
    if len(words) != 2:
        sys.exit(__doc__)
    asyncio.run(main(*words, follow="--follow" in sys.argv))
