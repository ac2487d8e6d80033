"""The queries behind the HTTP interface; handlers never use them."""

from typing import Any

from shared.messaging.reader import Reader

from support.domain.activities import PlannedActivity
from support.domain.coverage import Coverage
from support.domain.enterprises import enterprise_of
from support.domain.participation import HeldClass, Participation
from support.domain.places import Places
from support.domain.reports import FoundOverlap
from support.domain.requests import Request
from support.domain.scarce import Supply, line_thing, place_thing
from support.domain.schemes import Scheme


async def grants(
    reader: Reader, *, year: int | None, state: str | None, tax_code: str | None, limit: int, after: str | None
) -> list[Request]:
    """Requests by id (enterprise/request), of one budget year, state or enterprise where asked."""
    enterprise = None if tax_code is None else enterprise_of(tax_code)
    asked: dict[str, Any] = {"year": year, "state": state, "tax_code": enterprise}
    where = {name: value for name, value in asked.items() if value is not None}
    return await reader.list(Request, where, limit=limit, after=after)


async def grant(reader: Reader, request_id: str) -> Request | None:
    """The request of this number, whichever enterprise sent it; also by its full id."""
    found = await reader.list(Request, {"request_id": request_id}, limit=1)
    return found[0] if found else await reader.get(Request, request_id)


async def lines(reader: Reader, *, limit: int, after: str | None) -> list[Supply]:
    """Budget lines by id; `after` is the id of a line."""
    return await reader.list(Supply, limit=limit, after=after and line_thing(after))


async def line(reader: Reader, line_id: str) -> Supply | None:
    """One budget line."""
    return await reader.get(Supply, line_thing(line_id))


async def schemes(reader: Reader, *, limit: int, after: str | None) -> list[Scheme]:
    """Schemes by id, each with its versions."""
    return await reader.list(Scheme, limit=limit, after=after)


async def activities(reader: Reader, *, limit: int, after: str | None) -> list[tuple[PlannedActivity, Places]]:
    """Activities of the plan by id, each with its places as far as they were asked for."""
    found = await reader.list(PlannedActivity, limit=limit, after=after)
    return [(activity, await places_of(reader, activity.id)) for activity in found]


async def activity(reader: Reader, activity_id: str) -> PlannedActivity | None:
    """One activity of the plan."""
    return await reader.get(PlannedActivity, activity_id)


async def places_of(reader: Reader, activity_id: str) -> Places:
    """Who has a place of an activity and who stands in line; empty where nobody has asked yet."""
    thing = place_thing(activity_id)
    return await reader.get(Places, thing) or Places(id=thing)


async def participations(
    reader: Reader, *, tax_code: str | None, activity_id: str | None, limit: int | None, after: str | None
) -> list[Participation]:
    """Who joined what in kind, by id (enterprise/activity), of one enterprise or one activity where asked."""
    asked = {"tax_code": None if tax_code is None else enterprise_of(tax_code), "activity_id": activity_id}
    where = {name: value for name, value in asked.items() if value is not None}
    return await reader.list(Participation, where, limit=limit, after=after)


async def held_class(reader: Reader, activity_id: str) -> HeldClass | None:
    """The learners counted of a class."""
    return await reader.get(HeldClass, activity_id)


async def overlaps(
    reader: Reader, *, state: str | None, tax_code: str | None, limit: int, after: str | None
) -> list[FoundOverlap]:
    """Overlaps by id (enterprise/overlap), in one state or of one enterprise where asked."""
    asked = {"state": state, "tax_code": None if tax_code is None else enterprise_of(tax_code)}
    where = {name: value for name, value in asked.items() if value is not None}
    return await reader.list(FoundOverlap, where, limit=limit, after=after)


async def coverage(reader: Reader, year: int) -> list[Coverage]:
    """The enterprises that hold a recognition at some day of a year, by id, and what reached them."""
    return await reader.list(Coverage, {"year": year, "recognised": True})
