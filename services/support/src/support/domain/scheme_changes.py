"""What differs between two versions of a scheme, rule by rule, for programs and for people."""

from collections.abc import Sequence
from typing import Any

from shared.contracts.department import Cap, SchemeIssued

from support.domain.amounts import dong
from support.domain.beneficiaries import BENEFICIARY_WORDS, beneficiaries_of
from support.domain.caps import UNIT_WORDS

Words = tuple[str, str]  # Vietnamese, English
NONE: Words = ("không có", "none")
YES_NO: dict[bool, Words] = {True: ("có", "yes"), False: ("không", "no")}


def changes(before: SchemeIssued, after: SchemeIssued) -> list[dict[str, Any]]:
    """The rules that are not the same: field, the words before and after, and a line in each language."""
    old, new = _rules(before), _rules(after)
    found = []
    for field in dict.fromkeys((*old, *new)):
        label, was = old.get(field, (new.get(field, (NONE, NONE))[0], NONE))
        shown = new.get(field, (label, NONE))[1]
        if was != shown:
            vi, en = (f"{label[n]}: {was[n]} → {shown[n]}" for n in (0, 1))
            found.append({"field": field, "before": _said(was), "after": _said(shown), "vi": vi, "en": en})
    return found


def _said(words: Words) -> dict[str, str]:
    return {"vi": words[0], "en": words[1]}


def _rules(version: SchemeIssued) -> dict[str, tuple[Words, Words]]:
    """Each rule of a version by its field: what it is called, and what it says."""
    since = version.effective_from
    rules = {
        "effective_from": (("Có hiệu lực từ", "In force from"), (f"{since:%d/%m/%Y}", str(since))),
        "name": (("Tên", "Name"), (version.name_vi, version.name_en)),
        "activity": (("Hoạt động", "Activity"), _same(version.activity)),
        "in_kind": (("Bằng hiện vật", "In kind"), YES_NO[version.in_kind]),
        "rate_percent": (("Tỷ lệ hỗ trợ", "Rate"), _percent(version.rate_percent)),
        "eligible_items": (
            ("Khoản chi được hỗ trợ", "Costs paid for"),
            _list([(item.name_vi, item.name_en) for item in version.eligible_items]),
        ),
        "beneficiaries": (
            ("Đối tượng", "Whom it is for"),
            _list([BENEFICIARY_WORDS[kind] for kind in beneficiaries_of(version)]),
        ),
        "papers": (("Giấy tờ phải có", "Papers asked for"), _list([_same(paper) for paper in version.papers])),
        "part_grants": (("Hỗ trợ một phần", "Part grants"), YES_NO[version.part_grants]),
        "wait_business_days": (("Số ngày làm việc chờ công nhận", "Business days of waiting"), _same(version.wait_business_days)),
        "advance_percent": (("Tạm ứng tối đa", "Most in advance"), _percent(version.advance_percent)),
        "second_approval_from": (("Phê duyệt lần hai từ", "Second approval from"), _dong(version.second_approval_from)),
        "duties_apart": (("Nghiệm thu tách khỏi đề nghị chi", "Acceptance apart from payment"), YES_NO[version.duties_apart]),
        "budget_source": (("Nguồn kinh phí", "Source of the money"), _same(version.budget_source)),
        "counts_as": (("Tính vào chỉ tiêu", "Counted in"), NONE if version.counts_as is None else _same(version.counts_as)),
        "legal_text": (("Căn cứ", "Legal text"), _same(version.legal_text)),
    }
    caps = [*version.caps, *([Cap(unit="activity", amount=version.cap)] if version.cap else [])]
    return rules | {_cap_field(cap): (_cap_label(cap), _cap_words(cap)) for cap in caps}


def _cap_field(cap: Cap) -> str:
    return ".".join(("caps", cap.unit, *cap.regions))


def _cap_label(cap: Cap) -> Words:
    vi, en = UNIT_WORDS[cap.unit]
    where = f" ({', '.join(cap.regions)})" if cap.regions else ""
    return f"Mức tối đa cho {vi}{where}", f"Most for {en}{where}"


def _cap_words(cap: Cap) -> Words:
    times = "".join(f", × {m.factor.normalize():f} ({m.trait})" for m in cap.multipliers)
    return dong(cap.amount, "vi") + times.replace(".", ","), dong(cap.amount, "en") + times


def _same(value: object) -> Words:
    return str(value), str(value)


def _percent(value: int | None) -> Words:
    return NONE if value is None else (f"{value} %", f"{value}%")


def _dong(value: int | None) -> Words:
    return NONE if value is None else (dong(value, "vi"), dong(value, "en"))


def _list(words: Sequence[Words]) -> Words:
    return ("; ".join(vi for vi, _ in words), "; ".join(en for _, en in words)) if words else NONE
