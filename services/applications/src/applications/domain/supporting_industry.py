"""Supporting industries (CNHT): who is listed, by what the department confirmed and struck off, and with which standards."""

from collections.abc import Iterable
from datetime import date
from typing import Self, TypeVar

from pydantic import BaseModel, ConfigDict
from shared.contracts.applications import ApplicantNotified
from shared.contracts.enterprise_log import Facts
from shared.contracts.registers import Capability, StandardHeld, SupportingIndustryConfirmed, SupportingIndustryRemoved
from shared.contracts.supporting_industry import StandardsListed, SupplierDelisted, SupplierListed
from shared.errors import Refusal
from shared.messaging.document import Document
from shared.vietnamese import date as in_vietnamese

T = TypeVar("T")


class StruckOffSince(Refusal):
    slug = "struck-off-since"
    vi = (
        "Doanh nghiệp {tax_code} được xác nhận ngày {on:%d/%m/%Y} nhưng đã bị đưa ra khỏi danh sách công nghiệp hỗ trợ ngày "
        "{removed_on:%d/%m/%Y}; xác nhận lại phải ghi ngày sau đó."
    )
    en = (
        "Enterprise {tax_code} was confirmed on {on} but struck off the list of supporting industries on {removed_on}; "
        "a new confirmation has to be of a later day."
    )


class StandardsAlreadyListed(Refusal):
    slug = "standards-already-listed"
    vi = "Danh mục tiêu chuẩn {list_id} đã ban hành với nội dung khác và không đổi được; hãy ban hành danh mục mới với mã mới."
    en = "List of standards {list_id} was issued with other content and cannot change; issue a new list under a new id."


class StandardsLists(Document, collection="standards", copied=True):
    """The lists of standards as they were issued, and the one in force on the business day; before the first, none is."""

    issued: tuple[StandardsListed, ...] = ()
    in_force: StandardsListed | None = None

    def but_with(self, listed: StandardsListed) -> Self:
        """With one more list; raises StandardsAlreadyListed. A repeat changes nothing."""
        known = next((known for known in self.issued if known.list_id == listed.list_id), None)
        if known is not None and known != listed:
            raise StandardsAlreadyListed(field="list_id", list_id=listed.list_id)
        return self if known else self.but(issued=(*self.issued, listed))

    def on(self, day: date) -> Self:
        """With the list in force on a day: the last to take effect."""
        by_effect = sorted(self.issued, key=lambda listed: listed.effective_from)
        return self.but(in_force=next((listed for listed in reversed(by_effect) if listed.effective_from <= day), None))

    def is_international(self, standard: str) -> bool:
        """Whether who holds the standard counts as of international standard; one not listed does not."""
        listed = self.in_force.standards if self.in_force else ()
        return any(known.standard == standard and known.international for known in listed)


class Supplier(Document, collection="suppliers", found_by=("id",)):
    """An enterprise on the list, with the standards in force on the business day and those that are over."""

    name: str | None
    sectors: tuple[str, ...]
    capabilities: tuple[Capability, ...]
    standards: tuple[StandardHeld, ...]
    expired: tuple[StandardHeld, ...]
    international: bool
    confirmed_on: date
    made: bool

    @classmethod
    def of(cls, key: str, name: str | None, facts: Facts, lists: StandardsLists, day: date) -> Self | None:
        """The entry by the confirmations that stand, all of them together; None where none does."""
        said = standing(facts)
        if not said:
            return None
        held = [standard for confirmed in said for standard in confirmed.standards]
        in_force = _once(standard for standard in held if standard.valid_until >= day)
        return cls(
            id=key,
            name=name,
            sectors=_once(sector for confirmed in said for sector in (confirmed.sector, *confirmed.more_sectors)),
            capabilities=_once(capability for confirmed in said for capability in confirmed.capabilities),
            standards=in_force,
            expired=_once(standard for standard in held if standard.valid_until < day),
            international=any(lists.is_international(held.standard) for held in in_force),
            confirmed_on=max(confirmed.confirmed_on for confirmed in said),
            made=any(confirmed.made for confirmed in said),
        )

    def entry(self) -> SupplierListed:
        """The event that tells others."""
        return SupplierListed(tax_code=self.id, **self.model_dump(exclude={"id", "expired"}))

    def moved(self, tax_code: str, on: date) -> SupplierDelisted:
        """The event that says under which code the entry is listed now."""
        return SupplierDelisted(tax_code=self.id, left_on=on, why="merged", listed_under=tax_code)

    def struck_off(self, by: SupportingIndustryRemoved) -> SupplierDelisted:
        """The event that says why the entry left the list."""
        return SupplierDelisted(tax_code=self.id, left_on=by.removed_on, why="removed", reason=by.reason)

    def notice(self, held: StandardHeld) -> ApplicantNotified:
        """The notice that a standard is about to end."""
        return ApplicantNotified(
            to="enterprise",
            addressee=self.id,
            slug="standard-expires",
            about=held.standard,
            vi=(
                f"Giấy chứng nhận {held.standard} số {held.certificate} có hiệu lực đến hết ngày "
                f"{in_vietnamese(held.valid_until)}; hãy gửi giấy chứng nhận mới cho Sở Công Thương trước ngày đó để danh sách "
                "công nghiệp hỗ trợ còn ghi tiêu chuẩn này."
            ),
            en=(
                f"Certificate {held.certificate} of {held.standard} is in force until {held.valid_until}; send the department "
                "a new one by then, so that the list of supporting industries goes on naming the standard."
            ),
            due=held.valid_until,
        )


def _once(values: Iterable[T]) -> tuple[T, ...]:
    """Each value once, where it came first."""
    return tuple(dict.fromkeys(values))


class SupplierKeys(Document, collection="supplier_keys"):
    """The enterprises of a partition that are on the list, in the order of their keys."""

    keys: tuple[str, ...] = ()

    def but_with(self, key: str) -> Self:
        """With one more."""
        return self.but(keys=tuple(sorted({*self.keys, key})))

    def but_without(self, key: str) -> Self:
        """With one less."""
        return self.but(keys=tuple(known for known in self.keys if known != key))


class Ending(BaseModel):
    """A certificate on its last day."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    tax_code: str
    standard: str
    certificate: str
    announced: bool = False

    def is_of(self, held: StandardHeld) -> bool:
        """Whether it is this certificate."""
        return (self.standard, self.certificate) == (held.standard, held.certificate)


class LastDay(Document, collection="standards_last_days"):
    """The certificates of a partition whose last day the id is, ISO 8601."""

    endings: tuple[Ending, ...] = ()

    def but_with(self, tax_code: str, held: StandardHeld) -> Self:
        """With one more certificate; one that is there already stays as it is."""
        if any(known.tax_code == tax_code and known.is_of(held) for known in self.endings):
            return self
        ending = Ending(tax_code=tax_code, standard=held.standard, certificate=held.certificate)
        return self.but(endings=(*self.endings, ending))

    def all_announced(self) -> Self:
        """With every end announced."""
        return self.but(endings=tuple(ending.model_copy(update={"announced": True}) for ending in self.endings))


class LastDays(Document, collection="standards_calendar"):
    """The last days of a partition that are to come, and those of them with ends not announced yet; both in order."""

    to_come: tuple[date, ...] = ()
    to_announce: tuple[date, ...] = ()

    def but_with(self, day: date) -> Self:
        """With a day that has an end to announce."""
        return self.but(to_come=tuple(sorted({*self.to_come, day})), to_announce=tuple(sorted({*self.to_announce, day})))

    def but_announced(self, day: date) -> Self:
        """With a day whose ends are all announced."""
        return self.but(to_announce=tuple(known for known in self.to_announce if known != day))

    def but_over(self, day: date) -> Self:
        """With a day that is over."""
        return self.but_announced(day).but(to_come=tuple(known for known in self.to_come if known != day))


def standing(facts: Facts) -> tuple[SupportingIndustryConfirmed, ...]:
    """The confirmations that count: those that no removal strikes off."""
    return tuple(said for said in facts.confirmations if not any(_strikes(by, said, facts) for by in facts.removals))


def last_removal(facts: Facts) -> SupportingIndustryRemoved:
    """The removal that struck the enterprise off."""
    return max(facts.removals, key=lambda by: (by.removed_on, by.tax_code))


def _strikes(by: SupportingIndustryRemoved, said: SupportingIndustryConfirmed, facts: Facts) -> bool:
    """Whether a removal is of the day of the confirmation or later, under its code or one it had gone on under by then."""
    code = said.tax_code
    while code != by.tax_code:
        former = next((f for f in facts.former_codes if f.tax_code == code and f.merged_on <= by.removed_on), None)
        if former is None:
            return False
        code = former.into
    return by.removed_on >= said.confirmed_on
