"""A kept log of any length, as the runtime writes it: made events, in the proportions of the rounds of 2018 to 2025.

A cohort of 22 made enterprises is played through eight years in memory once, which gives its records with what the service
sends itself; further cohorts are the same under other ids, and their recognitions end on other days. Days, calendars and
rounds are those of the eight years, however many cohorts there are.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any, TypeVar

from reporting.main import service
from shared.contracts.applications import ApplicationAccepted, ApplicationReceived, ApplicationRejected, EnterpriseRecorded
from shared.contracts.base import Data, Event, make_event
from shared.contracts.catalogue_schemas import SAMPLES
from shared.contracts.department import DayStarted, RoundOpened
from shared.contracts.recognitions import RecognitionExpired
from shared.contracts.registers import AnnualResultReported
from shared.contracts.scoring import ProductNotRecognised, ProductRecognised
from shared.contracts.support import BudgetReserved, SupportGranted
from shared.testing.memory import PARTITIONS as COHORT_PARTITIONS
from shared.testing.memory import run

D = TypeVar("D", bound=Data)
PARTITIONS = 4
YEARS = range(2018, 2026)
COHORT = "70707"
ENDS = "-11-17"
ROW_RECORDS = 250
Record = tuple[bytes, str]


def made(model: type[D], **facts: Any) -> D:
    """The contract's sample with other facts: of the size such an event has."""
    name = model.contract.type.rsplit(".", 2)[1]
    sample = json.loads((SAMPLES / f"{name}.v1.json").read_text("utf-8"))["data"]
    return model.model_validate(sample | facts)


def _tax_code(number: int) -> str:
    return f"{COHORT}{number:05d}"


def _cohort() -> Iterator[Event[Any]]:
    """Per year 5 dossiers of 22 enterprises; 30 of the 40 are recognised, and two thirds of those have expired in the end."""
    told = 0

    def event(data: Data, day: date) -> Event[Any]:
        nonlocal told
        told += 1
        return make_event(data, id=f"{COHORT}-{told}", time=datetime.combine(day, time(1), UTC) + timedelta(seconds=told))

    for year in YEARS:
        yield from (_day(date(year, month, 1)) for month in (1, 2, 3))
        yield make_event(made(RoundOpened, round_id=f"{year}", year=year), id=f"round-{year}", time=_noon(date(year, 3, 1)))
        opened, decided, season = date(year, 4, 1), date(year, 6, 15), year - YEARS[0]
        for n in range(22 if year == YEARS[0] else 3):
            yield event(made(EnterpriseRecorded, tax_code=_tax_code(n)), opened)
        yield _day(opened)
        dossiers = [f"HS-{year}-{COHORT}-{n}" for n in range(5)]
        codes = [_tax_code((season * 3 + n) % 22) for n in range(5)]
        for n, (dossier, code) in enumerate(zip(dossiers, codes, strict=True)):
            facts = {"application_id": dossier, "round_id": f"{year}", "tax_code": code, "received": opened}
            yield event(made(ApplicationReceived, **facts), opened)
            if n == 4 and season % 2:
                yield event(made(ApplicationRejected, **{k: v for k, v in facts.items() if k != "received"}), opened)
            else:
                yield event(made(ApplicationAccepted, **facts, product_id=f"SP-{dossier}"), opened)
        yield _day(date(year, 5, 1))
        yield _day(decided)
        for n, (dossier, code) in enumerate(zip(dossiers[:4], codes, strict=False)):
            facts = {"application_id": dossier, "round_id": f"{year}", "year": year, "tax_code": code}
            if n == 3 and season % 4:
                yield event(made(ProductNotRecognised, **facts, product_id=f"SP-{dossier}"), decided)
                continue
            facts |= {"decided_on": decided, "valid_from": decided, "valid_to": f"{year + 2}{ENDS}", "top10_rank": None}
            yield event(made(ProductRecognised, **facts, certificate=f"{dossier}-CN", product_id=f"SP-{dossier}"), decided)
        yield from (_day(date(year, month, 1)) for month in range(7, 13))
        if season % 2:
            grant = {"request_id": f"YC-{dossiers[0]}", "tax_code": codes[0], "line_id": f"{year}/{COHORT}", "year": year}
            yield event(made(SupportGranted, **grant), date(year, 12, 1))
            yield event(made(BudgetReserved, request_id=grant["request_id"], line_id=grant["line_id"]), date(year, 12, 1))
            yield event(made(AnnualResultReported, tax_code=codes[0], year=year), date(year, 12, 1))
        for n in range(3 if year - 2 in YEARS else 0):
            old = f"HS-{year - 2}-{COHORT}-{n}"
            code = _tax_code(((season - 2) * 3 + n) % 22)
            facts = {"certificate": f"{old}-CN", "tax_code": code, "product_id": f"SP-{old}", "valid_to": f"{year}{ENDS}"}
            yield event(made(RecognitionExpired, **facts), date(year, 12, 1))


def _day(day: date) -> Event[Any]:
    return make_event(DayStarted(date=day), id=f"day-{day}", time=_noon(day))


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


@cache
def _stages() -> list[tuple[list[Record], list[list[Record]]]]:
    """The cohort's log by stage: what is for every partition, then what each partition has until the next of that."""
    logs = run(service, *_cohort())[service.name].log
    everywhere = [record for record in logs[0] if COHORT.encode() not in record[0]]
    parts: list[dict[int, list[Record]]] = [defaultdict(list) for _ in logs]
    for part, log in zip(parts, logs, strict=True):
        stage = 0
        for value, content in log:
            if COHORT.encode() in value:
                # Ids of what the service sends are hashes, so those of other cohorts are told apart by what stands before.
                part[stage].append((value.replace(b'"id":"', b'"id":"' + COHORT.encode() + b"-", 1), content))
            else:
                stage += 1
    stages = [([], [part[0] for part in parts])]
    return stages + [([record], [part[n] for part in parts]) for n, record in enumerate(everywhere, 1)]


def cohorts(events: int) -> int:
    """How many cohorts give at least so many records."""
    common = len([record for records, _ in _stages() for record in records]) * PARTITIONS
    each = sum(len(part) for _, parts in _stages() for part in parts)
    return max(1, -(-(events - common) // each))


def _of_cohort(record: Record, number: int) -> Record:
    ends = f"-{1 + number % 12:02d}-{1 + number // 12 % 28:02d}"
    return record[0].replace(COHORT.encode(), f"{number:05d}".encode()).replace(ENDS.encode(), ends.encode()), record[1]


def made_log(number: int, count: int) -> Iterator[Record]:
    """What a partition received, with so many cohorts: each lies in three partitions, so that all have as much."""
    for common, parts in _stages():
        yield from common
        for cohort in range(count):
            place = (number - cohort) % PARTITIONS
            if place < COHORT_PARTITIONS:
                yield from (_of_cohort(record, cohort) for record in parts[place])


def write(database: Any, events: int) -> int:
    """Write the kept log of so many events and the positions behind them, as the runtime leaves them; how many it wrote."""
    count, total = cohorts(events), 0
    for number in range(PARTITIONS):
        received, packed = 0, list[Record]()
        rows: list[dict[str, Any]] = []
        for record in made_log(number, count):
            packed.append(record)
            if len(packed) == ROW_RECORDS:
                rows.append(_row(number, received, packed))
                received, packed = received + len(packed), []
                if len(rows) == 20:
                    database["outbox"].insert_many(rows)
                    rows = []
        database["outbox"].insert_many([*rows, _row(number, received, packed)])
        received += len(packed)
        database["positions"].insert_one(
            {"_id": number, "fence": 0, "next": received + 1, "received": received, "counter": 0, "digest": "", "published": 0}
            | {"day": f"{YEARS[-1]}-12-01", "holidays": [], "epoch": "made", "generation": 0}
        )
        total += received
    return total


def _row(number: int, began: int, records: list[Record]) -> dict[str, Any]:
    packed = [[value, content] for value, content in records]
    return {"_id": f"{number:03d}/{began:012d}/000", "p": number, "after": 0, "day": None, "events": [], "records": packed}
