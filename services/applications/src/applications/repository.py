"""The queries behind the HTTP interface; handlers never use them."""

from shared.messaging.reader import Reader

from applications.domain.application import Application
from applications.domain.enterprise import Enterprise, enterprise_key
from applications.domain.round import EligibilityRules, Round


async def applications(
    reader: Reader, *, round_id: str | None, state: str | None, limit: int, after: str | None
) -> list[Application]:
    """Dossiers by id (enterprise/dossier), of one round or state where asked."""
    asked = {"round_id": round_id, "state": state}
    where = {name: value for name, value in asked.items() if value is not None}
    return await reader.list(Application, where, limit=limit, after=after)


async def application(reader: Reader, application_id: str) -> Application | None:
    """The dossier of this number, whichever enterprise filed it; also by its full id, as lists give it."""
    found = await reader.list(Application, {"application_id": application_id}, limit=1)
    return found[0] if found else await reader.get(Application, application_id)


async def enterprises(reader: Reader, *, limit: int, after: str | None) -> list[Enterprise]:
    """Enterprises by tax code."""
    return await reader.list(Enterprise, limit=limit, after=after)


async def enterprise(reader: Reader, tax_code: str) -> Enterprise | None:
    """The enterprise of a tax code, with or without a branch suffix."""
    return await reader.get(Enterprise, enterprise_key(tax_code))


async def rounds(reader: Reader, *, limit: int, after: str | None) -> list[Round]:
    """Rounds by id."""
    return await reader.list(Round, limit=limit, after=after)


async def rules(reader: Reader, *, limit: int, after: str | None) -> list[EligibilityRules]:
    """Versions of the eligibility rules by id."""
    return await reader.list(EligibilityRules, limit=limit, after=after)
