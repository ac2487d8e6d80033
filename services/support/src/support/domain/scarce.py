"""What there is not enough of: cost evidence, places of an activity, money of a budget line. Each is decided at its own key.

An evidence belongs to one request. Money is a supply: first in the log of the line is first served, and the head of the
queue is not passed by a smaller one. Places have a module of their own.
"""

from pydantic import BaseModel, ConfigDict
from shared.contracts.finance import BudgetAllocated
from shared.errors import Refusal
from shared.messaging.document import Document

from support.domain.amounts import in_words

LARGEST_LINE = 10**15  # đồng; no contract carries more


class LineMisnamed(Refusal):
    slug = "line-misnamed"
    vi = (
        "Dòng ngân sách {line_id} phải mang mã {expected} theo năm và chính sách của nó, nếu không đề nghị hỗ trợ sẽ "
        "không tìm thấy tiền; hãy gửi lại với mã đó."
    )
    en = (
        "Budget line {line_id} must be named {expected} after its year and scheme, or no request finds its money; "
        "send it again under that name."
    )


class LineTooLarge(Refusal):
    slug = "line-too-large"
    vi = "Dòng ngân sách {line_id} sẽ thành {total_vi}, vượt mức {largest_vi}; hãy kiểm tra số tiền được cấp."
    en = "Budget line {line_id} would become {total_en}, more than {largest_en}; check the amount allocated."


def evidence_thing(evidence_id: str) -> str:
    """The key of a cost: its seller and invoice, or the hash of its document."""
    return f"evidence:{evidence_id}"


def place_thing(activity_id: str) -> str:
    """The key of the places of an activity."""
    return f"place:{activity_id}"


def line_thing(line_id: str) -> str:
    """The key of the money of a budget line."""
    return f"line:{line_id}"


def kind_of(thing: str) -> str:
    """evidence, place or line."""
    return thing.partition(":")[0]


def name_of(thing: str) -> str:
    """The thing without its kind: seller/invoice, activity, or line id."""
    return thing.partition(":")[2]


class CostEvidence(Document, collection="cost_evidence"):
    """An invoice of a seller that a request holds: one cost is supported once. The id is the thing."""

    request_id: str
    tax_code: str

    def held_by(self, tax_code: str, request_id: str) -> bool:
        return (self.tax_code, self.request_id) == (tax_code, request_id)


class Claim(BaseModel):
    """A request in the queue of a line. `amount` is đồng; `part`: less is welcome."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    request_id: str
    tax_code: str
    amount: int
    part: bool


class Supply(Document, collection="supplies"):
    """Money of a line in đồng: how much there is, how much is taken, who stands in line."""

    total: int = 0
    taken: int = 0
    queue: tuple[Claim, ...] = ()

    @property
    def left(self) -> int:
        return self.total - self.taken

    @property
    def next_amount(self) -> int | None:
        """What the head of the queue can be given now: all it wants, a part where that is welcome, or None."""
        if not self.queue:
            return None
        head = self.queue[0]
        if head.amount <= self.left:
            return head.amount
        return self.left if head.part and self.left > 0 else None

    def joined(self, claim: Claim) -> "Supply":
        return self.but(queue=(*self.queue, claim))

    def served(self, amount: int) -> "Supply":
        """The head of the queue gets the amount."""
        return self.but(taken=self.taken + amount, queue=self.queue[1:])

    def given_back(self, tax_code: str, request_id: str, amount: int) -> "Supply":
        """A request gives back the amount it holds (0 where it only stands in line), and leaves the queue."""
        queue = tuple(c for c in self.queue if (c.tax_code, c.request_id) != (tax_code, request_id))
        return self.but(taken=self.taken - amount, queue=queue)

    def allocated(self, news: BudgetAllocated) -> "Supply":
        """A further allocation adds to the line."""
        expected = f"{news.year}/{news.scheme_id}"
        if news.line_id != expected:
            raise LineMisnamed(field="line_id", line_id=news.line_id, expected=expected)
        total = self.total + news.amount
        if total > LARGEST_LINE:
            raise LineTooLarge(field="amount", line_id=news.line_id, **in_words(total=total, largest=LARGEST_LINE))
        return self.but(total=total)


class Holding(Document, collection="holdings"):
    """What a request has of a line, to know what it gives back, đồng."""

    amount: int

    @staticmethod
    def id_of(thing: str, tax_code: str, request_id: str) -> str:
        return f"{thing}|{tax_code}|{request_id}"
