"""Who asks: what the programme knows of an enterprise, and what it holds."""

from collections.abc import Iterable
from datetime import date, timedelta

from pydantic import BaseModel, ConfigDict
from shared.contracts.scoring import ProductRecognised
from shared.errors import Refusal
from shared.messaging.document import Document


def enterprise_of(tax_code: str) -> str:
    """The key of an enterprise: a branch's code without its suffix (domain, section 3)."""
    return tax_code.partition("-")[0]


class Enterprise(Document, collection="enterprises"):
    """An enterprise of the register; the id is its tax code without a branch suffix."""

    name: str
    supporting_industry: bool


class CertificateUnknown(Refusal):
    slug = "certificate-unknown"
    vi = "Doanh nghiệp {tax_code} không giữ công nhận {certificate} theo các sự kiện đã nhận; hãy kiểm tra số giấy chứng nhận."
    en = "Enterprise {tax_code} holds no recognition {certificate} by the events received; check the number of the certificate."


class Suspension(BaseModel):
    """Days on which a recognition has no effect, both ends included; `until` is None while nothing ends it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    since: date
    until: date | None


class Recognition(BaseModel):
    """One certificate and the days it is valid, both ends included; `revoked_on` is the first day without it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    certificate: str
    valid_from: date
    valid_to: date
    revoked_on: date | None = None
    suspensions: tuple[Suspension, ...] = ()

    def but(self, **changes: object) -> "Recognition":
        return self.model_copy(update=changes)

    def in_force(self, day: date) -> bool:
        """Whether it has its effect on the day, by all that is known of it."""
        suspended = any(s.since <= day and (s.until is None or day <= s.until) for s in self.suspensions)
        return self.valid_from <= day <= self.valid_to and not self.revoked_by(day) and not suspended

    @property
    def years(self) -> frozenset[int]:
        """The years in which it is in force on some day: the first such day of a year begins it, or follows a suspension."""
        days = [self.valid_from, *(date(year, 1, 1) for year in range(self.valid_from.year + 1, self.valid_to.year + 1))]
        days += [s.until + timedelta(days=1) for s in self.suspensions if s.until]
        return frozenset(day.year for day in days if self.in_force(day))

    @property
    def days_of_change(self) -> tuple[date, ...]:
        """The days on which it begins, ends for good, or is in force again."""
        after = (s.until + timedelta(days=1) for s in self.suspensions if s.until)
        return tuple(day for day in (self.valid_from, self.revoked_on, *after) if day)

    def suspended(self, day: date) -> bool:
        """Whether a suspension, and nothing else, keeps it from its effect on the day."""
        return not self.in_force(day) and self.but(suspensions=()).in_force(day)

    def revoked_by(self, day: date) -> bool:
        return self.revoked_on is not None and self.revoked_on <= day

    def reinstated(self, day: date) -> "Recognition":
        """In force again from the day: no suspension reaches it any more."""
        before = day - timedelta(days=1)
        cut = (s.model_copy(update={"until": before}) if s.until is None or s.until >= day else s for s in self.suspensions)
        return self.but(suspensions=tuple(s for s in cut if s.until is None or s.since <= s.until))


class Holder(Document, collection="holders"):
    """The recognitions of an enterprise, and its requests that wait for one, first come first."""

    name: str | None = None
    recognitions: tuple[Recognition, ...] = ()
    waiting: tuple[str, ...] = ()

    def recognised(self, news: ProductRecognised) -> "Holder":
        """Add a recognition; news of a certificate already known replaces it."""
        recognition = Recognition(certificate=news.certificate, valid_from=news.valid_from, valid_to=news.valid_to)
        return self.but(name=news.enterprise_name).with_recognition(recognition)

    def with_recognition(self, recognition: Recognition) -> "Holder":
        """The recognition in the place of the one of its number, or added."""
        others = tuple(r for r in self.recognitions if r.certificate != recognition.certificate)
        return self.but(recognitions=(*others, recognition))

    def joined(self, former: "Holder", waiting: Iterable[str]) -> "Holder":
        """With what a former code held, and the requests that still wait there; what is known here already stays."""
        known = {r.certificate for r in self.recognitions}
        more = tuple(r for r in former.recognitions if r.certificate not in known)
        return self.but(
            name=self.name or former.name, recognitions=(*self.recognitions, *more), waiting=(*self.waiting, *waiting)
        )

    def recognition(self, certificate: str) -> Recognition:
        """The recognition of this number; raises CertificateUnknown."""
        for found in self.recognitions:
            if found.certificate == certificate:
                return found
        raise CertificateUnknown(field="certificate", tax_code=self.id, certificate=certificate)

    @property
    def years(self) -> frozenset[int]:
        """The years in which a recognition is in force on some day."""
        return frozenset(year for r in self.recognitions for year in r.years)

    def in_force(self, day: date) -> bool:
        """Whether a recognition is in force on the day."""
        return self.certificate_on(day) is not None

    def certificate_on(self, day: date) -> str | None:
        """The certificate in force on the day; of several the one that is valid longest, then the highest number."""
        found = [(r.valid_to, r.certificate) for r in self.recognitions if r.in_force(day)]
        return max(found)[1] if found else None

    def holds_orders(self, certificate: str | None, day: date) -> bool:
        """Whether the certificate is suspended on the day, and no other is in force."""
        return certificate is not None and self.recognition(certificate).suspended(day) and not self.in_force(day)


class Activity(Document, collection="activities"):
    """One activity of one enterprise, and the request it belongs to, by id: it is supported once, whichever scheme pays.

    Of an enterprise that was merged it can belong to others `also`: each was granted before the two were one.
    """

    request_id: str
    also: tuple[str, ...] = ()

    def held_by(self, request_id: str) -> bool:
        return request_id in (self.request_id, *self.also)

    def also_of(self, request_id: str) -> "Activity":
        """It belongs to another request beside its own."""
        return self.but(also=(*self.also, request_id))

    def left_by(self, request_id: str) -> "Activity | None":
        """Without a request; None where that was all."""
        left = [id for id in (self.request_id, *self.also) if id != request_id]
        return self.but(request_id=left[0], also=tuple(left[1:])) if left else None

    def under(self, tax_code: str) -> "Activity":
        """The same of an enterprise that goes on under another code."""
        return self.but(id=f"{tax_code}/{self.id.partition('/')[2]}")

    @staticmethod
    def id_of(tax_code: str, kind: str, activity_id: str) -> str:
        """`<enterprise>/<kind>/<activity>`; kind is fair or project."""
        return f"{tax_code}/{kind}/{activity_id}"
