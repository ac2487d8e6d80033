"""The record of an enterprise: all that was said of it, in whichever order it came, and from which its picture is made."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Self, TypeVar

from shared.contracts.applications import EnterpriseMerged
from shared.contracts.base import Data
from shared.contracts.districts import Nominated
from shared.contracts.enterprise_log import (
    DossierPlace,
    EnterpriseHandedOver,
    EnterpriseMergeDecided,
    Facts,
    FormerCode,
    FormerName,
    Site,
)
from shared.contracts.registers import EnterpriseRegistered, SupportingIndustryConfirmed, SupportingIndustryRemoved
from shared.errors import Refusal
from shared.messaging.document import Document

from applications.domain.enterprise import enterprise_key
from applications.domain.supporting_industry import StruckOffSince

T = TypeVar("T", bound=Data)
NOMINATED = ("nominated_on", "tax_code", "year", "programme", "district")
REMOVED = ("tax_code", "removed_on")
NOTHING = Facts(sites=(), former_codes=(), confirmations=(), removals=(), nominations=(), dossiers=())


class ProductFiledUnderFormerCode(Refusal):
    slug = "product-filed-under-former-code"
    vi = (
        "Sản phẩm {product_id} đã có hồ sơ {first} trong đợt {round_id} dưới mã số thuế cũ {former}; "
        "hồ sơ thay thế phải nộp dưới mã {former}."
    )
    en = (
        "Product {product_id} already has dossier {first} in round {round_id} under the former code {former}; "
        "file what is to replace it under {former}."
    )


class Record(Document, collection="enterprise_records"):
    """What registers, department, districts and the enterprise itself said, under the enterprise's key."""

    facts: Facts = NOTHING

    def registered(self, said: EnterpriseRegistered, since: date) -> Self:
        """With this entry of the register in place of the earlier one of its code."""
        return self._with(sites=with_site(self.facts.sites, said, since))

    def confirmed(self, said: SupportingIndustryConfirmed) -> Self:
        """With this confirmation in place of the earlier one of its code; raises StruckOffSince."""
        said = said.model_copy(update={"tax_code": enterprise_key(said.tax_code)})
        for removal in self.facts.removals:
            if removal.tax_code == said.tax_code and removal.removed_on >= said.confirmed_on:
                raise StruckOffSince(
                    field="confirmed_on", tax_code=said.tax_code, on=said.confirmed_on, removed_on=removal.removed_on
                )
        others = (known for known in self.facts.confirmations if known.tax_code != said.tax_code)
        return self._with(confirmations=_in_order((*others, said), "tax_code"))

    def removed(self, said: SupportingIndustryRemoved) -> Self:
        """With this removal, which strikes off what was confirmed by its day."""
        said = said.model_copy(update={"tax_code": enterprise_key(said.tax_code)})
        others = (known for known in self.facts.removals if not _same(known, said, *REMOVED))
        return self._with(removals=_in_order((*others, said), *REMOVED))

    def nominated(self, said: Nominated) -> Self:
        """With this nomination in place of an earlier one by the same district (or by the department itself) for the same."""
        said = said.model_copy(update={"tax_code": enterprise_key(said.tax_code)})
        others = (
            known for known in self.facts.nominations if not _same(known, said, "tax_code", "year", "programme", "district")
        )
        return self._with(nominations=_in_order((*others, said), *NOMINATED))

    def filed(self, place: DossierPlace) -> Self:
        """With a dossier filed under this key."""
        return self._with(dossiers=(*self.facts.dossiers, place))

    def joined(self, over: EnterpriseHandedOver) -> Self:
        """With all that was recorded under a former code."""
        ours, theirs = self.facts, over.facts
        former = FormerCode(tax_code=over.formerly, into=over.tax_code, merged_on=over.merged_on, why=over.why)
        return self._with(
            sites=_in_order((*ours.sites, *theirs.sites), "tax_code"),
            former_codes=_in_order((*ours.former_codes, *theirs.former_codes, former), "merged_on", "tax_code"),
            confirmations=_in_order((*ours.confirmations, *theirs.confirmations), "tax_code"),
            removals=_in_order((*ours.removals, *theirs.removals), *REMOVED),
            nominations=_in_order((*ours.nominations, *theirs.nominations), *NOMINATED),
            dossiers=_in_order((*ours.dossiers, *theirs.dossiers), "tax_code", "application_id"),
        )

    def handed_over(self, decided: EnterpriseMergeDecided) -> EnterpriseHandedOver:
        """All of it, for the code the enterprise goes on under."""
        return EnterpriseHandedOver(**decided.model_dump(), facts=self.facts)

    def left_behind(self) -> Self:
        """What stays at a former code: where its dossiers lie."""
        here = tuple(place for place in self.facts.dossiers if place.tax_code == self.id)
        return self.but(facts=NOTHING.model_copy(update={"dossiers": here}))

    def dossier(self, application_id: str) -> DossierPlace | None:
        """Where a dossier of the enterprise lies; its own before that of a former code with the same id."""
        found = [place for place in self.facts.dossiers if place.application_id == application_id]
        return min(found, key=lambda place: (place.tax_code != self.id, place.tax_code), default=None)

    def check_product(self, round_id: str, product_id: str) -> None:
        """Raise ProductFiledUnderFormerCode where the product has its dossier of the round under a former code."""
        for place in self.facts.dossiers:
            if (place.round_id, place.product_id) == (round_id, product_id) and place.tax_code != self.id:
                raise ProductFiledUnderFormerCode(
                    field="tax_code", product_id=product_id, first=place.application_id, round_id=round_id, former=place.tax_code
                )

    def has_dossier_of(self, round_id: str, product_id: str) -> bool:
        """Whether the product has a dossier of the round under this very key."""
        return any(
            (place.round_id, place.product_id, place.tax_code) == (round_id, product_id, self.id) for place in self.facts.dossiers
        )

    def _with(self, **changes: Any) -> Self:
        return self.but(facts=self.facts.model_copy(update=changes))


def with_site(sites: tuple[Site, ...], said: EnterpriseRegistered, since: date) -> tuple[Site, ...]:
    """The sites with this entry in place of the earlier one of its code, whose name is kept where it was another.

    An entry without a day of its own that says nothing new stays of the day it was.
    """
    before = next((site for site in sites if site.tax_code == said.tax_code), None)
    names = before.former_names if before else ()
    if before and before.name != said.name:
        names = (*names, FormerName(name=before.name, until=since))
    site = Site(**said.model_dump() | {"since": since, "former_names": names})
    if before and said.since is None and site.model_copy(update={"since": before.since}) == before:
        return sites
    return _in_order((*(known for known in sites if known != before), site), "tax_code")


def merged(over: EnterpriseHandedOver, key: str) -> EnterpriseMerged:
    """The event that tells others, once, where the enterprise has arrived."""
    return EnterpriseMerged(tax_code=key, formerly=over.formerly, merged_on=over.merged_on, why=over.why)


def _same(one: Data, other: Data, *fields: str) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in fields)


def _in_order(said: Iterable[T], *fields: str) -> tuple[T, ...]:
    """The same in an order that does not tell which came first."""
    return tuple(sorted(said, key=lambda fact: [str(getattr(fact, field)) for field in fields]))
