"""Whom a scheme is for: holders of a recognition in force, supporting industries, rural establishments; any of several."""

from datetime import date

from shared.contracts.department import Beneficiary, SchemeIssued
from shared.contracts.support import Eligibility
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


def listed_as(
    version: SchemeIssued, day: date, enterprise: Enterprise | None, rural: RuralEstablishment | None
) -> Beneficiary | None:
    """As which of those the scheme is for the enterprise is listed on the day, the first of them, a recognition apart."""
    lists: dict[Beneficiary, bool] = {
        "supporting-industry": enterprise is not None and enterprise.supporting_industry,
        "rural-establishment": rural is not None and rural.confirmed_on <= day,
    }
    return next((kind for kind in beneficiaries_of(version) if lists.get(kind)), None)


def eligibility(version: SchemeIssued, kind: Beneficiary, day: date, certificate: str | None) -> Eligibility:
    """Why an enterprise may be supported by a request of the day, with the clause of the scheme."""
    vi, en = BENEFICIARY_WORDS[kind]
    clause = in_brackets(version.beneficiaries_clause)
    rests_vi, rests_en = (f", giấy chứng nhận {certificate}", f", certificate {certificate}") if certificate else ("", "")
    return Eligibility(
        kind=kind,
        certificate=certificate,
        clause=version.beneficiaries_clause,
        vi=f"Ngày {day:%d/%m/%Y} thuộc đối tượng được hỗ trợ: {vi}{rests_vi}{clause}.",
        en=f"Among those the scheme is for on {day}: {en}{rests_en}{clause}.",
    )


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
