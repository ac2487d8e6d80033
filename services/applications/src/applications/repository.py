"""The queries behind the HTTP interface; handlers never use them."""

from shared.messaging.reader import Reader

from applications.domain.application import Application
from applications.domain.enterprise import Enterprise, enterprise_key
from applications.domain.evidence import Flag
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


async def dossiers_of_product(reader: Reader, application: Application) -> list[Application]:
    """Every dossier of the product of a dossier, over the years, as they were filed."""
    found = await reader.list(Application, {"tax_code": application.tax_code, "product_id": application.product_id})
    return sorted(found, key=lambda a: (a.year, a.round_id, a.place))


async def flags_of(reader: Reader, application: Application) -> list[Flag]:
    """What contradicts the figures of a dossier now."""
    return await reader.list(Flag, {"application": application.id})


async def flags(reader: Reader, *, round_id: str | None, limit: int, after: str | None) -> list[Flag]:
    """Flags by id, of one round where asked."""
    return await reader.list(Flag, {"round_id": round_id} if round_id else {}, limit=limit, after=after)


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


async def round_(reader: Reader, round_id: str) -> Round | None:
    """The round of this id."""
    return await reader.get(Round, round_id)


async def rules_version(reader: Reader, rules_id: str) -> EligibilityRules | None:
    """The version of the eligibility rules of this id."""
    return await reader.get(EligibilityRules, rules_id)
