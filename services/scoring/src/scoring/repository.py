"""The queries behind the HTTP interface; handlers never use them."""

from dataclasses import dataclass

from shared.messaging.reader import Reader

from scoring.domain.assessment import Assessment, Missing, missing
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


async def ranking(reader: Reader, round_id: str) -> Ranking | None:
    """The ranking of a round, once scoring has closed."""
    return await reader.get(Ranking, round_id)


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
