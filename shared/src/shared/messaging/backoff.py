"""Waiting longer each time, with jitter, while an engine is away."""

import asyncio
import random


class Backoff:
    """A tenth of a second at first, at most five seconds, each a little shortened by chance."""

    def __init__(self, first: float = 0.1, most: float = 5.0) -> None:
        self._next = first
        self._most = most

    async def wait(self) -> None:
        await asyncio.sleep(random.uniform(self._next / 2, self._next))
        self._next = min(self._next * 2, self._most)
