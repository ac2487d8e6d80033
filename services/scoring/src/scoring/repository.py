"""The queries behind the HTTP interface; handlers never use them."""

from dataclasses import dataclass
from datetime import date

from shared.messaging.reader import Reader

from scoring.domain.appeal import Appeal
from scoring.domain.assessment import Assessment, assessment_key
from scoring.domain.council import Council
from scoring.domain.criteria import CriteriaSet, RoundCriteria
from scoring.domain.decision import Decision
from scoring.domain.missing import Missing, missing
from scoring.domain.publication import Objection, Publication
from scoring.domain.ranking import Ranking, version_key
from scoring.domain.recognition import Recognition
from scoring.domain.round import Round
from scoring.domain.today import TODAY, Today


@dataclass(frozen=True, slots=True)
class RoundState:
    """A round with its Council, where it has come, what it cannot close without, and how late that is.

    `due` is the last day for scores and `days_late` the business days since; None where no day is set or none has begun.
    """

    round: Round
    council: Council | None
    missing: tuple[Missing, ...]
    due: date | None
    days_late: int | None


async def rounds(reader: Reader, *, limit: int, after: str | None) -> list[Round]:
    """Rounds by id."""
    return await reader.list(Round, limit=limit, after=after)


async def round_state(reader: Reader, round_id: str) -> RoundState | None:
    """A round and what is missing from whom; nothing is missing once it is closed."""
    round_ = await reader.get(Round, round_id)
    if round_ is None:
        return None
    council = await reader.get(Council, round_id)
    if round_.closed_on is not None or council is None:
        return RoundState(round_, council, (), None, None)
    assessments = await reader.list(Assessment, {"round_id": round_id})
    lacks = missing(assessments, council, await round_criteria(reader, round_))
    due, today = council.current.scoring_due, await reader.get(Today, TODAY)
    return RoundState(round_, council, lacks, due, today.late(due) if today and due else None)


async def round_criteria(reader: Reader, round_: Round) -> RoundCriteria:
    """The criteria sets of a round, which were there before it."""
    sets = {id: found for id in round_.pins if (found := await reader.get(CriteriaSet, id))}
    by_industry = {industry: sets[id] for industry, id in round_.criteria_by_industry.items()}
    return RoundCriteria(sets[round_.criteria_id], by_industry)


async def dossiers(reader: Reader, round_id: str, *, limit: int, after: str | None) -> list[Assessment]:
    """The dossiers of a round by id, those withdrawn too."""
    return await reader.list(Assessment, {"round_id": round_id}, limit=limit, after=after)


async def dossier(reader: Reader, round_id: str, application_id: str) -> Assessment | None:
    """A dossier of a round."""
    return await reader.get(Assessment, assessment_key(round_id, application_id))


async def ranking(reader: Reader, round_id: str, version: int | None = None) -> Ranking | None:
    """The ranking of a round, once scoring has closed: the one that stands, or an earlier version."""
    stands = await reader.get(Ranking, round_id)
    if stands is None or version is None or version == stands.version:
        return stands
    return await reader.get(Ranking, version_key(round_id, version))


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


async def criteria_set(reader: Reader, criteria_id: str) -> CriteriaSet | None:
    """The criteria set of this id."""
    return await reader.get(CriteriaSet, criteria_id)
