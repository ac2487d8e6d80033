"""The queries behind the HTTP interface; handlers never use them."""

from collections.abc import Iterable
from typing import Any

from shared.messaging.reader import Reader

from support.domain.activities import PlannedActivity
from support.domain.coverage import Coverage
from support.domain.enterprises import enterprise_of
from support.domain.grants import Grant
from support.domain.lines import Line, Movement, Total, totals_of
from support.domain.participation import HeldClass, Participation
from support.domain.places import Places
from support.domain.recoveries import Account
from support.domain.reports import FoundOverlap
from support.domain.requests import Request
from support.domain.scarce import Asker, kind_of, line_thing, place_thing
from support.domain.schemes import Scheme
from support.domain.successions import FormerCode


async def code_now(reader: Reader, tax_code: str) -> str:
    """The code an enterprise goes on under: its own, where it has never had another."""
    while former := await reader.get(FormerCode, tax_code):
        tax_code = former.tax_code
    return tax_code


async def _enterprise(reader: Reader, tax_code: str | None) -> str | None:
    return None if tax_code is None else await code_now(reader, enterprise_of(tax_code))


async def grants(
    reader: Reader, *, year: int | None, state: str | None, tax_code: str | None, limit: int, after: str | None
) -> list[Request]:
    """Requests by id (enterprise/request), of one budget year, state or enterprise where asked."""
    enterprise = await _enterprise(reader, tax_code)
    asked: dict[str, Any] = {"year": year, "state": state, "tax_code": enterprise}
    where = {name: value for name, value in asked.items() if value is not None}
    return await reader.list(Request, where, limit=limit, after=after)


async def queues_of(reader: Reader, requests: Iterable[Request]) -> dict[str, tuple[Asker, ...]]:
    """The lines that these requests stand in, by thing, each in the order in which it is served by what is known now."""
    waiting = (r for r in requests if r.waits_for in ("place", "budget") and r.next_thing)
    queues: dict[str, tuple[Asker, ...]] = {}
    for thing in dict.fromkeys(str(r.next_thing) for r in waiting):
        kind: type[Line] | type[Places] = Line if kind_of(thing) == "line" else Places
        found = await reader.get(kind, thing)
        queues[thing] = found.order if found else ()
    return queues


async def requests_named(reader: Reader, name: str) -> list[Request]:
    """The request of this id; else those of this number, two at most: enterprises do not know each other's numbers."""
    if request := await reader.get(Request, name):
        return [request]
    return await reader.list(Request, {"request_id": name}, limit=2)


async def grant_of(reader: Reader, id: str) -> Grant | None:
    """The grant of a request, by its full id; None where none was granted."""
    return await reader.get(Grant, id)


async def recoveries(reader: Reader, *, state: str, limit: int, after: str | None) -> list[Grant]:
    """Grants of which something has to be paid back (open), or was (repaid), by id."""
    return await reader.list(Grant, {"recovery": state}, limit=limit, after=after)


async def account(reader: Reader, tax_code: str) -> Account:
    """What an enterprise owes; nothing where nothing is known of it."""
    id = await code_now(reader, enterprise_of(tax_code))
    return await reader.get(Account, id) or Account(id=id)


async def lines(reader: Reader, *, limit: int, after: str | None) -> list[Line]:
    """Budget lines by id; `after` is the id of a line."""
    return await reader.list(Line, limit=limit, after=after and line_thing(after))


async def line(reader: Reader, line_id: str) -> Line | None:
    """One budget line."""
    return await reader.get(Line, line_thing(line_id))


async def movements(reader: Reader, line_id: str, *, limit: int, after: int) -> list[Movement]:
    """The history of a line from its first move on; `after` is the number of a move."""
    return await reader.list(Movement, {"line_id": line_id}, limit=limit, after=Movement.id_of(line_id, after))


async def totals(reader: Reader, plan_id: str | None) -> list[Total]:
    """The sums of the lines of each plan and year, by year and plan; of one plan where asked."""
    return totals_of(await reader.list(Line, {} if plan_id is None else {"plan_id": plan_id}))


async def schemes(reader: Reader, *, limit: int, after: str | None) -> list[Scheme]:
    """Schemes by id, each with its versions."""
    return await reader.list(Scheme, limit=limit, after=after)


async def scheme(reader: Reader, scheme_id: str) -> Scheme | None:
    """One scheme with its versions."""
    return await reader.get(Scheme, scheme_id)


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
    asked = {"tax_code": await _enterprise(reader, tax_code), "activity_id": activity_id}
    where = {name: value for name, value in asked.items() if value is not None}
    return await reader.list(Participation, where, limit=limit, after=after)


async def held_class(reader: Reader, activity_id: str) -> HeldClass | None:
    """The learners counted of a class."""
    return await reader.get(HeldClass, activity_id)


async def overlaps(
    reader: Reader, *, state: str | None, tax_code: str | None, limit: int, after: str | None
) -> list[FoundOverlap]:
    """Overlaps by id (enterprise/overlap), in one state or of one enterprise where asked."""
    asked = {"state": state, "tax_code": await _enterprise(reader, tax_code)}
    where = {name: value for name, value in asked.items() if value is not None}
    return await reader.list(FoundOverlap, where, limit=limit, after=after)


async def coverage(reader: Reader, year: int) -> list[Coverage]:
    """The enterprises that hold a recognition at some day of a year, by id, and what reached them."""
    return await reader.list(Coverage, {"year": year, "recognised": True})
