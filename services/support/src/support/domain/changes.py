"""Changes an enterprise asks for under a grant: more time, a smaller scope, another fair."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict
from shared.contracts.grants import GrantChangeRequested
from shared.errors import Refusal

from support.domain.amounts import in_words


class ChangeIdTaken(Refusal):
    slug = "change-id-taken"
    vi = "Khoản hỗ trợ {grant_id} đã có đề nghị thay đổi {change_id}; hãy gửi đề nghị này với mã mới."
    en = "Grant {grant_id} already has change request {change_id}; send this one under a new change id."


class ChangeUnknown(Refusal):
    slug = "change-unknown"
    vi = "Khoản hỗ trợ {grant_id} không có đề nghị thay đổi {change_id}; hãy kiểm tra mã."
    en = "Grant {grant_id} has no change request {change_id}; check its id."


class ChangeDecided(Refusal):
    slug = "change-decided"
    vi = "Đề nghị thay đổi {change_id} của khoản hỗ trợ {grant_id} đã được quyết định ({state}); hãy gửi đề nghị mới nếu cần."
    en = "Change request {change_id} of grant {grant_id} was decided before ({state}); for another change, send a new request."


class ChangeIncomplete(Refusal):
    slug = "change-incomplete"
    vi = "Đề nghị thay đổi {change_id} của khoản hỗ trợ {grant_id} thiếu {lacks}; hãy bổ sung rồi gửi lại với id mới."
    en = "Change request {change_id} of grant {grant_id} lacks {lacks}; add it and send it again under a new id."


class ChangeNotLater(Refusal):
    slug = "change-not-later"
    vi = "Hạn kê khai của khoản hỗ trợ {grant_id} là {known:%d/%m/%Y}; {asked:%d/%m/%Y} không muộn hơn, hãy nêu ngày muộn hơn."
    en = "Claims of grant {grant_id} may be filed until {known}; {asked} is no later day, name a later one."


class ChangeNotSmaller(Refusal):
    slug = "change-not-smaller"
    vi = (
        "Với {cost_vi} chi phí hợp lệ, mức hỗ trợ của {grant_id} là {would_vi}, không thấp hơn {entitled_vi} hiện nay; "
        "thu hẹp quy mô phải làm giảm mức hỗ trợ."
    )
    en = (
        "An eligible cost of {cost_en} gives grant {grant_id} {would_en}, no less than the {entitled_en} of now; "
        "a smaller scope has to lower the grant."
    )


class ChangeNotToOtherFair(Refusal):
    slug = "change-not-to-other-fair"
    vi = "Khoản hỗ trợ {grant_id} là cho {activity_id} và không đổi được sang {fair_id}; hãy nêu một hội chợ khác."
    en = "Grant {grant_id} is for {activity_id} and cannot be moved to {fair_id}; name another fair."


class Change(BaseModel):
    """A change that was asked for. One that is `asking` waits for the other fair to say whether it has a place."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    change_id: str
    kind: Literal["delay", "reduce", "move"]
    finish_by: date | None = None
    cost: int | None = None
    fair_id: str | None = None
    state: Literal["filed", "asking", "carried-out", "declined"] = "filed"

    @classmethod
    def of(cls, grant_id: str, asked: GrantChangeRequested) -> "Change":
        """The change; raises ChangeIncomplete where what it needs is missing."""
        needs = {"delay": "finish_by", "reduce": "cost", "move": "fair_id"}[asked.kind]
        if getattr(asked, needs) is None:
            raise ChangeIncomplete(field=needs, lacks=needs, grant_id=grant_id, change_id=asked.change_id)
        return cls(change_id=asked.change_id, kind=asked.kind, **{needs: getattr(asked, needs)})


def change_of(changes: tuple[Change, ...], grant_id: str, change_id: str) -> Change:
    """The change that is to be decided; raises ChangeUnknown or ChangeDecided."""
    for change in changes:
        if change.change_id == change_id:
            if change.state != "filed":
                raise ChangeDecided(field="change_id", grant_id=grant_id, change_id=change_id, state=change.state)
            return change
    raise ChangeUnknown(field="change_id", grant_id=grant_id, change_id=change_id)


def check_later(grant_id: str, asked: date, known: date) -> None:
    """Raise ChangeNotLater where a delay is none."""
    if asked <= known:
        raise ChangeNotLater(field="finish_by", grant_id=grant_id, known=known, asked=asked)


def check_smaller(grant_id: str, cost: int, would: int, entitled: int) -> None:
    """Raise ChangeNotSmaller where the grant would not be lower, đồng."""
    if would >= entitled:
        facts = in_words(cost=cost, would=would, entitled=entitled)
        raise ChangeNotSmaller(field="cost", grant_id=grant_id, **facts)
