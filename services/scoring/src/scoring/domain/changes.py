"""What changed between two versions of the criteria, for a portal to show: field by field, in both languages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ConfigDict
from shared.contracts.department import Computation, CriteriaGroup, Criterion
from shared.vietnamese import number

from scoring.domain.criteria import CriteriaSet

# Fields of a set, a group and a criterion, each with what people call it.
OF_SET = {
    "pass_mark": ("điểm đạt", "pass mark"),
    "maximum": ("tổng điểm tối đa", "total of the maxima"),
    "quorum": ("số điểm tối thiểu của Hội đồng", "quorum"),
    "quorum_percent": ("tỷ lệ thành viên tối thiểu (%)", "quorum in per cent"),
    "tie_break": ("thứ tự phân hạng khi bằng điểm", "tie-break chain"),
    "industries": ("ngành áp dụng", "industries"),
    "waived": ("cách tính tiêu chí được bỏ qua", "what a waived criterion counts"),
    "blind": ("chấm ẩn danh", "blind scoring"),
    "legal_text": ("căn cứ", "legal text"),
}
OF_GROUP = {
    "name_vi": ("tên tiếng Việt", "Vietnamese name"),
    "name_en": ("tên tiếng Anh", "English name"),
    "maximum": ("điểm tối đa", "maximum"),
}
OF_CRITERION = OF_GROUP | {
    "owner": ("cơ quan chấm", "owner"),
    "minimum": ("điểm tối thiểu", "minimum"),
    "minimum_percent": ("điểm tối thiểu (% điểm tối đa)", "minimum in per cent of the maximum"),
    "group": ("nhóm", "group"),
    "computed": ("cách tính", "computation"),
}


class Change(BaseModel):
    """One difference: `what` it is of, its code, the field (none where the whole came or went), both values, in words."""

    model_config = ConfigDict(frozen=True)

    what: str
    code: str | None
    field: str | None
    before: str | None
    after: str | None
    vi: str
    en: str


def changes(before: CriteriaSet, after: CriteriaSet) -> tuple[Change, ...]:
    """Everything in which two sets differ: the set's own rules, then groups, then criteria, in the order of the sets."""
    return (
        *_Kind("set", "", "", OF_SET).fields(None, before, after),
        *_Kind("group", "Nhóm ", "Group ", OF_GROUP).items(before.groups, after.groups),
        *_Kind("criterion", "Tiêu chí ", "Criterion ", OF_CRITERION).items(before.criteria, after.criteria),
    )


@dataclass(frozen=True, slots=True)
class _Kind:
    """What is compared: its name for programs and in both languages, and its fields."""

    what: str
    vi: str
    en: str
    names: dict[str, tuple[str, str]]

    def items(
        self, before: Sequence[Criterion] | Sequence[CriteriaGroup], after: Sequence[Criterion] | Sequence[CriteriaGroup]
    ) -> Iterator[Change]:
        old, new = {item.code: item for item in before}, {item.code: item for item in after}
        for code in dict.fromkeys([*old, *new]):
            was, now = old.get(code), new.get(code)
            if was is not None and now is not None:
                yield from self.fields(now, was, now)
            elif now is not None:
                texts = {"vi": f"{self.vi}{now.name_vi} được thêm.", "en": f"{self.en}{now.name_en} was added."}
                yield Change(what=self.what, code=code, field=None, before=None, after=code, **texts)
            elif was is not None:
                texts = {"vi": f"{self.vi}{was.name_vi} được bỏ.", "en": f"{self.en}{was.name_en} was taken out."}
                yield Change(what=self.what, code=code, field=None, before=code, after=None, **texts)

    def fields(self, item: Criterion | CriteriaGroup | None, before: Any, after: Any) -> Iterator[Change]:
        vi, en = (f"{self.vi}{item.name_vi}: ", f"{self.en}{item.name_en}: ") if item else ("", "")
        for field, (name_vi, name_en) in self.names.items():
            was, now = getattr(before, field), getattr(after, field)
            if was != now:
                yield Change(
                    what=self.what,
                    code=item.code if item else None,
                    field=field,
                    before=_text(was, "en"),
                    after=_text(now, "en"),
                    vi=f"{vi}{name_vi}: {_text(was, 'vi') or 'không có'} → {_text(now, 'vi') or 'không có'}.",
                    en=f"{en}{name_en}: {_text(was, 'en') or 'none'} → {_text(now, 'en') or 'none'}.",
                )


def _text(value: Any, language: str) -> str | None:
    if value is None or value == ():
        return None
    if isinstance(value, bool):
        return {True: ("có", "yes"), False: ("không", "no")}[value][language == "en"]
    if isinstance(value, Decimal):
        return number(value, 3) if language == "vi" else f"{value.normalize():f}"
    if isinstance(value, Computation):
        return _bands(value)
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _bands(computation: Computation) -> str:
    """The computation as one line, the same in both languages: figure, years, bands with their points."""
    over = f"/{computation.growth_over_years}y %" if computation.growth_over_years else ""
    bands = "; ".join(
        f"[{'-∞' if b.lower is None else b.lower}, {'+∞' if b.upper is None else b.upper}): {b.points}" for b in computation.bands
    )
    return f"{computation.figure}{over}, -{computation.years_before}y: {bands}"
