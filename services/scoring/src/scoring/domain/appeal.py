"""Appeals against the decision on one dossier: in time, admitted or dismissed, and what an admitted one reopens."""

from datetime import date
from typing import Literal, Self

from shared.business_days import Calendar
from shared.contracts.council import AppealAdmitted, AppealDismissed, AppealFiled
from shared.errors import Refusal
from shared.messaging.document import Document

from scoring.domain.decision import Decision
from scoring.domain.ranking import Ranking
from scoring.domain.round import Round


class AppealBeforeDecision(Refusal):
    slug = "appeal-before-decision"
    vi = (
        "Khiếu nại {appeal_id} nhận ngày {received:%d/%m/%Y}, trước quyết định ngày {decided_on:%d/%m/%Y} của đợt {round_id}; "
        "trước quyết định chỉ có góp ý, hãy gửi lại cho đúng."
    )
    en = (
        "Appeal {appeal_id} was received on {received}, before round {round_id} was decided on {decided_on}; "
        "what comes before the decision is an objection, send it as one."
    )


class AppealLate(Refusal):
    slug = "appeal-late"
    vi = (
        "Khiếu nại {appeal_id} nhận ngày {received:%d/%m/%Y}, quá {days} ngày làm việc kể từ quyết định ngày "
        "{decided_on:%d/%m/%Y} của đợt {round_id}; quyết định được giữ."
    )
    en = (
        "Appeal {appeal_id} was received on {received}, more than {days} business days after the decision of {decided_on} "
        "on round {round_id}; the decision stands."
    )


class AppealIdTaken(Refusal):
    slug = "appeal-id-taken"
    vi = "Đợt {round_id} đã có khiếu nại mã {appeal_id} của {by}; hãy gửi khiếu nại này với mã khác."
    en = "Round {round_id} already has an appeal {appeal_id}, by {by}; send this one under another id."


class AppealDossierUnknown(Refusal):
    slug = "appeal-dossier-unknown"
    vi = "Khiếu nại {appeal_id} nói về hồ sơ {application_id} không có trong kết quả đợt {round_id}; hãy kiểm tra mã hồ sơ."
    en = "Appeal {appeal_id} is about dossier {application_id}, which is not in the result of round {round_id}; check its id."


class AppealAlreadyAnswered(Refusal):
    slug = "appeal-already-answered"
    vi = "Khiếu nại {appeal_id} của đợt {round_id} đã được trả lời ngày {answered_on:%d/%m/%Y}; câu trả lời đó được giữ."
    en = "Appeal {appeal_id} of round {round_id} was answered on {answered_on}; that answer stands."


class Appeal(Document, collection="appeals", found_by=("round_id id",)):
    """An appeal against the decision on one dossier, and its answer. The id is round/appeal."""

    appeal_id: str
    round_id: str
    application_id: str
    by: str
    grounds: str
    received: date
    made: bool
    state: Literal["filed", "admitted", "dismissed"] = "filed"
    answered_on: date | None = None
    reason: str | None = None

    @classmethod
    def of(cls, filed: AppealFiled) -> Self:
        """An appeal as it was filed, without an answer."""
        return cls(id=appeal_key(filed.round_id, filed.appeal_id), **filed.model_dump())

    def admitted(self, admitted: AppealAdmitted) -> Self:
        """The appeal taken up; raises AppealAlreadyAnswered."""
        self._check_open()
        return self.but(state="admitted", answered_on=admitted.admitted_on)

    def dismissed(self, dismissed: AppealDismissed) -> Self:
        """The appeal not taken up, with the reason; raises AppealAlreadyAnswered."""
        self._check_open()
        return self.but(state="dismissed", answered_on=dismissed.dismissed_on, reason=dismissed.reason)

    def _check_open(self) -> None:
        if self.answered_on is not None:
            raise AppealAlreadyAnswered(appeal_id=self.appeal_id, round_id=self.round_id, answered_on=self.answered_on)


def appeal_key(round_id: str, appeal_id: str) -> str:
    """Id of an Appeal."""
    return f"{round_id}/{appeal_id}"


def appeals_until(decided_on: date, round_: Round, calendar: Calendar) -> date | None:
    """The last day an appeal against a decision of this day may come; None where the round knows no appeal."""
    return calendar.after(decided_on, round_.appeal_business_days) if round_.appeal_business_days else None


def check_appeal(filed: AppealFiled, round_: Round, decision: Decision, ranking: Ranking, calendar: Calendar) -> None:
    """Raise the refusal of an appeal that came too early or too late, or is about a dossier the result does not have.

    The time to appeal counts from the last decision before it, so that an amending one can be appealed against too, and
    one that came too late for a decision is not in time for a later one.
    """
    about = {"appeal_id": filed.appeal_id, "round_id": round_.id}
    if filed.received < decision.decided_on:
        raise AppealBeforeDecision(field="received", received=filed.received, decided_on=decision.decided_on, **about)
    against, days = max(day for day in decision.days if day <= filed.received), round_.appeal_business_days
    if calendar.between(against, filed.received) > days or not days:
        raise AppealLate(field="received", received=filed.received, decided_on=against, days=days, **about)
    if ranking.place(filed.application_id) is None:
        raise AppealDossierUnknown(field="application_id", application_id=filed.application_id, **about)
