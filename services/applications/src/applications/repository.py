"""The queries behind the HTTP interface; handlers never use them."""

from datetime import date

from shared.contracts.clusters import ClusterReported
from shared.contracts.demand import SupplierMatch
from shared.messaging.reader import Reader
from shared.vietnamese import search_form

from applications.domain.application import Application
from applications.domain.cluster import Cluster
from applications.domain.demand import Demand
from applications.domain.enterprise import Enterprise, enterprise_key
from applications.domain.evidence import Flag
from applications.domain.nomination import Nomination
from applications.domain.round import EligibilityRules, Round
from applications.domain.supporting_industry import Supplier


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
    """Every dossier of the product of a dossier, over the years and the codes its enterprise had, as they were filed."""
    now = await enterprise(reader, application.tax_code)
    codes = [now.id, *(former.tax_code for former in now.former_codes)] if now else [application.tax_code]
    found = [
        dossier
        for code in codes
        for dossier in await reader.list(Application, {"tax_code": code, "product_id": application.product_id})
    ]
    return sorted(found, key=lambda a: (a.year, a.round_id, a.place, a.received))


async def flags_of(reader: Reader, application: Application) -> list[Flag]:
    """What contradicts the figures of a dossier now."""
    return await reader.list(Flag, {"application": application.id})


async def flags(reader: Reader, *, round_id: str | None, limit: int, after: str | None) -> list[Flag]:
    """Flags by id, of one round where asked."""
    return await reader.list(Flag, {"round_id": round_id} if round_id else {}, limit=limit, after=after)


async def enterprises(reader: Reader, *, limit: int, after: str | None) -> list[Enterprise]:
    """Enterprises by tax code; former codes are found under the one that goes on."""
    return await reader.list(Enterprise, {"merged_into": None}, limit=limit, after=after)


async def enterprise(reader: Reader, tax_code: str) -> Enterprise | None:
    """The enterprise of a tax code, with or without a branch suffix; that of a former code as it goes on now."""
    found = await reader.get(Enterprise, enterprise_key(tax_code))
    while found and found.merged_into and (onward := await reader.get(Enterprise, found.merged_into)):
        found = onward
    return found


async def nominations(reader: Reader, *, year: int | None, programme: str | None) -> dict[Nomination, bool]:
    """Nominations by id, each with whether the enterprise has filed since.

    Filed means for a key product: a dossier in a round of that year, under any code the enterprise had; for the supporting
    industries: it is on the list.
    """
    asked = {"year": year, "programme": programme}
    found = await reader.list(Nomination, {name: value for name, value in asked.items() if value is not None})
    years = {n.year for n in found if n.programme == "key-product"}
    filed = {
        (r.year, dossier.tax_code)
        for r in await reader.list(Round)
        if r.year in years
        for dossier in await reader.list(Application, {"round_id": r.id})
    }
    return {nomination: await _has_filed(reader, nomination, filed) for nomination in found}


async def _has_filed(reader: Reader, nomination: Nomination, filed: set[tuple[int, str]]) -> bool:
    if nomination.programme == "supporting-industry":
        return await reader.get(Supplier, nomination.tax_code) is not None
    enterprise = await reader.get(Enterprise, nomination.tax_code)
    former = enterprise.former_codes if enterprise else ()
    codes = [nomination.tax_code, *(code.tax_code for code in former)]
    return any((nomination.year, code) in filed for code in codes)


async def suppliers(reader: Reader, *, sector: str | None, standard: str | None) -> list[Supplier]:
    """The register of supporting industries by tax code: those of a sector, or with a standard in force, where asked."""
    return [
        supplier
        for supplier in await reader.list(Supplier)
        if (sector is None or search_form(sector) in map(search_form, supplier.sectors))
        and (standard is None or any(held.standard == standard for held in supplier.standards))
    ]


async def supplier(reader: Reader, tax_code: str) -> Supplier | None:
    """The entry of an enterprise, under any of its codes."""
    known = await enterprise(reader, tax_code)
    return await reader.get(Supplier, known.id if known else enterprise_key(tax_code))


async def demands(reader: Reader, *, closed: bool | None, limit: int, after: str | None) -> list[Demand]:
    """Buyers' demands by id, those closed or not where asked."""
    return await reader.list(Demand, {} if closed is None else {"closed": closed}, limit=limit, after=after)


async def demand(reader: Reader, demand_id: str) -> Demand | None:
    """One demand."""
    return await reader.get(Demand, demand_id)


async def matches(reader: Reader, demand: Demand) -> dict[Supplier, SupplierMatch]:
    """The suppliers that match a demand by the register as it is now, best first, each with its match; none where it is over."""
    if demand.closed:
        return {}
    listed = {supplier.id: supplier for supplier in await reader.list(Supplier)}
    return {listed[match.tax_code]: match for match in demand.matches(listed.values())}


async def clusters(reader: Reader, *, state: str | None, on: date | None) -> dict[Cluster, ClusterReported]:
    """Clusters by id, each with what holds now, or held on a day: those of a state where asked."""
    found = {cluster: cluster.on(on) if on else cluster.now for cluster in await reader.list(Cluster)}
    return {cluster: then for cluster, then in found.items() if then is not None and state in (None, then.state)}


async def cluster(reader: Reader, cluster_id: str) -> Cluster | None:
    """One cluster with its history."""
    return await reader.get(Cluster, cluster_id)


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
