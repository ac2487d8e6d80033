"""The rules of the schemes a second time, as a person reads them in the texts: what the year is reckoned by apart.

Nothing here is taken from the scheme events, nor from the service that keeps the ledger. Money is whole đồng.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from chuluc.scenario.support.rows import MILLION

Who = Literal["cnht", "rural", "recognised"]
Unit = Literal["activity", "establishment", "learner", "year-of-all"]
ROUNDED_TO = 1_000
ADVANCE_PERCENT = 70
WAIT_BUSINESS_DAYS = 20
HOLIDAYS = frozenset({date(2023, 1, 2)})
"""Those between the first day somebody waits for a recognition and the end of the year."""


@dataclass(frozen=True)
class Rule:
    """A version of a scheme: from when, the share of the cost in per cent, its caps in đồng by unit, and who may ask.

    `regions` are the caps of missions by region, "" all others. `trait_factor` raises a cap, in per cent of it.
    """

    since: date
    percent: int
    who: tuple[Who, ...]
    caps: Mapping[Unit, int] = field(default_factory=dict)
    regions: Mapping[str, int] = field(default_factory=dict)
    trait_factor: Mapping[str, int] = field(default_factory=dict)
    part: bool = False
    second_person_from: int | None = None
    papers: tuple[str, ...] = ()


T = date(2018, 5, 15)
JUNE = date(2022, 6, 6)
CNHT: tuple[Who, ...] = ("cnht",)
RURAL: tuple[Who, ...] = ("rural",)
EITHER: tuple[Who, ...] = ("recognised", "cnht")
WEST = 42 * MILLION
RULES: Mapping[str, tuple[Rule, ...]] = {
    "cnht-fair-abroad": (Rule(T, 100, CNHT, {"activity": 150 * MILLION}),),
    "cnht-fair-at-home": (Rule(T, 70, CNHT, {"activity": 12 * MILLION}),),
    "cnht-mission-abroad": (Rule(T, 100, CNHT, regions={"asia": 28 * MILLION, "europe": WEST, "": 70 * MILLION}),),
    "cnht-technology-renewal": (Rule(date(2022, 2, 1), 50, CNHT, part=True, second_person_from=1_000 * MILLION),),
    "research": (Rule(T, 70, EITHER),),
    "technology-transfer": (Rule(T, 70, EITHER),),
    "licences-and-patents": (Rule(T, 70, EITHER),),
    "software": (Rule(T, 70, EITHER), Rule(JUNE, 70, EITHER, papers=("quotation",))),
    "foreign-experts": (Rule(T, 70, EITHER), Rule(JUNE, 70, EITHER, {"year-of-all": 200 * MILLION})),
    "trial-production": (Rule(T, 70, EITHER),),
    "management-systems": (Rule(T, 100, CNHT),),
    "capability-assessment": (Rule(T, 100, CNHT),),
    "training": (Rule(T, 70, CNHT),),
    "craft-class": (Rule(T, 100, RURAL, {"learner": 2 * MILLION}),),
    "rural-machinery": (
        Rule(date(2014, 4, 4), 50, RURAL, {"establishment": 200 * MILLION}),
        Rule(T, 50, RURAL, {"establishment": 300 * MILLION}, trait_factor={"technology-line": 150}),
    ),
    "rural-model": (
        Rule(date(2014, 4, 4), 30, RURAL, {"activity": 500 * MILLION}),
        Rule(T, 30, RURAL, {"activity": 1_000 * MILLION}),
    ),
}
"""Every scheme that pays, its versions by day of effect."""
IN_KIND = ("supplier-connection", "online-connection", "city-cnht-fair", "publicity", "programme-logo", "ceremony")
EXCLUDED = ("cnht-technology-renewal", "khuyen-cong-quoc-gia")
"""Two programmes of which an enterprise gets one within 24 months, which is longer than the year here."""
KIND_OF_SCHEME = {
    "cnht-fair-abroad": "fair",
    "cnht-fair-at-home": "fair",
    "cnht-mission-abroad": "mission",
    "training": "training",
    "craft-class": "class",
}
"""What a grant is for, where it is not a project: any fair is a fair, whichever scheme pays."""


def rule_on(scheme: str, day: date) -> Rule:
    """The version in effect on a day."""
    return [rule for rule in RULES[scheme] if rule.since <= day][-1]


def share(percent: int, cost: int) -> int:
    """So many per cent of a cost, rounded down to 1,000 đồng."""
    return percent * cost // (100 * ROUNDED_TO) * ROUNDED_TO


RECOGNISED = frozenset(f"K{n}" for n in range(1, 13))
RECOGNISED_FROM, RECOGNISED_UNTIL = date(2019, 11, 29), date(2022, 11, 28)
"""First and last day of every recognition: three years."""
CNHT_LIST = frozenset((*(f"K{n}" for n in range(1, 5)), *(f"S{n}" for n in range(1, 9))))
RURAL_LIST = frozenset(f"V{n}" for n in range(1, 17))
