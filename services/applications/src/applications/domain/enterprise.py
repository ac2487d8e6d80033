"""Enterprises as the programme knows them: by tax code, with the sites that put them in the city or not."""

from typing import Self

from shared.contracts.applications import EnterpriseRecorded
from shared.contracts.enterprise_log import Facts, FormerCode, FormerName, Site
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


class Enterprise(Document, collection="enterprises", found_by=("id",)):
    """An enterprise under its key, with all its registered sites, its head's first; the head gives the name.

    One that goes on under another code stays as an alias: `merged_into` names that code, the rest is what it was then.
    """

    name: str
    in_the_city: bool
    district: str | None
    supporting_industry: bool
    made: bool
    sites: tuple[Site, ...]
    former_codes: tuple[FormerCode, ...] = ()
    former_names: tuple[FormerName, ...] = ()
    merged_into: str | None = None

    @classmethod
    def of(cls, key: str, facts: Facts, *, supporting_industry: bool) -> Self:
        """What was said of the enterprise, as one picture; there is at least one site."""
        head = _head(key, facts)
        sites = (head, *(site for site in facts.sites if site != head))
        in_city = [site for site in sites if _in_the_city(site, head, facts)]
        return cls(
            id=key,
            name=head.name,
            in_the_city=bool(in_city),
            district=next((site.district for site in in_city if site.district), None),
            supporting_industry=supporting_industry,
            made=any(site.made for site in facts.sites) or any(said.made for said in facts.confirmations),
            sites=sites,
            former_codes=facts.former_codes,
            former_names=_former_names(head, facts),
        )

    @classmethod
    def unknown(cls, key: str) -> Self:
        """What an alias is when its code was never registered: it goes by its code."""
        return cls(id=key, name=key, in_the_city=False, district=None, supporting_industry=False, made=False, sites=())

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


def _former(code: str, facts: Facts) -> FormerCode | None:
    return next((former for former in facts.former_codes if former.tax_code == code), None)


def _succeeded(code: str, facts: Facts) -> bool:
    """Whether the same enterprise was registered again under the code it went on under."""
    former = _former(code, facts)
    if former is None or former.why == "merged":
        return False
    return any(site.tax_code == former.into for site in facts.sites) or _succeeded(former.into, facts)


def _taken_over(code: str, facts: Facts) -> bool:
    """Whether the code was another enterprise's, which this one took over."""
    former = _former(code, facts)
    return former is not None and (former.why == "merged" or _taken_over(former.into, facts))


def _head(key: str, facts: Facts) -> Site:
    """The site that speaks for the enterprise: its own, else its latest former one, else that of one it took over."""

    def place(site: Site) -> tuple[bool, bool, bool, int, str]:
        former = _former(site.tax_code, facts)
        since = former.merged_on.toordinal() if former else 0
        code = site.tax_code
        return is_branch(code), former is not None, _taken_over(code, facts), -since, code

    return min((site for site in facts.sites if not _succeeded(site.tax_code, facts)), key=place)


def _in_the_city(site: Site, head: Site, facts: Facts) -> bool:
    """Head office or factory in the city (1520/HD-SCT); a branch's office, or that of one taken over, is no head office."""
    if _succeeded(site.tax_code, facts):
        return False
    return names_the_city(site.factory) or (site == head and not is_branch(site.tax_code) and names_the_city(site.head_office))


def _former_names(head: Site, facts: Facts) -> tuple[FormerName, ...]:
    """Every name the enterprise itself had before, oldest first."""
    found: list[FormerName] = []
    for site in facts.sites:
        if not is_branch(site.tax_code) and not _taken_over(site.tax_code, facts):
            found += site.former_names
            former = _former(site.tax_code, facts)
            if former is not None and site.name != head.name:
                found.append(FormerName(name=site.name, until=former.merged_on))
    return tuple(sorted(found, key=lambda known: (known.until, known.name)))
