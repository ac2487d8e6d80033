"""The city's decision on a round, and what it means for each product: recognised, for how long, for the first time or again."""

from calendar import monthrange
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from typing import Self

from shared.contracts.applications import Reason
from shared.contracts.council import DecisionLine, RecognitionDecided
from shared.contracts.department import Industry
from shared.contracts.scoring import ProductNotRecognised, ProductRecognised, RecognitionLineDecided
from shared.errors import Refusal
from shared.messaging.document import Document

from scoring.domain.ranking import TOP, Place, Ranking
from scoring.domain.round import Round

MONTHS = 12

LEFT_OUT = Reason(
    slug="left-out-by-the-decision",
    vi="Sản phẩm đạt điểm nhưng quyết định của Thành phố không có tên; hãy hỏi cơ quan thường trực về lý do.",
    en="The product passed but the city's decision does not list it; ask the department for the reason.",
)


class DecisionLinesRefused(Refusal):
    slug = "decision-lines-refused"
    vi = "Quyết định {decision} của đợt {round_id} bị trả lại toàn bộ vì các dòng sai: {lines_vi}; hãy sửa, gửi lại với id mới."
    en = "Decision {decision} on round {round_id} is refused as a whole, bad lines: {lines_en}; correct them, send with a new id."


class RoundAlreadyDecided(Refusal):
    slug = "round-already-decided"
    vi = "Đợt {round_id} đã có quyết định {first}; quyết định {decision} không được ghi nhận."
    en = "Round {round_id} was already decided by {first}; decision {decision} is not recorded."


class Recognition(Document, collection="recognitions"):
    """A certificate of an enterprise's product; the id is its number. In force from `valid_from` to `valid_to`, both included."""

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
    valid_to: date
    logo_right: bool
    first_time: bool
    top10_rank: int | None
    score: Decimal
    made: bool

    @classmethod
    def of(cls, line: RecognitionLineDecided, certificate: str, *, first_time: bool) -> Self:
        """The certificate a line of the decision gives: in force from the day of the decision, with the right to the logo."""
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
            valid_to=last_day(line.decided_on, line.validity_months),
            logo_right=True,
            first_time=first_time,
            top10_rank=line.top10_rank,
            score=line.score,
            made=line.made,
        )

    def in_force(self, day: date) -> bool:
        """Whether the certificate is in force on a day."""
        return self.valid_from <= day <= self.valid_to

    def recognised(self) -> ProductRecognised:
        """The event that tells the world."""
        return ProductRecognised(certificate=self.id, **self.model_dump(exclude={"id"}))


class ProductHistory(Document, collection="product_histories"):
    """The certificates a product of an enterprise ever had, oldest first; the id is enterprise/product."""

    certificates: tuple[str, ...]


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
    return date(year, month, start.day) - timedelta(days=1)


def decide(decided: RecognitionDecided, round_: Round, ranking: Ranking) -> tuple[RecognitionLineDecided, ...]:
    """What the decision means for every product of the ranking, best first; raises DecisionLinesRefused.

    Certificate numbers are year-line. The Top 10 are the ten highest that pass and are recognised.
    """
    _check_lines(decided, ranking)
    certificates = {line.application_id: f"{round_.year}-{line.line:03d}" for line in decided.lines}
    recognised = [place.application_id for place in ranking.places if place.application_id in certificates]
    honours = {application: number for number, application in enumerate(recognised[:TOP], start=1)}
    return tuple(
        _line(decided, round_, place, certificates.get(place.application_id), honours.get(place.application_id))
        for place in ranking.places
    )


def _line(
    decided: RecognitionDecided, round_: Round, place: Place, certificate: str | None, top10_rank: int | None
) -> RecognitionLineDecided:
    return RecognitionLineDecided(
        application_id=place.application_id,
        round_id=round_.id,
        year=round_.year,
        tax_code=place.tax_code,
        enterprise_name=place.enterprise_name,
        product_id=place.product_id,
        product_name=place.product_name,
        industry=place.industry,
        decision=decided.decision,
        decided_on=decided.decided_on,
        certificate=certificate,
        validity_months=round_.validity_months,
        score=place.score,
        rank=place.rank,
        top10_rank=top10_rank,
        reasons=() if certificate else place.reasons or (LEFT_OUT,),
        made=place.made,
    )


def not_recognised(line: RecognitionLineDecided) -> ProductNotRecognised:
    """The event for a product the decision gives no certificate, with the reasons."""
    return ProductNotRecognised(**line.model_dump(include=set(ProductNotRecognised.model_fields)))


def _check_lines(decided: RecognitionDecided, ranking: Ranking) -> None:
    """Every line must name one product that passed, once, under a number of its own; all bad lines are named at once."""
    places = {place.application_id: place for place in ranking.places}
    numbers = Counter(line.line for line in decided.lines)
    products = Counter(line.application_id for line in decided.lines)
    problems = [
        (f"dòng {line.line} (hồ sơ {line.application_id}): {vi}", f"line {line.line} (dossier {line.application_id}): {en}")
        for line in decided.lines
        for vi, en in _problems(line, places, numbers, products)
    ]
    if problems:
        vi, en = ("; ".join(texts) for texts in zip(*problems, strict=True))
        raise DecisionLinesRefused(field="lines", decision=decided.decision, round_id=decided.round_id, lines_vi=vi, lines_en=en)


def _problems(
    line: DecisionLine, places: dict[str, Place], numbers: Counter[int], products: Counter[str]
) -> list[tuple[str, str]]:
    """What is wrong with one line, in both languages: pairs (vi, en)."""
    place = places.get(line.application_id)
    checks = (
        (place is None, "không có trong bảng xếp hạng", "is not in the ranking"),
        (place is not None and not place.passed, "không đạt điểm", "did not pass"),
        (numbers[line.line] > 1, "số dòng bị trùng", "its line number stands twice"),
        (products[line.application_id] > 1, "hồ sơ bị trùng", "its dossier stands twice"),
    )
    return [(vi, en) for wrong, vi, en in checks if wrong]
