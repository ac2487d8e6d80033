"""What is wrong with a version of a scheme: found all at once, before it can be issued."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from shared.contracts.department import CapUnit, SchemeIssued
from shared.errors import Refusal

from support.domain.activities import CLASSES, FAIRS

T = TypeVar("T")
ACTIVITIES_OF: dict[CapUnit, frozenset[str]] = {
    "fair-edition": FAIRS | {"fair"},
    "mission": frozenset({"trade-mission"}),
    "project": frozenset({"project"}),
    "learner": CLASSES,
}
"""Units that only some activities have."""


class Fault(NamedTuple):
    """One fault: the field, and what is wrong with it."""

    field: str
    vi: str
    en: str


class SchemeNotValid(Refusal):
    slug = "scheme-not-valid"
    vi = "Phiên bản {version} của chính sách {scheme_id} có {count} lỗi: {faults_vi}. Hãy sửa hết rồi ban hành lại với id mới."
    en = "Version {version} of scheme {scheme_id} has {count} faults: {faults_en}. Mend them and issue it again with a new id."

    @classmethod
    def of(cls, version: SchemeIssued, faults: Sequence[Fault]) -> "SchemeNotValid":
        """With every fault in words; `field` is that of the first."""
        return cls(
            field=faults[0].field,
            scheme_id=version.scheme_id,
            version=version.version,
            count=len(faults),
            faults_vi="; ".join(f"({n}) {fault.vi}" for n, fault in enumerate(faults, 1)),
            faults_en="; ".join(f"({n}) {fault.en}" for n, fault in enumerate(faults, 1)),
        )


def faults_of(version: SchemeIssued) -> list[Fault]:
    """Every fault of a version, in the order of its fields."""
    kind = _in_kind(version) if version.in_kind else _money(version)
    return [*_name(version), *kind, *_beneficiaries(version), *_caps(version), *_lists(version)]


def _name(version: SchemeIssued) -> Iterator[Fault]:
    if "@" in version.scheme_id:
        vi, en = "mã chính sách có ký tự @, dành cho nguồn của dòng ngân sách", "its id has an @, kept for the source of a line"
        yield Fault("scheme_id", vi, en)


def _money(version: SchemeIssued) -> Iterator[Fault]:
    if version.rate_percent is None:
        yield Fault("rate_percent", "chi tiền nhưng không có tỷ lệ hỗ trợ", "it pays money and has no rate")
    if version.cap == 0:
        yield Fault("cap", "mức tối đa là 0 đồng", "its cap is VND 0")
    if version.cap is not None and any(cap.unit == "activity" for cap in version.caps):
        yield Fault("cap", "mức tối đa cho một hoạt động được nêu hai lần (cap và caps)", "cap and caps both cap an activity")


def _in_kind(version: SchemeIssued) -> Iterator[Fault]:
    said = {
        "rate_percent": version.rate_percent is not None,
        "cap": version.cap is not None,
        "caps": bool(version.caps),
        "eligible_items": bool(version.eligible_items),
        "part_grants": version.part_grants,
        "second_approval_from": version.second_approval_from is not None,
    }
    for field in (name for name, there in said.items() if there):
        vi, en = (
            f"hỗ trợ bằng hiện vật nhưng có {field}, chỉ dành cho hỗ trợ bằng tiền",
            f"it is in kind and has {field}, for money only",
        )
        yield Fault(field, vi, en)


def _beneficiaries(version: SchemeIssued) -> Iterator[Fault]:
    if not version.beneficiaries and version.requires is None:
        yield Fault("beneficiaries", "không nêu đối tượng được hỗ trợ", "it does not say whom it is for")
    if version.beneficiaries and version.requires is not None:
        yield Fault(
            "requires", "nêu đối tượng hai lần (requires và beneficiaries)", "requires and beneficiaries both say whom it is for"
        )


def _caps(version: SchemeIssued) -> Iterator[Fault]:
    for place, cap in enumerate(version.caps):
        activities = ACTIVITIES_OF.get(cap.unit)
        if activities and version.activity not in activities:
            vi = f"mức tối đa theo {cap.unit} không dùng được cho hoạt động {version.activity}"
            yield Fault(f"caps.{place}.unit", vi, f"a cap by {cap.unit} does not fit the activity {version.activity}")
        if cap.regions and cap.unit != "mission":
            vi = f"mức tối đa theo {cap.unit} không có khu vực; chỉ đoàn xúc tiến có"
            yield Fault(f"caps.{place}.regions", vi, f"a cap by {cap.unit} has no regions; only missions have")
        for trait in _twice(m.trait for m in cap.multipliers):
            yield Fault(f"caps.{place}.multipliers", f"hệ số {trait} được nêu hai lần", f"the multiplier {trait} is given twice")
    for unit, region in _twice((cap.unit, region) for cap in version.caps for region in cap.regions or ("",)):
        where_vi, where_en = (f" của khu vực {region}", f" of region {region}") if region else ("", "")
        yield Fault("caps", f"mức tối đa theo {unit}{where_vi} được nêu hai lần", f"the cap by {unit}{where_en} is given twice")


def _lists(version: SchemeIssued) -> Iterator[Fault]:
    for code in _twice(item.code for item in version.eligible_items):
        yield Fault("eligible_items", f"khoản chi {code} được nêu hai lần", f"the cost item {code} is given twice")
    for paper in _twice(version.papers):
        yield Fault("papers", f"giấy tờ {paper} được nêu hai lần", f"the paper {paper} is given twice")
    for kind in _twice(version.beneficiaries):
        yield Fault("beneficiaries", f"đối tượng {kind} được nêu hai lần", f"the beneficiary {kind} is given twice")


def _twice(values: Iterable[T]) -> list[T]:
    """The values that are there more than once, in the order of their first repeat."""
    seen: list[T] = []
    again: list[T] = []
    for value in values:
        if value in seen and value not in again:
            again.append(value)
        seen.append(value)
    return again
