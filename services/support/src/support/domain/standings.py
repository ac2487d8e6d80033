"""What a decision on a recognition brings about on a later day."""

from datetime import date

from pydantic import BaseModel, ConfigDict
from shared.errors import Refusal
from shared.messaging.document import Document


class RecognitionGone(Refusal):
    slug = "recognition-revoked"
    vi = (
        "Công nhận {certificate} mà {grant_id} dựa vào đã bị thu hồi từ {day:%d/%m/%Y} và doanh nghiệp không còn công nhận nào "
        "khác đang có hiệu lực; hãy gửi đề nghị mới khi được công nhận lại."
    )
    en = (
        "Recognition {certificate}, which {grant_id} rests on, was revoked from {day} and the enterprise has no other in force; "
        "send a new request once it is recognised again."
    )


class Due(BaseModel):
    """An enterprise to look at again on a day, because a recognition of it changes then."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    day: date
    tax_code: str


class DueStandings(Document, collection="due_standings"):
    """The enterprises of this partition to look at again, by day."""

    due: tuple[Due, ...] = ()

    def with_due(self, day: date, tax_code: str) -> "DueStandings":
        entry = Due(day=day, tax_code=tax_code)
        return self.but(due=tuple(sorted({*self.due, entry}, key=lambda d: (d.day, d.tax_code))))

    def until(self, today: date) -> tuple[list[str], "DueStandings"]:
        """The enterprises whose day has come, and what is left."""
        come = [d.tax_code for d in self.due if d.day <= today]
        return list(dict.fromkeys(come)), self.but(due=self.due[len(come) :])
