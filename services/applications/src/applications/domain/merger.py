"""Which code goes on under which: a forest, decided in one place, so that no two mergers can close a circle."""

from datetime import date
from typing import Self

from shared.contracts.enterprise_log import EnterpriseMergeDecided, Why
from shared.errors import Refusal
from shared.messaging.document import Document

from applications.domain.enterprise import check_tax_code, is_branch

MERGERS = "mergers"
"""The key at which all of them are decided: there are few, and each must see the others."""


class CodeOfBranch(Refusal):
    slug = "code-of-branch"
    vi = "Mã {tax_code} là mã chi nhánh, không đổi hay sáp nhập riêng được; hãy gửi mã của doanh nghiệp, hoặc đăng ký chi nhánh."
    en = "Code {tax_code} is a branch's and cannot merge or change by itself; send the enterprise's code, or register the branch."


class MergedIntoItself(Refusal):
    slug = "merged-into-itself"
    vi = "Mã số thuế {tax_code} được ghi là sáp nhập vào chính nó; hãy kiểm tra hai mã rồi gửi lại với id mới."
    en = "Tax code {tax_code} is said to go on under itself; check the two codes and send again with a new id."


class AlreadyMerged(Refusal):
    slug = "already-merged"
    vi = "Mã số thuế {former} đã chuyển thành {into}; hãy gửi thay đổi tiếp theo cho mã {into}."
    en = "Tax code {former} already goes on under {into}; send what changes next for {into}."


class MergedInCircle(Refusal):
    slug = "merged-in-circle"
    vi = (
        "Mã số thuế {former} không thể chuyển thành {tax_code}, vì {tax_code} đã chuyển về {former}; hãy kiểm tra chiều sáp nhập."
    )
    en = "Tax code {former} cannot go on under {tax_code}, which goes on under {former} already; check which way the merger goes."


class Merger(Document, collection="mergers"):
    """That the code of the id goes on under another."""

    decided: EnterpriseMergeDecided

    @classmethod
    def of(cls, former: str, tax_code: str, merged_on: date, why: Why) -> Self:
        """The merger of two enterprises' codes; raises TaxCodeCheckDigit, CodeOfBranch, MergedIntoItself."""
        for code in (former, tax_code):
            check_tax_code(code)
            if is_branch(code):
                raise CodeOfBranch(tax_code=code)
        if former == tax_code:
            raise MergedIntoItself(tax_code=former)
        decided = EnterpriseMergeDecided(formerly=former, tax_code=tax_code, merged_on=merged_on, why=why)
        return cls(id=former, decided=decided)

    def already(self) -> AlreadyMerged:
        """The answer to another merger of the same code."""
        return AlreadyMerged(former=self.id, into=self.decided.tax_code)

    def in_circle(self) -> MergedInCircle:
        """The answer to a merger that would lead back to its own beginning."""
        return MergedInCircle(former=self.id, tax_code=self.decided.tax_code)
