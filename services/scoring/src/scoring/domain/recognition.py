"""A recognition as a life of dated facts: in force, suspended, renewed, revoked, expired, and how it stands on any day."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal, Self

from shared.contracts.department import Industry, ValidityRulesIssued
from shared.contracts.recognitions import RecognitionFact, RecognitionRecord
from shared.contracts.scoring import ProductNotRecognised, ProductRecognised, RecognitionLineDecided
from shared.errors import Refusal
from shared.messaging.document import Document

MONTHS = 12
DAY = timedelta(days=1)

Status = Literal["not-begun", "in-force", "suspended", "expired", "revoked"]


class ValidityRulesAlreadyIssued(Refusal):
    slug = "validity-rules-already-issued"
    vi = "Quy định hiệu lực {rules_id} đã ban hành với nội dung khác và không đổi được; hãy ban hành phiên bản mới với mã mới."
    en = "Rules on validity {rules_id} were issued with other content and cannot change; issue a new version under a new id."


class ValidityRules(Document, collection="validity_rules", copied=True):
    """A version of the rules on how long a renewed recognition lasts. A copy lies in every partition, for any enterprise."""

    effective_from: date
    validity_months: int
    expiry_notice_business_days: int
    legal_text: str

    @classmethod
    def of(cls, issued: ValidityRulesIssued) -> Self:
        """The rules as they were issued."""
        return cls(id=issued.rules_id, **issued.model_dump(exclude={"rules_id"}))


@dataclass(frozen=True, slots=True)
class Standing:
    """How a recognition stands on a day, by every fact known today; `because` is what had been decided by that day."""

    on: date
    status: Status
    valid_to: date
    top10_rank: int | None
    because: tuple[RecognitionFact, ...]

    @property
    def in_force(self) -> bool:
        """Whether it has its effect; a suspended one has not."""
        return self.status == "in-force"


class Recognition(Document, collection="recognitions", found_by=("id", "round_id id", "tax_code")):
    """A certificate of an enterprise's product; the id is its number.

    It was granted from `valid_from` to `granted_to`, both included, with this `top10_rank`; `facts` are what came after,
    as they arrived, and `valid_to` is the last day with every renewal. `announced` is what was told when it fell due.
    """

    application_id: str
    round_id: str
    year: int
    tax_code: str
    enterprise_name: str
    product_id: str
    product_name: str
    industry: Industry
    decision: str
    decided_on: date
    valid_from: date
    granted_to: date
    valid_to: date
    logo_right: bool
    first_time: bool
    top10_rank: int | None
    score: Decimal
    notice_business_days: int
    announced: tuple[str, ...] = ()
    facts: tuple[RecognitionFact, ...] = ()
    made: bool

    @classmethod
    def of(cls, line: RecognitionLineDecided, certificate: str) -> Self:
        """The certificate a line of the decision gives: in force from the day of the decision, with the right to the logo."""
        valid_to = last_day(line.decided_on, line.validity_months)
        return cls(
            id=certificate,
            application_id=line.application_id,
            round_id=line.round_id,
            year=line.year,
            tax_code=line.tax_code,
            enterprise_name=line.enterprise_name,
            product_id=line.product_id,
            product_name=line.product_name,
            industry=line.industry,
            decision=line.decision,
            decided_on=line.decided_on,
            valid_from=line.decided_on,
            granted_to=valid_to,
            valid_to=valid_to,
            logo_right=True,
            first_time=True,
            top10_rank=line.top10_rank,
            score=line.score,
            notice_business_days=line.expiry_notice_business_days,
            made=line.made,
        )

    @classmethod
    def handed_on(cls, record: RecognitionRecord, tax_code: str) -> Self:
        """A recognition as its former holder had it, under the code it goes on under."""
        facts = record.facts
        return cls(id=record.certificate, tax_code=tax_code, facts=facts, **record.model_dump(exclude={"certificate", "facts"}))

    def record(self) -> RecognitionRecord:
        """The recognition as it is handed on."""
        return RecognitionRecord(certificate=self.id, **self.model_dump(exclude={"id", "tax_code"}))

    def standing(self, day: date) -> Standing:
        """How it stands on a day: by the days of its facts, whenever they arrived.

        A revocation goes before the end of the period, that before a suspension. A suspension lasts to its last day, or
        to the eve of the first lifting after it began.
        """
        past = tuple(sorted((fact for fact in self.facts if fact.on <= day), key=lambda fact: fact.on))
        valid_to = max([self.granted_to, *(fact.until for fact in past if fact.kind == "renewed" and fact.until)])
        honours = [self.top10_rank, *(fact.top10_rank for fact in past if fact.kind == "honoured")]
        return Standing(day, self._status(day, past, valid_to), valid_to, honours[-1], past)

    def _status(self, day: date, past: tuple[RecognitionFact, ...], valid_to: date) -> Status:
        lifted = [fact.on for fact in past if fact.kind == "lifted"]
        if day < self.valid_from:
            return "not-begun"
        if any(fact.kind == "revoked" for fact in past):
            return "revoked"
        if day > valid_to:
            return "expired"
        if any(
            fact.kind == "suspended" and (fact.until is None or day <= fact.until) and not any(fact.on < end for end in lifted)
            for fact in past
        ):
            return "suspended"
        return "in-force"

    def with_fact(self, fact: RecognitionFact) -> Self:
        """The recognition with one more fact."""
        valid_to = fact.until if fact.kind == "renewed" and fact.until else self.valid_to
        return self.but(facts=(*self.facts, fact), valid_to=max(self.valid_to, valid_to))

    def recognised(self) -> ProductRecognised:
        """The event that tells the world."""
        return ProductRecognised(certificate=self.id, **self.model_dump(exclude={"id"}))


class ProductHistory(Document, collection="product_histories"):
    """The certificates a product of an enterprise ever had: pairs (day of the decision, number), oldest first.

    The id is enterprise/product. A revoked one counts: the product was recognised once.
    """

    certificates: tuple[tuple[date, str], ...] = ()

    def adding(self, recognition: Recognition) -> Self:
        """The history with one more certificate, wherever its day puts it."""
        return self.but(certificates=tuple(sorted({*self.certificates, (recognition.decided_on, recognition.id)})))

    @property
    def first(self) -> str | None:
        """The certificate of the first time."""
        return self.certificates[0][1] if self.certificates else None


def history_key(tax_code: str, product_id: str) -> str:
    """Id of a ProductHistory."""
    return f"{tax_code}/{product_id}"


def last_day(start: date, months: int) -> date:
    """The last day of a period of months from a day: the eve of the same day so many months on.

    Where that month has no such day, the period lasts to the month's end (24 months in 2011 and 2013, three years in 2019).
    """
    years, month = divmod(start.month - 1 + months, MONTHS)
    year, month = start.year + years, month + 1
    length = monthrange(year, month)[1]
    if start.day > length:
        return date(year, month, length)
    return date(year, month, start.day) - DAY


def not_recognised(line: RecognitionLineDecided) -> ProductNotRecognised:
    """The event for a product the decision gives no certificate, with the reasons."""
    return ProductNotRecognised(**line.model_dump(include=set(ProductNotRecognised.model_fields)))
