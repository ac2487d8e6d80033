"""The places of an activity and who stands in line for them, decided at the key of the activity.

On request the first in the log of the activity is first served. Where the activity names a day of allocation, everybody
stands in line until the start of that day; then the places go by priority, time of request and id.
"""

from shared.messaging.document import Document

from support.domain.scarce import Asker, in_rank_order, with_newer


class Seat(Asker):
    """A request that stands in line for a place, or has one."""


class Places(Document, collection="places"):
    """Who has a place of an activity, and who stands in line. The id is the thing; how many there are the activity says.

    `allocated` is false as long as the order of the line is still open.
    """

    taken: tuple[Seat, ...] = ()
    queue: tuple[Seat, ...] = ()
    allocated: bool = False

    @property
    def order(self) -> tuple[Seat, ...]:
        """The line as it would be served now: until its day of allocation by rank."""
        return self.queue if self.allocated else in_rank_order(self.queue)

    def knows(self, seat: Seat) -> bool:
        """Whether the request has a place, or stands in line."""
        return any(known.who == seat.who for known in (*self.taken, *self.queue))

    def joined(self, seat: Seat) -> "Places":
        return self.but(queue=(*self.queue, seat))

    def ranked_anew(self, seat: Seat) -> "Places":
        """A request in line has another priority now; once the places were allocated the order stands."""
        if self.allocated:
            return self
        return self.but(queue=with_newer(self.queue, seat))

    def in_order(self) -> "Places":
        """The line in its order of allocation, which is kept from here on: who comes later stands behind."""
        if self.allocated:
            return self
        return self.but(queue=in_rank_order(self.queue), allocated=True)

    def has_room(self, places: int | None) -> bool:
        return places is None or len(self.taken) < places

    def served(self, places: int | None) -> tuple["Places", tuple[Seat, ...]]:
        """Give what is free to the line from its head; `places` is how many there are, None as many as want."""
        free = len(self.queue) if places is None else max(places - len(self.taken), 0)
        lucky = self.queue[:free]
        return self.but(taken=(*self.taken, *lucky), queue=self.queue[free:]), lucky

    def without(self, tax_code: str, request_id: str) -> "Places":
        """A request gives back its place, or leaves the line."""
        taken, queue = (tuple(s for s in seats if s.who != (tax_code, request_id)) for seats in (self.taken, self.queue))
        return self.but(taken=taken, queue=queue)


class Crowds(Document, collection="crowds"):
    """The activities of this partition that have a line: the day's tick allocates their places, or sends the line home."""

    activities: tuple[str, ...] = ()
