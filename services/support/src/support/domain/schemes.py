"""What the city offers: support schemes in dated versions. Every partition has a copy."""

from datetime import date

from shared.contracts.department import SchemeIssued
from shared.errors import Refusal
from shared.messaging.document import Document

from support.domain.scheme_faults import SchemeNotValid, faults_of


class SchemeDateTaken(Refusal):
    slug = "scheme-date-taken"
    vi = (
        "Chính sách {scheme_id} đã có phiên bản {known} hiệu lực từ {day:%d/%m/%Y}, nên không nhận thêm phiên bản {version} "
        "cùng ngày; hãy chọn ngày hiệu lực khác."
    )
    en = (
        "Scheme {scheme_id} already has version {known} in effect from {day}, so version {version} of the same day is refused; "
        "choose another date of effect."
    )


class SchemeVersionTaken(Refusal):
    slug = "scheme-version-taken"
    vi = (
        "Chính sách {scheme_id} đã có một phiên bản tên {version}, hiệu lực từ {day:%d/%m/%Y}; quyết định nêu tên phiên bản, "
        "hãy đặt tên khác."
    )
    en = (
        "Scheme {scheme_id} already has a version named {version}, in effect from {day}; decisions name the version, "
        "give it another name."
    )


class SchemeNotInForce(Refusal):
    slug = "scheme-not-in-force"
    vi = (
        "Chính sách {scheme_id} không có phiên bản nào hiệu lực ngày {day:%d/%m/%Y} (sớm nhất từ {first:%d/%m/%Y}); "
        "hãy gửi lại đề nghị {request_id} với id mới khi chính sách có hiệu lực."
    )
    en = (
        "Scheme {scheme_id} has no version in effect on {day} (the first is from {first}); "
        "send request {request_id} again under a new id when it is."
    )


class Scheme(Document, collection="schemes", copied=True):
    """A support scheme: its versions by date of effect, earliest first."""

    versions: tuple[SchemeIssued, ...] = ()

    def with_version(self, issued: SchemeIssued) -> "Scheme":
        """Add a version without a fault. Two of one date, or of one name, would leave open which of them decided."""
        if faults := faults_of(issued):
            raise SchemeNotValid.of(issued, faults)
        for known in self.versions:
            facts = {"scheme_id": self.id, "version": issued.version, "known": known.version, "day": known.effective_from}
            if known.effective_from == issued.effective_from:
                raise SchemeDateTaken(field="effective_from", **facts)
            if known.version == issued.version:
                raise SchemeVersionTaken(field="version", **facts)
        return self.but(versions=tuple(sorted((*self.versions, issued), key=lambda v: v.effective_from)))

    def in_force(self, day: date, request_id: str) -> SchemeIssued:
        """The version in effect on the day of a request (domain, section 5: each decision names the version used)."""
        reached = [v for v in self.versions if v.effective_from <= day]
        if not reached:
            first = self.versions[0].effective_from
            raise SchemeNotInForce(field="requested_on", scheme_id=self.id, request_id=request_id, day=day, first=first)
        return reached[-1]
