"""Activities of a year with who joined them, and whom support reached in a year: with money, in a class, in kind."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date as Date

from shared.messaging.reader import OneOf, Reader

from reporting.domain.activities import Activity, ClassCount, Participation, Uncovered
from reporting.domain.enterprise import Account
from reporting.domain.rows import Measure
from reporting.domain.support import Grant
from reporting.repository.registers import names_of_enterprises
from reporting.repository.rows import rows_of
from shared import vietnamese

IN_FORCE, SUPPORTED = (Measure.ENTERPRISES_IN_FORCE, 0), (Measure.ENTERPRISES_SUPPORTED, 0)


@dataclass(frozen=True, slots=True)
class Participant:
    """An enterprise in an activity: without money (`participation`), with money (`grant`), or both."""

    tax_code: str
    name: str | None
    participation: Participation | None
    grants: tuple[Grant, ...]

    @property
    def made(self) -> bool:
        """Whether any of it was made for a scenario."""
        return bool(self.participation and self.participation.made) or any(grant.made for grant in self.grants)


@dataclass(frozen=True, slots=True)
class Joined:
    """An activity with who took part, in Vietnamese order; `learners` where it is a class that was counted."""

    activity: Activity
    participants: tuple[Participant, ...]
    learners: int | None
    learners_made: bool

    @property
    def made(self) -> bool:
        """Whether any of it was made for a scenario."""
        return self.activity.made or self.learners_made or any(participant.made for participant in self.participants)


async def activities(reader: Reader, year: int) -> list[Joined]:
    """The activities of a year by their first day, each with the enterprises that joined it or have a grant for it."""
    known = await reader.list(Activity, {"year": year})
    took_part = await _participations(reader, year, known)
    supported: dict[str, list[Grant]] = defaultdict(list)
    for grant in await reader.list(Grant, {"activity_id": OneOf([activity.id for activity in known])}) if known else []:
        if grant.reaches:
            supported[grant.activity_id].append(grant)
    codes = {p.tax_code for found in took_part.values() for p in found} | {g.tax_code for f in supported.values() for g in f}
    names = await names_of_enterprises(reader, codes)
    counts = {count.id: count for count in await reader.list(ClassCount, {"year": year})}
    return [
        Joined(
            activity,
            _participants(took_part[activity.id], supported[activity.id], names),
            counts[activity.id].learners if activity.id in counts else None,
            activity.id in counts and counts[activity.id].made,
        )
        for activity in sorted(known, key=lambda activity: (activity.starts, activity.id))
    ]


async def activities_of(reader: Reader, ids: Iterable[str | None]) -> dict[str, Activity]:
    """Those of the activities named that were announced, by id; one question, whatever their number."""
    wanted = sorted({id for id in ids if id})
    found = await reader.list(Activity, {"id": OneOf(wanted)}) if wanted else []
    return {activity.id: activity for activity in found}


async def _participations(reader: Reader, year: int, known: Iterable[Activity]) -> dict[str, list[Participation]]:
    """Participations of the year's activities that fit them, by activity."""
    by_id = {activity.id: activity for activity in known}
    found: dict[str, list[Participation]] = defaultdict(list)
    for said in await reader.list(Participation, {"year": year}):
        activity = by_id.get(said.activity_id)
        if activity and (counted := said.counted(activity)):
            found[activity.id].append(counted)
    return found


def _participants(joined: Sequence[Participation], grants: Sequence[Grant], names: dict[str, str]) -> tuple[Participant, ...]:
    by_code = {participation.tax_code: participation for participation in joined}
    paid: dict[str, list[Grant]] = defaultdict(list)
    for grant in grants:
        paid[grant.tax_code].append(grant)
    said = {grant.tax_code: grant.enterprise_name for grant in grants}
    found = [
        Participant(code, names.get(code) or said.get(code), by_code.get(code), tuple(paid[code]))
        for code in {*by_code, *list(paid)}
    ]
    return tuple(sorted(found, key=lambda p: (vietnamese.natural_key(p.name or p.tax_code), p.tax_code)))


@dataclass(frozen=True, slots=True)
class Reached:
    """What reached an enterprise with a recognition in force in the year; `told` are the days support named it as missed."""

    tax_code: str
    name: str | None
    grants: tuple[Grant, ...]
    classes: tuple[Activity, ...]
    in_kind: tuple[Activity, ...]
    told: tuple[Date, ...]
    made: bool

    @property
    def covered(self) -> bool:
        """A money grant or a class covers an enterprise; support in kind covers nobody (domain, section 2)."""
        return bool(self.grants or self.classes)

    @property
    def received(self) -> int:
        """What it was granted in the year, đồng."""
        return sum(grant.amount for grant in self.grants)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The enterprises with a recognition in force at any day of a year, in Vietnamese order."""

    year: int
    enterprises: tuple[Reached, ...]

    @property
    def covered(self) -> tuple[Reached, ...]:
        """Those that money or a class reached."""
        return tuple(one for one in self.enterprises if one.covered)

    @property
    def missed(self) -> tuple[Reached, ...]:
        """Those that neither reached: someone should call."""
        return tuple(one for one in self.enterprises if not one.covered)

    @property
    def in_kind(self) -> tuple[Reached, ...]:
        """Those that support in kind reached, covered or not."""
        return tuple(one for one in self.enterprises if one.in_kind)

    @property
    def made(self) -> bool:
        """Whether any of it was made for a scenario."""
        return any(one.made for one in self.enterprises)


async def coverage(reader: Reader, year: int) -> Coverage:
    """Whom support reached in a year, of those it should reach. A merged enterprise counts under the code it has."""
    rows = await rows_of(reader, (IN_FORCE, SUPPORTED), year)
    in_force = {row.about: row for row in rows[IN_FORCE]}
    supported = {row.about: row for row in rows[SUPPORTED]}
    known = {activity.id: activity for activity in await reader.list(Activity, {"year": year})}
    took_part = [p for found in (await _participations(reader, year, known.values())).values() for p in found]
    told = {uncovered.tax_code: uncovered.days for uncovered in await reader.list(Uncovered, {"year": year})}
    grants = {grant.id: grant for grant in await reader.list(Grant, {"year": year, "state": "granted"})}
    holders = await _holders(reader, {p.tax_code for p in took_part} - in_force.keys(), year)
    classes: dict[str, dict[str, Activity]] = defaultdict(dict)
    in_kind: dict[str, dict[str, Activity]] = defaultdict(dict)
    for participation in took_part:
        code = holders.get(participation.tax_code, participation.tax_code)
        for there, into in ((participation.in_class, classes), (participation.in_kind, in_kind)):
            if there:
                into[code][participation.activity_id] = known[participation.activity_id]
    names = await names_of_enterprises(reader, in_force)
    found = [
        Reached(
            tax_code=code,
            name=names.get(code),
            grants=tuple(grants[g.about] for g in supported[code].grounds if g.about in grants) if code in supported else (),
            classes=tuple(classes[code].values()),
            in_kind=tuple(in_kind[code].values()),
            told=told.get(code, ()),
            made=row.made or (code in supported and supported[code].made),
        )
        for code, row in in_force.items()
    ]
    return Coverage(year, tuple(sorted(found, key=lambda one: (vietnamese.natural_key(one.name or one.tax_code), one.tax_code))))


async def _holders(reader: Reader, codes: Collection[str], year: int) -> dict[str, str]:
    """Under which code those that went on as another by the end of the year count in it."""
    leads: dict[str, str] = {}
    asked: set[str] = set(codes)
    seen: set[str] = set()
    while asked:
        seen |= asked
        accounts = await reader.list(Account, {"id": OneOf(sorted(asked))})
        moved = {account.id: account.moved_to for account in accounts if account.moved_to and account.moves(year)}
        leads |= moved
        asked = set(moved.values()) - seen
    return {code: _end_of(code, leads) for code in codes}


def _end_of(code: str, leads: dict[str, str]) -> str:
    passed: set[str] = set()
    while code in leads and code not in passed:
        passed.add(code)
        code = leads[code]
    return code
