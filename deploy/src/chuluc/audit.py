"""The guarantees of the system, checked while it runs: those each service shows of itself, and those between them."""

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

import pydantic_core
from shared.contracts.finance import BUDGET, BudgetAllocated, BudgetChanged
from shared.contracts.portal import SUPPORT, SupportRequested
from shared.contracts.reporting import GRANT_REGISTER, RECOGNISED_PRODUCT
from shared.contracts.support import BUDGET_STATE, GRANT, BudgetAdjusted, SupportGranted
from shared.messaging.topics import every_topic

from chuluc import scarce, states
from chuluc.directory import Directory, Run
from chuluc.journal import Journal
from chuluc.scarce import Activity, Grant, Line
from chuluc.services import Services
from chuluc.topics import Topics, events, read_all, refused

MOST_SHOWN = 20
REGISTERS = {RECOGNISED_PRODUCT.name: ("/recognised-products", "certificate"), GRANT_REGISTER.name: ("/grants", "request_id")}
"""Topics of the latest state: where reporting shows the same, and by which field."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One guarantee at one place: kept or not, and what was counted."""

    where: str
    guarantee: int
    ok: bool
    detail: str


async def audit(directory: Directory, run: Run, services: Services) -> list[Finding]:
    """Every finding; the system should be at rest, or what is on its way looks missing."""
    findings = [
        Finding(service, said["guarantee"], said["ok"], said["detail"])
        for service in services.names
        for said in (await services.get(service, "/audit"))["guarantees"]
    ]
    topics = await read_all(run, sorted(name for name in every_topic() if not name.endswith((".log.v1", ".dead-letter"))))
    findings += [_journal_is_there(directory, topics), _one_id_one_content(topics), await _same_day(services)]
    return findings + await _nothing_overspent(services, topics) + await _registers_say_the_same(services, topics)


def _found(where: str, guarantee: int, counted: str, breaches: list[str]) -> Finding:
    """A finding with every breach in words, as many as a reader can take in."""
    more = [f"and {len(breaches) - MOST_SHOWN} more"] if len(breaches) > MOST_SHOWN else []
    return Finding(where, guarantee, not breaches, "; ".join([counted, *breaches[:MOST_SHOWN], *more]))


# -- guarantees of every service ---------------------------------------------------------------------------------------


def _journal_is_there(directory: Directory, topics: Topics) -> Finding:
    """Guarantee 3: what was accepted into the journal lies in its topic."""
    journal = Counter((entry.topic, entry.value) for entry in Journal(directory.journal).read())
    there = Counter((topic, record.value) for topic, records in topics.items() for record in records)
    missing = sum(count > there[record] for record, count in journal.items())
    return Finding("journal", 3, not missing, f"{journal.total()} records accepted, {missing} not in their topic")


def _one_id_one_content(topics: Topics) -> Finding:
    """Guarantee 5: an event of a service that was published again is the same event."""
    contents: dict[str, set[str]] = defaultdict(set)
    for topic, records in topics.items():
        if topic.startswith("city."):
            continue
        for event in (pydantic_core.from_json(record.value) for record in records if record.value):
            contents[f"{event['source']}|{event['id']}"].add(json.dumps([event["type"], event["data"]], sort_keys=True))
    changed = sum(len(found) > 1 for found in contents.values())
    return Finding("topics", 5, not changed, f"{len(contents)} events published by services, {changed} with two contents")


async def _same_day(services: Services) -> Finding:
    """Guarantee 2: the day's tick has passed every service and none is ahead."""
    days = {name: status.day if status else None for name, status in (await services.statuses()).items()}
    return Finding("days", 2, len(set(days.values())) == 1, ", ".join(f"{name} {day}" for name, day in days.items()))


# -- guarantee 4: a scarce thing is never overspent --------------------------------------------------------------------


async def _nothing_overspent(services: Services, topics: Topics) -> list[Finding]:
    """Support's requests, lines and activities against each other, and against allocations, requests and grants in the topics."""
    requests = await services.pages("support", "/grants")
    kinds = {
        v["scheme_id"] + v["version"]: v["activity"] for s in await services.pages("support", "/schemes") for v in s["versions"]
    }
    for request in requests:
        request["kind"] = kinds.get(request["scheme_id"] + request["scheme_version"], "unknown")
    no = refused(topics["support.rejected.v1"])
    grants = _grants(requests, topics, no)
    lines = [
        Line(i["id"], i["allocated"], i["reserved"], i["available"], i["committed"], i["paying"], i["paid"])
        for i in await services.pages("support", "/lines")
    ]
    moved = _moved(topics)
    given = _allocated(topics, no)
    given.update(moved)
    offered = await services.pages("support", "/activities")
    activities = [Activity(i["id"], i["places"], i["taken"]) for i in offered]
    taking_place = {i["id"] for i in offered if not i["cancelled"]}
    published = {_id(e.data): e.data.amount for e in events(topics[GRANT.name], SupportGranted)}
    # A request has its place before its money, and keeps it while it waits for money.
    holding = Counter(
        r["activity_id"]
        for r in requests
        if r["kind"] != "project" and r["activity_id"] in taking_place and (r["state"] == "granted" or r["waits_for"] == "budget")
    )
    money = scarce.unbalanced_lines(lines, grants, given) + scarce.unlike_published(grants, published)
    money += scarce.lost_on_the_way(moved)
    return [
        _found("money", 4, f"{len(lines)} lines, {sum(g.amount for g in grants)} đồng in {len(grants)} grants", money),
        _found(
            "activities",
            4,
            f"{len(grants)} grants, {sum(len(g.invoices) for g in grants)} invoices",
            scarce.granted_twice(grants),
        ),
        _found(
            "places",
            4,
            f"{len(activities)} activities, {holding.total()} places held",
            scarce.overfull_activities(activities, holding),
        ),
    ]


def _allocated(topics: Topics, no: set[str]) -> Counter[str]:
    """What the city allocated and changed, by line."""
    sums: Counter[str] = Counter()
    for given in events(topics[BUDGET.name], BudgetAllocated):
        if given.identity not in no:
            sums[given.data.line_id] += given.data.amount
    for changed in events(topics[BUDGET.name], BudgetChanged):
        if changed.identity not in no:
            sums[changed.data.line_id] += changed.data.by
    return sums


def _moved(topics: Topics) -> Counter[str]:
    """What lines received from each other less what they sent, by line."""
    sums: Counter[str] = Counter()
    for event in events(topics[BUDGET_STATE.name], BudgetAdjusted):
        if event.data.other_line:
            sums[event.data.line_id] += event.data.by
    return sums


def _grants(requests: list[dict[str, Any]], topics: Topics, no: set[str]) -> list[Grant]:
    """The granted requests, also those cancelled later, each with the invoices it was sent with."""
    sent: dict[str, SupportRequested] = {}
    for event in events(topics[SUPPORT.name], SupportRequested):
        if event.identity not in no:
            sent.setdefault(_id(event.data), event.data)
    return [
        Grant(
            id=r["id"],
            line_id=r["line_id"],
            amount=r["granted"],
            # The number of an activity is its own; that of a project is the enterprise's. The code is that of its day: two
            # enterprises that were merged later may each have been supported for one activity.
            activity=f"{r['id'].partition('/')[0]}/{'project' if r['kind'] == 'project' else 'activity'}/{r['activity_id']}",
            invoices=tuple(evidence.id for evidence in sent[r["id"]].evidence) if r["id"] in sent else (),
            given_back=r["granted"] - r["held"],
        )
        for r in requests
        if r["state"] in ("granted", "cancelled")
    ]


def _id(data: SupportRequested | SupportGranted) -> str:
    """A request as support names it: the enterprise (a branch is its enterprise) and the request's own id."""
    return f"{data.tax_code.partition('-')[0]}/{data.request_id}"


# -- the registers reporting publishes ---------------------------------------------------------------------------------


async def _registers_say_the_same(services: Services, topics: Topics) -> list[Finding]:
    """Guarantee 2: the last record of each key is the newest, and is what reporting answers."""
    findings: list[Finding] = []
    for topic, (path, key) in REGISTERS.items():
        records = (
            (r.key.decode() if r.key else "", pydantic_core.from_json(r.value) if r.value else None) for r in topics[topic]
        )
        published, breaches = states.latest(records)
        shown = {item[key]: item for item in await services.pages("reporting", path)}
        counted = f"{len(published)} keys in {topic}, {len(shown)} shown"
        findings.append(_found("registers", 2, counted, breaches + states.unlike_shown(published, shown)))
    return findings
