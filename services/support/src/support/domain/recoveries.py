"""Money that has to come back, and what an enterprise owes: a debt blocks new support until it is paid."""

from datetime import date

from pydantic import BaseModel, ConfigDict
from shared.errors import Refusal
from shared.messaging.document import Document

from support.domain.amounts import in_words


class NothingToRecover(Refusal):
    slug = "nothing-to-recover"
    vi = "Khoản hỗ trợ {grant_id} không có gì phải hoàn trả, mà nhận {amount_vi}; hãy trả lại cho doanh nghiệp."
    en = "Nothing of grant {grant_id} has to be paid back, and {amount_en} came; return it to the enterprise."


class RepaymentAboveBalance(Refusal):
    slug = "repayment-above-balance"
    vi = "Khoản hỗ trợ {grant_id} còn phải hoàn trả {balance_vi}, ít hơn {amount_vi} đã nhận; hãy ghi nhận không quá số còn lại."
    en = "Of grant {grant_id} {balance_en} is still to be paid back, less than the {amount_en} received; report no more."


class ReceiptTaken(Refusal):
    slug = "receipt-taken"
    vi = "Chứng từ {receipt_id} của khoản hỗ trợ {grant_id} đã được ghi nhận với {known_vi}; mỗi chứng từ chỉ ghi nhận một lần."
    en = "Receipt {receipt_id} of grant {grant_id} was recorded before, with {known_en}; each receipt is recorded once."


class RecoveryAbovePaid(Refusal):
    slug = "recovery-above-paid"
    vi = "Khoản hỗ trợ {grant_id}: doanh nghiệp chỉ còn giữ {kept_vi}, không thể thu hồi {amount_vi}; hãy kiểm tra số tiền."
    en = "Grant {grant_id}: the enterprise keeps only {kept_en}, {amount_en} cannot be recovered; check the amount."


class DebtOutstanding(Refusal):
    slug = "debt-outstanding"
    vi = (
        "Doanh nghiệp {tax_code} còn phải hoàn trả {balance_vi} của khoản hỗ trợ trước ({grants}); "
        "hãy hoàn trả xong rồi gửi đề nghị mới."
    )
    en = (
        "Enterprise {tax_code} still has to pay back {balance_en} of earlier support ({grants}); "
        "pay it back, then send a new request."
    )


class Repayment(BaseModel):
    """A part that was paid back, đồng."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    receipt_id: str
    amount: int
    on: date


def check_repayment(grant_id: str, receipt_id: str, amount: int, due_back: int, parts: tuple[Repayment, ...]) -> None:
    """Raise ReceiptTaken, NothingToRecover or RepaymentAboveBalance; `due_back` is đồng in all."""
    for part in parts:
        if part.receipt_id == receipt_id:
            raise ReceiptTaken(field="receipt_id", grant_id=grant_id, receipt_id=receipt_id, **in_words(known=part.amount))
    balance = due_back - sum(part.amount for part in parts)
    if balance == 0:
        raise NothingToRecover(field="grant_id", grant_id=grant_id, **in_words(amount=amount))
    if amount > balance:
        raise RepaymentAboveBalance(field="amount", grant_id=grant_id, **in_words(balance=balance, amount=amount))


class Debt(BaseModel):
    """What is still to be paid back of one grant, đồng."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    grant_id: str
    balance: int


class Account(Document, collection="accounts", found_by=("id",)):
    """What is open with an enterprise: its debts, and what it has that rests on a certificate; the id is its tax code.

    `resting` are ids of requests and grants that a revocation can still end, in the order they came.
    """

    debts: tuple[Debt, ...] = ()
    resting: tuple[str, ...] = ()

    @property
    def balance(self) -> int:
        return sum(debt.balance for debt in self.debts)

    def owing(self, grant_id: str, balance: int) -> "Account":
        """The balance of one grant is now this; nothing where it is paid."""
        others = tuple(d for d in self.debts if d.grant_id != grant_id)
        return self.but(debts=(*others, Debt(grant_id=grant_id, balance=balance)) if balance else others)

    def with_resting(self, id: str, *, rests: bool) -> "Account":
        others = tuple(i for i in self.resting if i != id)
        return self.but(resting=(*others, id) if rests else others)

    def joined(self, former: "Account") -> "Account":
        """With what is open with a former code of the enterprise."""
        return self.but(debts=(*self.debts, *former.debts), resting=(*self.resting, *former.resting))

    def debt(self) -> DebtOutstanding | None:
        """The reason against new support, where something is owed."""
        if not self.debts:
            return None
        grants = ", ".join(debt.grant_id for debt in self.debts)
        return DebtOutstanding(field="tax_code", tax_code=self.id, grants=grants, **in_words(balance=self.balance))
