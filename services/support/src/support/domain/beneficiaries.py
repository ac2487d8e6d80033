"""Whom a scheme is for: holders of a recognition in force, supporting industries, rural establishments; any of several."""

from datetime import date

from shared.contracts.department import Beneficiary, SchemeIssued
from shared.errors import Refusal
from shared.messaging.document import Document

from support.domain.amounts import in_brackets
from support.domain.enterprises import Enterprise

BENEFICIARY_WORDS: dict[Beneficiary, tuple[str, str]] = {
    "recognition": ("doanh nghiệp có sản phẩm được công nhận còn hiệu lực", "holders of a recognition in force"),
    "supporting-industry": ("doanh nghiệp công nghiệp hỗ trợ", "supporting industries"),
    "rural-establishment": ("cơ sở công nghiệp nông thôn", "rural establishments"),
}


class NotSupportingIndustry(Refusal):
    slug = "not-supporting-industry"
    vi = (
        "Doanh nghiệp {tax_code} không có trong danh sách công nghiệp hỗ trợ mà chính sách {scheme_vi} đòi hỏi{clause}; "
        "hãy liên hệ Sở Công Thương để được xác nhận rồi gửi đề nghị mới."
    )
    en = (
        "Enterprise {tax_code} is not on the list of supporting industries that the scheme {scheme_en} requires{clause}; "
        "have the department confirm it, then send a new request."
    )


class NotBeneficiary(Refusal):
    slug = "not-a-beneficiary"
    vi = (
        "Doanh nghiệp {tax_code} không thuộc đối tượng của chính sách {scheme_vi}: {kinds_vi}{clause}; "
        "hãy liên hệ Sở Công Thương để được xác nhận rồi gửi đề nghị mới."
    )
    en = (
        "Enterprise {tax_code} is none of those the scheme {scheme_en} is for: {kinds_en}{clause}; "
        "have the department confirm it, then send a new request."
    )


class RuralEstablishment(Document, collection="rural_establishments"):
    """A rural industrial establishment, from the day it is one; the id is its tax code without a branch suffix."""

    confirmed_on: date


def beneficiaries_of(version: SchemeIssued) -> tuple[Beneficiary, ...]:
    """Whom it is for; older versions name one in `requires`."""
    return version.beneficiaries or ((version.requires,) if version.requires else ())


def is_listed(version: SchemeIssued, day: date, enterprise: Enterprise | None, rural: RuralEstablishment | None) -> bool:
    """Whether the enterprise is one of those the scheme is for on the day, a recognition apart."""
    kinds = beneficiaries_of(version)
    listed = "supporting-industry" in kinds and enterprise is not None and enterprise.supporting_industry
    return listed or ("rural-establishment" in kinds and rural is not None and rural.confirmed_on <= day)


def not_listed(version: SchemeIssued, tax_code: str) -> Refusal:
    """Why an enterprise that is none of those the scheme is for has no support."""
    kinds = beneficiaries_of(version)
    names = {"scheme_vi": version.name_vi, "scheme_en": version.name_en, "clause": in_brackets(version.beneficiaries_clause)}
    facts = {"tax_code": tax_code, **names}
    if kinds == ("supporting-industry",):
        return NotSupportingIndustry(field="tax_code", **facts)
    words = [BENEFICIARY_WORDS[kind] for kind in kinds]
    kinds_vi, kinds_en = ", ".join(vi for vi, _ in words), ", ".join(en for _, en in words)
    return NotBeneficiary(field="tax_code", **facts, kinds_vi=kinds_vi, kinds_en=kinds_en)
