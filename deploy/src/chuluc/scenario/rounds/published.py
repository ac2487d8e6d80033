"""What was published of the rounds, as data of this package: `published.json`, with where it was read."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict
from shared.contracts.department import Industry


class Count(BaseModel):
    """Products and the enterprises they are of; None where it was not published."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    products: int | None
    enterprises: int | None


class Decision(BaseModel):
    """A decision by number and date."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: str
    date: date


class Published(BaseModel):
    """The published figures of one round. Money in đồng, exports in USD; plans as lower and upper bound."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    year: int
    applied: Count
    recognised: Count
    sources: tuple[str, ...]
    top10: tuple[str, ...] = ()
    top10_enterprises: int | None = None
    planned_products: tuple[int, int] | None = None
    planned_enterprises: tuple[int, int] | None = None
    planned_first_time: tuple[int, int] | None = None
    decision: Decision | None = None
    council_met: date | None = None
    comments_until: date | None = None
    ceremony: date | None = None
    revenue_vnd: int | None = None
    exports_usd: int | None = None
    industries: Mapping[Industry, int] | None = None


class Rounds(BaseModel):
    """The whole file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source_note: str
    rounds: tuple[Published, ...]


@cache
def published() -> dict[int, Published]:
    """The rounds by year."""
    text = files("chuluc.scenario.rounds").joinpath("published.json").read_text("utf-8")
    return {found.year: found for found in Rounds.model_validate_json(text).rounds}
