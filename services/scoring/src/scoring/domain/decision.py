"""The city's decision on a round, checked line by line against the latest ranking, and the decisions that amend it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict
from shared.contracts.applications import Reason
from shared.contracts.council import DecisionAmended, DecisionLine, LeftOut, RecognitionDecided
from shared.contracts.recognitions import RecognitionFact, RecognitionFactSent
from shared.contracts.scoring import RecognitionLineDecided
from shared.errors import Refusal
from shared.messaging.document import Document

from scoring.domain.ranking import TOP, Place, Ranking
from scoring.domain.round import Round

Problem = tuple[str, str]
"""What is wrong with a line, in Vietnamese and English."""
Check = tuple[bool, str, str]
"""Whether something is wrong, and what."""


class DecisionLinesRefused(Refusal):
    slug = "decision-lines-refused"
    vi = "Quyết định {decision} của đợt {round_id} bị trả lại toàn bộ vì các dòng sai: {lines_vi}; hãy sửa, gửi lại với id mới."
    en = "Decision {decision} on round {round_id} is refused as a whole, bad lines: {lines_en}; correct them, send with a new id."


class RoundAlreadyDecided(Refusal):
    slug = "round-already-decided"
    vi = "Đợt {round_id} đã có quyết định {first}; quyết định {decision} không được ghi nhận."
    en = "Round {round_id} was already decided by {first}; decision {decision} is not recorded."


class AmendedBeforeDecision(Refusal):
    slug = "amended-before-decision"
    vi = (
        "Quyết định sửa đổi {decision} của đợt {round_id} ghi ngày {decided_on:%d/%m/%Y}, trước quyết định gần nhất ngày "
        "{latest:%d/%m/%Y}; hãy kiểm tra ngày rồi gửi lại với id mới."
    )
    en = (
        "Amending decision {decision} on round {round_id} is dated {decided_on}, before the latest decision of {latest}; "
        "check the date and send it with a new id."
    )


class Certified(BaseModel):
    """A product that a round's decisions recognise: its dossier, the enterprise it was of, and the certificate number."""

    model_config = ConfigDict(frozen=True)

    application_id: str
    tax_code: str
    certificate: str


class Decision(Document, collection="decisions"):
    """What the city has decided on a round so far, under the round's id: the first decision and those that amend it."""

    decision: str
    decided_on: date
    amended_by: tuple[str, ...] = ()
    amended_on: tuple[date, ...] = ()
    recognised: tuple[Certified, ...]
    numbers: tuple[int, ...]
    honours: tuple[str, ...]
    left_out: tuple[LeftOut, ...]

    @classmethod
    def of(cls, decided: RecognitionDecided, ranking: Ranking, withdrawn: frozenset[str]) -> Self:
        """The first decision on a round; raises DecisionLinesRefused. `withdrawn` are dossiers that left the ranking."""
        _refuse(decided.decision, decided.round_id, _wrong_lines(decided, ranking, withdrawn))
        listed = {line.application_id: line for line in decided.lines}
        return cls(
            id=decided.round_id,
            decision=decided.decision,
            decided_on=decided.decided_on,
            recognised=tuple(
                _certified(place, listed[place.application_id], decided.round_id) for place in _among(ranking, listed)
            ),
            numbers=tuple(line.line for line in decided.lines),
            honours=_top(ranking, listed),
            left_out=decided.left_out,
        )

    def amended(self, amending: DecisionAmended, ranking: Ranking, withdrawn: frozenset[str]) -> Self:
        """What is decided after an amendment; raises RoundAlreadyDecided, AmendedBeforeDecision, DecisionLinesRefused."""
        about = {"round_id": self.id, "decision": amending.decision}
        if amending.decision in (self.decision, *self.amended_by):
            raise RoundAlreadyDecided(field="decision", first=amending.decision, **about)
        if amending.decided_on < self.latest:
            raise AmendedBeforeDecision(field="decided_on", decided_on=amending.decided_on, latest=self.latest, **about)
        _refuse(amending.decision, self.id, _wrong_amendments(self, amending, ranking, withdrawn))
        added = {line.application_id: line for line in amending.recognise}
        removed = {line.application_id for line in amending.revoke}
        kept = tuple(certified for certified in self.recognised if certified.application_id not in removed)
        new = tuple(_certified(place, added[place.application_id], self.id) for place in _among(ranking, added))
        return self.but(
            amended_by=(*self.amended_by, amending.decision),
            amended_on=(*self.amended_on, amending.decided_on),
            recognised=(*kept, *new),
            numbers=(*self.numbers, *(line.line for line in amending.recognise)),
            honours=amending.honours,
            left_out=tuple(left for left in self.left_out if left.application_id not in added),
        )

    @property
    def days(self) -> tuple[date, ...]:
        """The day of each decision, that of the first one first."""
        return (self.decided_on, *self.amended_on)

    @property
    def latest(self) -> date:
        """The day of the last decision."""
        return self.days[-1]

    def certificate(self, application_id: str) -> Certified | None:
        """What a dossier's product holds by the decisions so far, None where it is not recognised."""
        return next((c for c in self.recognised if c.application_id == application_id), None)

    def honour(self, application_id: str) -> int | None:
        """The place of a dossier in the Top 10, None where it has none."""
        return self.honours.index(application_id) + 1 if application_id in self.honours else None

    def reason_left_out(self, application_id: str) -> Reason:
        """Why a product that passed is not recognised."""
        why = next(left.reason for left in self.left_out if left.application_id == application_id)
        return Reason(
            slug="left-out-by-the-decision",
            vi=f"Sản phẩm đạt điểm nhưng quyết định của Thành phố không công nhận, lý do: {why}",
            en=f"The product passed but the city's decision does not recognise it, the reason given: {why}",
        )

    def line(self, place: Place, round_: Round, appeals_until: date | None) -> RecognitionLineDecided:
        """What the latest decision means for one product of the ranking."""
        certified = self.certificate(place.application_id)
        reasons = place.reasons or (self.reason_left_out(place.application_id),) if certified is None else ()
        return RecognitionLineDecided(
            application_id=place.application_id,
            round_id=round_.id,
            year=round_.year,
            tax_code=place.tax_code,
            enterprise_name=place.enterprise_name,
            product_id=place.product_id,
            product_name=place.product_name,
            industry=place.industry,
            decision=(self.decision, *self.amended_by)[-1],
            decided_on=self.latest,
            certificate=certified.certificate if certified else None,
            validity_months=round_.validity_months,
            expiry_notice_business_days=round_.expiry_notice_business_days,
            appeals_until=appeals_until,
            score=place.score,
            rank=place.rank,
            top10_rank=self.honour(place.application_id),
            reasons=reasons,
            made=place.made,
        )


def changes(before: Decision, after: Decision, amending: DecisionAmended) -> tuple[RecognitionFactSent, ...]:
    """What an amendment means for each product that was recognised before: a recognition lost, another place of honour."""
    reasons = {line.application_id: line.reason for line in amending.revoke}
    facts = [
        (certified, fact)
        for certified in before.recognised
        for fact in _facts(certified.application_id, reasons.get(certified.application_id), before, after, amending)
    ]
    return tuple(
        RecognitionFactSent(tax_code=certified.tax_code, certificate=certified.certificate, fact=fact, amending=True)
        for certified, fact in facts
    )


def _facts(
    application_id: str, revoked_because: str | None, before: Decision, after: Decision, amending: DecisionAmended
) -> Iterable[RecognitionFact]:
    if revoked_because is not None:
        yield RecognitionFact(kind="revoked", on=amending.decided_on, decision=amending.decision, reason=revoked_because)
    if before.honour(application_id) != after.honour(application_id):
        rank = after.honour(application_id)
        yield RecognitionFact(kind="honoured", on=amending.decided_on, decision=amending.decision, top10_rank=rank)


def _among(ranking: Ranking, applications: Mapping[str, object] | set[str]) -> list[Place]:
    """The places of some dossiers, best first."""
    return [place for place in ranking.places if place.application_id in applications]


def _top(ranking: Ranking, recognised: Mapping[str, object] | set[str]) -> tuple[str, ...]:
    """The Top 10: the ten highest that pass and are recognised."""
    return tuple(place.application_id for place in _among(ranking, recognised) if place.passed)[:TOP]


def _certified(place: Place, line: DecisionLine, round_id: str) -> Certified:
    """A certificate is numbered round-line, so that two rounds of one year never share a number."""
    return Certified(application_id=place.application_id, tax_code=place.tax_code, certificate=f"{round_id}-{line.line:03d}")


# -- every bad line is named at once -------------------------------------------------------------------------------------


def _refuse(decision: str, round_id: str, problems: list[Problem]) -> None:
    if problems:
        vi, en = ("; ".join(texts) for texts in zip(*problems, strict=True))
        raise DecisionLinesRefused(field="lines", decision=decision, round_id=round_id, lines_vi=vi, lines_en=en)


def _wrong_lines(decided: RecognitionDecided, ranking: Ranking, withdrawn: frozenset[str]) -> list[Problem]:
    """Every product that passed is listed or left out with a reason, once, under a number of its own; no other is."""
    left_out = Counter(left.application_id for left in decided.left_out)
    listed = {line.application_id for line in decided.lines}
    problems = _bad_lines(decided.lines, ranking, withdrawn, taken=())
    for application, times in left_out.items():
        checks = (
            *_ranked(application, ranking, withdrawn),
            (times > 1, "bị trùng", "stands twice"),
            (application in listed, "vừa được công nhận vừa bị loại", "is both recognised and left out"),
        )
        problems += _named(f"hồ sơ không công nhận {application}", f"left-out dossier {application}", checks)
    problems += [
        (
            f"hồ sơ {place.application_id}: đạt điểm nhưng không được công nhận mà không nêu lý do",
            f"dossier {place.application_id}: passed and is left out without a reason",
        )
        for place in ranking.places
        if place.passed and place.application_id not in listed and place.application_id not in left_out
    ]
    return problems


def _bad_lines(
    lines: tuple[DecisionLine, ...], ranking: Ranking, withdrawn: frozenset[str], taken: tuple[int, ...]
) -> list[Problem]:
    numbers = Counter([*taken, *(line.line for line in lines)])
    products = Counter(line.application_id for line in lines)
    problems: list[Problem] = []
    for line in lines:
        checks = (
            *_ranked(line.application_id, ranking, withdrawn),
            (numbers[line.line] > 1, "số dòng bị trùng", "its line number stands twice"),
            (products[line.application_id] > 1, "hồ sơ bị trùng", "its dossier stands twice"),
        )
        about_vi, about_en = (
            f"dòng {line.line} (hồ sơ {line.application_id})",
            f"line {line.line} (dossier {line.application_id})",
        )
        problems += _named(about_vi, about_en, checks)
    return problems


def _named(what_vi: str, what_en: str, checks: Iterable[Check]) -> list[Problem]:
    return [(f"{what_vi}: {vi}", f"{what_en}: {en}") for wrong, vi, en in checks if wrong]


def _ranked(application_id: str, ranking: Ranking, withdrawn: frozenset[str]) -> tuple[Check, ...]:
    place = ranking.place(application_id)
    gone = application_id in withdrawn
    return (
        (place is None and not gone, "không có trong bảng xếp hạng", "is not in the ranking"),
        (place is None and gone, "đã rút khỏi bảng xếp hạng", "was withdrawn from the ranking"),
        (place is not None and not place.passed, "không đạt điểm", "did not pass"),
    )


def _wrong_amendments(
    decision: Decision, amending: DecisionAmended, ranking: Ranking, withdrawn: frozenset[str]
) -> list[Problem]:
    added = {line.application_id for line in amending.recognise}
    removed = Counter(line.application_id for line in amending.revoke)
    before = {certified.application_id for certified in decision.recognised}
    problems = _bad_lines(amending.recognise, ranking, withdrawn, taken=decision.numbers)
    problems += [
        (f"hồ sơ {application}: đã được công nhận", f"dossier {application}: is recognised already")
        for application in sorted(added & before)
    ]
    for application, times in removed.items():
        checks = (
            (application not in before, "không được công nhận trong đợt", "is not recognised in the round"),
            (times > 1, "bị thu hồi hai lần", "is revoked twice"),
        )
        problems += _named(f"hồ sơ thu hồi {application}", f"revoked dossier {application}", checks)
    expected = _top(ranking, (before - removed.keys()) | added)
    if not problems and amending.honours != expected:
        right = ", ".join(expected) or "–"
        problems.append((f"Top 10 phải là {right} theo thứ tự", f"the Top 10 has to be {right}, in this order"))
    return problems
