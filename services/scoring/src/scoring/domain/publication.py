"""The result published for comment, and the objections to it, each answered before the city decides (domain, section 4)."""

from datetime import date
from typing import Literal, Self

from shared.contracts.council import ObjectionAnswered, ObjectionFiled, ResultPublished
from shared.errors import Refusal
from shared.messaging.document import Document

from scoring.domain.ranking import Ranking
from scoring.domain.round import Round


class CommentPeriodNotValid(Refusal):
    slug = "comment-period-not-valid"
    vi = (
        "Thời gian góp ý của đợt {round_id}, từ {published_on:%d/%m/%Y} đến {comments_until:%d/%m/%Y}, không hợp lệ: "
        "phải công bố từ ngày đóng chấm điểm {closed_on:%d/%m/%Y} trở đi và kết thúc không trước ngày công bố; hãy gửi lại."
    )
    en = (
        "Comments on round {round_id} from {published_on} to {comments_until} cannot be: publish on or after {closed_on}, "
        "the day scoring closed, and end no earlier than the publication; send it again."
    )


class ResultAlreadyPublished(Refusal):
    slug = "result-already-published"
    vi = "Kết quả đợt {round_id} đã công bố để góp ý đến {comments_until:%d/%m/%Y}; thời hạn đó được giữ."
    en = "The result of round {round_id} is already published for comment until {comments_until}; that stands."


class ResultPublishedLate(Refusal):
    slug = "result-published-after-decision"
    vi = "Đợt {round_id} đã có quyết định {decision}; kết quả không còn được công bố để góp ý, ai không đồng ý thì khiếu nại."
    en = "Round {round_id} was already decided by {decision}; its result is no longer open to comment, who disagrees appeals."


class ObjectionBeforePublication(Refusal):
    slug = "objection-before-publication"
    vi = (
        "Góp ý {objection_id} nhận ngày {received:%d/%m/%Y}, trước ngày công bố kết quả đợt {round_id} "
        "({published_on:%d/%m/%Y}); hãy gửi lại trong thời gian góp ý."
    )
    en = (
        "Objection {objection_id} was received on {received}, before the result of round {round_id} was published "
        "({published_on}); send it again while comments are taken."
    )


class ObjectionLate(Refusal):
    slug = "objection-late"
    vi = (
        "Góp ý {objection_id} nhận ngày {received:%d/%m/%Y}, sau hạn góp ý {comments_until:%d/%m/%Y} của đợt {round_id}; "
        "sau khi có quyết định có thể khiếu nại."
    )
    en = (
        "Objection {objection_id} was received on {received}, after comments on round {round_id} ended on {comments_until}; "
        "an appeal is possible once the city has decided."
    )


class ObjectionAfterDecision(Refusal):
    slug = "objection-after-decision"
    vi = "Góp ý {objection_id} đến sau khi đợt {round_id} có quyết định {decision}; hãy nộp lại dưới dạng khiếu nại."
    en = "Objection {objection_id} came after round {round_id} was decided by {decision}; file it again as an appeal."


class ObjectionIdTaken(Refusal):
    slug = "objection-id-taken"
    vi = "Đợt {round_id} đã có góp ý mã {objection_id} của {by}; hãy gửi góp ý này với mã khác."
    en = "Round {round_id} already has an objection {objection_id}, by {by}; send this one under another id."


class ObjectionDossierUnknown(Refusal):
    slug = "objection-dossier-unknown"
    vi = "Góp ý {objection_id} nói về hồ sơ {application_id} không có trong kết quả đợt {round_id}; hãy kiểm tra mã hồ sơ."
    en = "Objection {objection_id} is about dossier {application_id}, which is not in the result of round {round_id}; check it."


class ObjectionAlreadyAnswered(Refusal):
    slug = "objection-already-answered"
    vi = "Góp ý {objection_id} của đợt {round_id} đã được trả lời ngày {answered_on:%d/%m/%Y}; câu trả lời đó được giữ."
    en = "Objection {objection_id} of round {round_id} was answered on {answered_on}; that answer stands."


class UpheldWithoutDossier(Refusal):
    slug = "objection-upheld-without-dossier"
    vi = (
        "Góp ý {objection_id} của đợt {round_id} không nêu hồ sơ nên không có gì để chấm lại; "
        "hãy ghi nhận một góp ý có mã hồ sơ rồi chấp nhận góp ý đó."
    )
    en = (
        "Objection {objection_id} of round {round_id} names no dossier, so there is nothing to score again; "
        "record one that names the dossier and uphold that."
    )


class ResultNotPublished(Refusal):
    slug = "result-not-published"
    vi = "Đợt {round_id} phải công bố kết quả để góp ý trước khi quyết định; quyết định {decision} chưa được ghi nhận."
    en = "Round {round_id} has to publish its result for comment before it is decided; decision {decision} is not recorded."


class CommentWindowOpen(Refusal):
    slug = "comment-window-open"
    vi = (
        "Quyết định {decision} ngày {decided_on:%d/%m/%Y} của đợt {round_id} không được ghi nhận vì còn nhận góp ý "
        "đến hết {comments_until:%d/%m/%Y}; hãy quyết định sau ngày đó."
    )
    en = (
        "Decision {decision} of {decided_on} on round {round_id} is not recorded, comments are taken until {comments_until}; "
        "decide after that day."
    )


class ObjectionsUnanswered(Refusal):
    slug = "objections-unanswered"
    vi = "Đợt {round_id} còn góp ý chưa trả lời: {objections}; hãy trả lời hết rồi gửi lại quyết định {decision} với id mới."
    en = "Round {round_id} has objections without an answer: {objections}; answer them, then send {decision} with a new id."


class AssessmentsReopened(Refusal):
    slug = "assessments-reopened"
    vi = "Đợt {round_id} còn hồ sơ đang chấm lại: {applications}; hãy đóng chấm lại rồi gửi quyết định {decision} với id mới."
    en = "Round {round_id} still scores dossiers again: {applications}; close that, then send {decision} with a new id."


class Publication(Document, collection="publications"):
    """The publication of a round's result, under the round's id; `unanswered` are the ids of the objections still open."""

    published_on: date
    comments_until: date
    unanswered: tuple[str, ...] = ()


class Objection(Document, collection="objections", found_by=("round_id id",)):
    """An objection to a published result, and its answer. The id is round/objection."""

    objection_id: str
    round_id: str
    application_id: str | None
    by: str
    text: str
    received: date
    made: bool
    answer: str | None = None
    answered_on: date | None = None
    outcome: Literal["upheld", "rejected"] | None = None

    @classmethod
    def of(cls, filed: ObjectionFiled) -> Self:
        """An objection as it was filed, without an answer."""
        return cls(id=objection_key(filed.round_id, filed.objection_id), **filed.model_dump())

    def answered(self, answered: ObjectionAnswered) -> Self:
        """The objection with its answer; raises ObjectionAlreadyAnswered, UpheldWithoutDossier."""
        if self.answered_on is not None:
            raise ObjectionAlreadyAnswered(objection_id=self.objection_id, round_id=self.round_id, answered_on=self.answered_on)
        if answered.outcome == "upheld" and self.application_id is None:
            raise UpheldWithoutDossier(field="outcome", objection_id=self.objection_id, round_id=self.round_id)
        return self.but(answer=answered.answer, answered_on=answered.answered_on, outcome=answered.outcome)


def objection_key(round_id: str, objection_id: str) -> str:
    """Id of an Objection."""
    return f"{round_id}/{objection_id}"


def publish(published: ResultPublished, round_: Round, ranking: Ranking, known: Publication | None) -> Publication:
    """The publication of a result; raises the refusal of one that cannot be."""
    if round_.decision is not None:
        raise ResultPublishedLate(round_id=round_.id, decision=round_.decision)
    if known is not None:
        raise ResultAlreadyPublished(round_id=round_.id, comments_until=known.comments_until)
    if not ranking.closed_on <= published.published_on <= published.comments_until:
        raise CommentPeriodNotValid(field="comments_until", closed_on=ranking.closed_on, **published.model_dump())
    return Publication(id=round_.id, published_on=published.published_on, comments_until=published.comments_until)


def check_objection(filed: ObjectionFiled, round_: Round, publication: Publication, ranking: Ranking) -> None:
    """Raise the refusal of an objection that came too early or too late, or is about a dossier the result does not have."""
    about = {"objection_id": filed.objection_id, "round_id": round_.id}
    if round_.decision is not None:
        raise ObjectionAfterDecision(decision=round_.decision, **about)
    if filed.received < publication.published_on:
        raise ObjectionBeforePublication(
            field="received", received=filed.received, published_on=publication.published_on, **about
        )
    if filed.received > publication.comments_until:
        raise ObjectionLate(field="received", received=filed.received, comments_until=publication.comments_until, **about)
    if filed.application_id is not None and ranking.place(filed.application_id) is None:
        raise ObjectionDossierUnknown(field="application_id", application_id=filed.application_id, **about)


def check_ready(decision: str, decided_on: date, round_: Round, publication: Publication | None, ranking: Ranking) -> None:
    """Raise the refusal of a decision that comes before comments are over, answered, and what they changed is ranked anew."""
    about = {"round_id": round_.id, "decision": decision}
    if publication is None:
        if round_.comment_window:
            raise ResultNotPublished(**about)
    elif decided_on <= publication.comments_until:
        raise CommentWindowOpen(field="decided_on", decided_on=decided_on, comments_until=publication.comments_until, **about)
    elif publication.unanswered:
        raise ObjectionsUnanswered(objections=", ".join(publication.unanswered), **about)
    # A dossier that has left the ranking since, because it was withdrawn, stops nothing.
    reopened = [r.application_id for r in round_.reopened if ranking.place(r.application_id)]
    if reopened:
        raise AssessmentsReopened(applications=", ".join(reopened), **about)
