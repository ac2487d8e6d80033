"""A buyer's demand and the suppliers that match it, best first, with the reason for each.

Only suppliers of the sector are looked at. Their order: fewest things asked that are not met; a capability for the very
product before one for another; more capacity in the unit asked for; international standard; then by tax code, so that no two
are level.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Self

from shared.contracts.demand import DemandClosed, DemandEnded, DemandPosted, MatchReason, SupplierMatch, SuppliersMatched
from shared.contracts.registers import Capability
from shared.errors import Refusal
from shared.messaging.document import Document
from shared.vietnamese import found, number, search_form

from applications.domain.enterprise import enterprise_key
from applications.domain.supporting_industry import Supplier

Place = tuple[int, bool, Decimal, bool, str]


class DemandAlreadyPosted(Refusal):
    slug = "demand-already-posted"
    vi = "Nhu cầu {demand_id} đã đăng với nội dung khác; hãy đóng nhu cầu đó và đăng nhu cầu mới với mã mới."
    en = "Demand {demand_id} was posted with other content; close it and post a new demand under a new id."


class DemandEndsBeforeItBegins(Refusal):
    slug = "demand-ends-before-it-begins"
    vi = "Nhu cầu {demand_id} có hạn {until:%d/%m/%Y}, trước ngày đăng {posted_on:%d/%m/%Y}; hãy sửa ngày rồi gửi lại với id mới."
    en = "Demand {demand_id} stands until {until}, before it is posted on {posted_on}; correct the days and send with a new id."


class DemandNotKnown(Refusal):
    slug = "demand-not-known"
    vi = "Không có nhu cầu {demand_id} để đóng; hãy kiểm tra mã nhu cầu rồi gửi lại với id mới."
    en = "There is no demand {demand_id} to close; check its id and send again with a new one."


class DemandAlreadyClosed(Refusal):
    slug = "demand-already-closed"
    vi = "Nhu cầu {demand_id} đã đóng ngày {closed_on:%d/%m/%Y}; nếu vẫn cần nhà cung cấp, hãy đăng nhu cầu mới với mã mới."
    en = "Demand {demand_id} was closed on {closed_on}; if suppliers are still needed, post a new demand under a new id."


class Demand(Document, collection="demands", copied=True):
    """A demand as it was posted, and when it was closed; every partition has a copy, and matches its own suppliers.

    One that its buyer did not close is over after its last day: closed on that day, without a reason.
    """

    posted: DemandPosted
    closed: bool = False
    closed_on: date | None = None
    reason: str | None = None

    @classmethod
    def of(cls, posted: DemandPosted) -> Self:
        """The demand as it was posted; raises DemandEndsBeforeItBegins."""
        if posted.until < posted.posted_on:
            raise DemandEndsBeforeItBegins(
                field="until", demand_id=posted.demand_id, until=posted.until, posted_on=posted.posted_on
            )
        return cls(id=posted.demand_id, posted=posted)

    def but_closed(self, by: DemandClosed) -> Self:
        """Closed for good; raises DemandAlreadyClosed where it was, on another day or for another reason.

        A buyer may say late that it was closed by its last day.
        """
        by_buyer = self.closed and self.reason is not None
        if by_buyer and (self.closed_on, self.reason) != (by.closed_on, by.reason):
            raise DemandAlreadyClosed(field="closed_on", demand_id=self.id, closed_on=self.closed_on)
        if by.closed_on > self.posted.until:
            raise DemandAlreadyClosed(field="closed_on", demand_id=self.id, closed_on=self.posted.until)
        return self.but(closed=True, closed_on=by.closed_on, reason=by.reason)

    def is_over(self, today: date) -> bool:
        """Whether its last day has passed."""
        return self.posted.until < today

    def but_over(self) -> Self:
        """Over after its last day; one its buyer closed stays as it was closed."""
        return self if self.closed else self.but(closed=True, closed_on=self.posted.until)

    def ended(self) -> DemandEnded:
        """The event that says it is over."""
        posted = self.posted
        return DemandEnded(
            demand_id=self.id,
            buyer=posted.buyer,
            buyer_tax_code=posted.buyer_tax_code,
            until=posted.until,
            made=posted.made,
        )

    def matches(self, suppliers: Iterable[Supplier]) -> tuple[SupplierMatch, ...]:
        """The suppliers of the sector, best first; the buyer itself is none."""
        buyer = enterprise_key(self.posted.buyer_tax_code) if self.posted.buyer_tax_code else None
        sector = search_form(self.posted.sector)
        looked_at = [s for s in suppliers if s.id != buyer and sector in map(search_form, s.sectors)]
        return tuple(sorted((self._match(supplier) for supplier in looked_at), key=self._place))

    def matched(self, matches: tuple[SupplierMatch, ...]) -> SuppliersMatched:
        """The event that tells the buyer."""
        posted = self.posted
        return SuppliersMatched(
            demand_id=self.id, buyer=posted.buyer, buyer_tax_code=posted.buyer_tax_code, matches=matches, made=posted.made
        )

    def _match(self, supplier: Supplier) -> SupplierMatch:
        capability = self._nearest(supplier)
        return SupplierMatch(
            tax_code=supplier.id,
            name=supplier.name,
            capability=capability,
            international=supplier.international,
            reasons=(
                MatchReason(
                    asked="sector", met=True, vi=f"Thuộc ngành {self.posted.sector}", en=f"In the sector {self.posted.sector}"
                ),
                *(_of_standard(standard, supplier) for standard in dict.fromkeys(self.posted.standards)),
                self._of_capacity(capability),
            ),
        )

    def _nearest(self, supplier: Supplier) -> Capability | None:
        """The capability in the unit asked for that is for the product, then the largest."""
        unit = search_form(self.posted.unit)
        same = [capability for capability in supplier.capabilities if search_form(capability.unit) == unit]
        return max(same, key=lambda c: (self._is_for_product(c), c.capacity, c.product), default=None)

    def _is_for_product(self, capability: Capability | None) -> bool:
        return capability is not None and found(self.posted.product, capability.product)

    def _of_capacity(self, capability: Capability | None) -> MatchReason:
        asked, unit = self.posted.capacity, self.posted.unit
        if capability is None:
            return MatchReason(
                asked="capacity",
                met=False,
                vi=f"Không khai năng lực theo {unit}; cần {number(asked, 3)} {unit} một năm",
                en=f"States no capacity in {unit}; {asked:,f} {unit} a year are needed",
            )
        return MatchReason(
            asked="capacity",
            met=capability.capacity >= asked,
            vi=f"{capability.product}: {number(capability.capacity, 3)} {unit} một năm, cần {number(asked, 3)}",
            en=f"{capability.product}: {capability.capacity:,f} {unit} a year, {asked:,f} are needed",
        )

    def _place(self, match: SupplierMatch) -> Place:
        missed = sum(not reason.met for reason in match.reasons)
        capacity = match.capability.capacity if match.capability else Decimal(0)
        return missed, not self._is_for_product(match.capability), -capacity, not match.international, match.tax_code


class EndedDemand(Document, collection="ended_demands"):
    """That others were told a demand is over, at the demand's key; the id is the demand's."""


class DemandsDue(Document, collection="due_demands", copied=True):
    """The demands whose last day the id is; some may have been closed since."""

    demands: tuple[str, ...] = ()


def _of_standard(standard: str, supplier: Supplier) -> MatchReason:
    held = [held for held in supplier.standards if held.standard == standard]
    if held:
        last = max(certificate.valid_until for certificate in held)
        vi, en = f"Có {standard} đến {last:%d/%m/%Y}", f"Holds {standard} until {last}"
    else:
        vi, en = f"Không có {standard} còn hiệu lực", f"Holds no {standard} in force"
    return MatchReason(asked="standard", met=bool(held), vi=vi, en=en)
