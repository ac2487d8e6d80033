"""Enterprises as the programme knows them: by tax code, with the sites that put them in the city or not."""

from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict
from shared.contracts.applications import EnterpriseRecorded
from shared.contracts.registers import EnterpriseRegistered, SupportingIndustryConfirmed
from shared.errors import Refusal
from shared.messaging.document import Document
from shared.vietnamese import search_form

# Weights of the first nine digits in the check digit of a mã số thuế; the tenth is 10 - sum mod 11.
WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
KEY_DIGITS, PERSONAL_DIGITS = 10, 12
CITY = "ha noi"
CITY_PREFIXES = ("thanh pho ", "tp. ", "tp.", "tp ")


class TaxCodeCheckDigit(Refusal):
    slug = "tax-code-check-digit"
    vi = "Mã số thuế {tax_code} sai chữ số kiểm tra; hãy đối chiếu giấy đăng ký doanh nghiệp rồi gửi lại với id mới."
    en = "Tax code {tax_code} has a wrong check digit; compare it with the business registration and send again with a new id."


def enterprise_key(tax_code: str) -> str:
    """The key of an enterprise: the first 10 digits; a household business's 12-digit personal number as it is."""
    return tax_code if len(tax_code) == PERSONAL_DIGITS else tax_code[:KEY_DIGITS]


def is_branch(tax_code: str) -> bool:
    """Whether the code has a branch suffix (0123456789-001)."""
    return "-" in tax_code


def check_tax_code(tax_code: str) -> None:
    """Raise TaxCodeCheckDigit where the tenth digit is not 10 - (weighted sum mod 11); 12-digit numbers have none."""
    if len(tax_code) == PERSONAL_DIGITS:
        return
    weighted = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, tax_code[:9], strict=True))
    if int(tax_code[9]) != 10 - weighted % 11:
        raise TaxCodeCheckDigit(field="tax_code", tax_code=tax_code)


def names_the_city(place: str | None) -> bool:
    """Whether a province or city as a register writes it is Hà Nội (Hà Nội, TP. Hà Nội, HANOI, ...)."""
    if place is None:
        return False
    plain = search_form(place)
    for prefix in CITY_PREFIXES:
        plain = plain.removeprefix(prefix)
    return plain.replace(" ", "") == CITY.replace(" ", "")


class Site(BaseModel):
    """What one registration says: the head office's, or that of a branch with its own suffix."""

    model_config = ConfigDict(frozen=True)

    tax_code: str
    name: str
    head_office: str
    factory: str | None
    district: str | None
    made: bool

    @property
    def in_the_city(self) -> bool:
        """Head office or factory in the city (1520/HD-SCT); the office of a branch is no head office."""
        return names_the_city(self.factory) or (not is_branch(self.tax_code) and names_the_city(self.head_office))


class SupportingIndustry(Document, collection="supporting_industries"):
    """The confirmation of an enterprise as a supporting industry; kept apart, so it may come before the register's."""

    sector: str
    confirmed_on: date
    made: bool

    @classmethod
    def of(cls, confirmed: SupportingIndustryConfirmed) -> Self:
        """The confirmation, under the key of its enterprise."""
        return cls(
            id=enterprise_key(confirmed.tax_code),
            sector=confirmed.sector,
            confirmed_on=confirmed.confirmed_on,
            made=confirmed.made,
        )


class Enterprise(Document, collection="enterprises"):
    """An enterprise under its key, with all its registered sites; the head office gives the name."""

    name: str
    in_the_city: bool
    district: str | None
    supporting_industry: bool
    made: bool
    sites: tuple[Site, ...]

    @classmethod
    def of(cls, key: str, sites: tuple[Site, ...], confirmed: SupportingIndustry | None) -> Self:
        """What the sites (head office first) and the confirmation say together."""
        in_city = [site for site in sites if site.in_the_city]
        return cls(
            id=key,
            name=sites[0].name,
            in_the_city=bool(in_city),
            district=next((site.district for site in in_city if site.district), None),
            supporting_industry=confirmed is not None,
            made=any(site.made for site in sites) or (confirmed is not None and confirmed.made),
            sites=sites,
        )

    def recorded(self) -> EnterpriseRecorded:
        """The event that tells others."""
        return EnterpriseRecorded(
            tax_code=self.id,
            name=self.name,
            in_the_city=self.in_the_city,
            district=self.district,
            supporting_industry=self.supporting_industry,
            made=self.made,
        )


def with_site(sites: tuple[Site, ...], registered: EnterpriseRegistered) -> tuple[Site, ...]:
    """The sites with this registration in place of an earlier one of the same code; head office first, then by suffix."""
    site = Site(**registered.model_dump())
    others = [known for known in sites if known.tax_code != site.tax_code]
    return tuple(sorted([*others, site], key=lambda known: known.tax_code))
