"""The queries behind the HTTP interface; handlers never use them."""

from dataclasses import dataclass

from shared.messaging.reader import Reader

from scoring.domain.appeal import Appeal
from scoring.domain.assessment import Assessment, Missing, missing
from scoring.domain.decision import Decision
from scoring.domain.publication import Objection, Publication
from scoring.domain.ranking import Ranking
from scoring.domain.recognition import Recognition
from scoring.domain.round import Council, CriteriaSet, Round


@dataclass(frozen=True, slots=True)
class RoundState:
    """A round with its Council and criteria set, where they have come, and what it cannot close without."""

    round: Round
    council: Council | None
    criteria: CriteriaSet | None
    missing: tuple[Missing, ...]


async def rounds(reader: Reader, *, limit: int, after: str | None) -> list[Round]:
    """Rounds by id."""
    return await reader.list(Round, limit=limit, after=after)


async def round_state(reader: Reader, round_id: str) -> RoundState | None:
    """A round and what is missing from whom; nothing is missing once it is closed."""
    round_ = await reader.get(Round, round_id)
    if round_ is None:
        return None
    council = await reader.get(Council, round_id)
    criteria = await reader.get(CriteriaSet, round_.criteria_id)
    if round_.closed_on is not None or council is None or criteria is None:
        return RoundState(round_, council, criteria, ())
    assessments = await reader.list(Assessment, {"round_id": round_id})
    return RoundState(round_, council, criteria, missing(assessments, council, criteria))


async def ranking(reader: Reader, round_id: str, version: int | None) -> Ranking | None:
    """The ranking of a round, once scoring has closed: the latest, or the version asked for."""
    latest = await reader.get(Ranking, round_id)
    if latest is None or version in (None, latest.version):
        return latest
    return await reader.get(Ranking, f"{round_id}/{version}")


async def publication(reader: Reader, round_id: str) -> Publication | None:
    """The publication of a round's result for comment."""
    return await reader.get(Publication, round_id)


async def decision(reader: Reader, round_id: str) -> Decision | None:
    """What the city has decided on a round so far."""
    return await reader.get(Decision, round_id)


async def objections(reader: Reader, round_id: str, *, limit: int, after: str | None) -> list[Objection]:
    """The objections to a round's result, by id."""
    return await reader.list(Objection, {"round_id": round_id}, limit=limit, after=after)


async def appeals(reader: Reader, round_id: str, *, limit: int, after: str | None) -> list[Appeal]:
    """The appeals against a round's decision, by id."""
    return await reader.list(Appeal, {"round_id": round_id}, limit=limit, after=after)


async def recognitions(
    reader: Reader, *, round_id: str | None, tax_code: str | None, limit: int, after: str | None
) -> list[Recognition]:
    """Certificates by number, of one round or enterprise where asked."""
    asked = {"round_id": round_id, "tax_code": tax_code}
    where = {name: value for name, value in asked.items() if value is not None}
    return await reader.list(Recognition, where, limit=limit, after=after)


async def recognition(reader: Reader, certificate: str) -> Recognition | None:
    """The certificate of this number."""
    return await reader.get(Recognition, certificate)


async def criteria_sets(reader: Reader, *, limit: int, after: str | None) -> list[CriteriaSet]:
    """Criteria sets by id."""
    return await reader.list(CriteriaSet, limit=limit, after=after)
