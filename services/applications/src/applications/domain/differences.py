"""What differs between two versions of a dossier or of the rules, field by field, for programs and for people."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from shared.contracts.portal import Paper
from shared.vietnamese import date as in_vietnamese
from shared.vietnamese import money, number
from shared.words import INDUSTRIES, Words, word

from applications.domain.eligibility import COMMITMENTS, DOCUMENTS
from applications.domain.round import EligibilityRules
from applications.domain.version import Version

NONE = Words("không có", "none")
PATHS = {
    "high-tech": Words("công nghệ cao", "high-tech"),
    "other": Words("sản phẩm khác", "other"),
    "handicraft": Words("thủ công mỹ nghệ", "handicraft"),
    "start-up": Words("khởi nghiệp", "start-up"),
}


class Field(NamedTuple):
    """One field: what it is called, its value as JSON, and its value in words."""

    label: Words
    value: Any
    shown: Words


ABSENT = Field(NONE, None, NONE)


def differences(before: dict[str, Field], after: dict[str, Field]) -> list[dict[str, Any]]:
    """The fields that are not the same, as JSON: field, label, before, after, and a line in each language."""
    found = []
    for name in dict.fromkeys((*before, *after)):
        old, new = before.get(name, ABSENT), after.get(name, ABSENT)
        if old.value == new.value:
            continue
        label = new.label if name in after else old.label
        found.append(
            {
                "field": name,
                "label": label._asdict(),
                "before": old.value,
                "after": new.value,
                "vi": f"{label.vi}: {old.shown.vi} → {new.shown.vi}",
                "en": f"{label.en}: {old.shown.en} → {new.shown.en}",
            }
        )
    return found


def fields_of_version(version: Version) -> dict[str, Field]:
    """The fields of a dossier; figures by year, papers by kind."""
    fields = {
        "product_name": _text(Words("Tên sản phẩm", "Product name"), version.product_name),
        "industry": _code(Words("Ngành", "Industry"), version.industry, INDUSTRIES),
        "path": _code(Words("Diện đăng ký", "Path"), version.path, PATHS),
        "received": _day(Words("Ngày nhận", "Received"), version.received),
        "commitments": _codes(Words("Cam kết", "Commitments"), version.commitments, COMMITMENTS),
    }
    for figures in version.figures:
        year = figures.year
        fields[f"figures.{year}.revenue"] = _dong(Words(f"Doanh thu năm {year}", f"Revenue of {year}"), figures.revenue)
        fields[f"figures.{year}.exports_usd"] = _usd(Words(f"Xuất khẩu năm {year}", f"Exports of {year}"), figures.exports_usd)
    by_kind = sorted(version.documents, key=lambda paper: paper.kind)
    for kind, papers in groupby(by_kind, key=lambda paper: paper.kind):
        fields[f"documents.{kind}"] = _papers(word(DOCUMENTS, kind), list(papers))
    return fields


def fields_of_rules(rules: EligibilityRules) -> dict[str, Field]:
    """The fields of a version of the rules."""
    tolerance = rules.figures_tolerance_percent
    return {
        "effective_from": _day(Words("Có hiệu lực từ", "In force from"), rules.effective_from),
        "high_tech_revenue": _dong(
            Words("Doanh thu tối thiểu, sản phẩm công nghệ cao", "Least revenue, high-tech product"), rules.high_tech_revenue
        ),
        "other_revenue": _dong(Words("Doanh thu tối thiểu, sản phẩm khác", "Least revenue, other product"), rules.other_revenue),
        "handicraft_exports_usd": _usd(
            Words("Xuất khẩu tối thiểu, thủ công mỹ nghệ", "Least exports, handicraft"), rules.handicraft_exports_usd
        ),
        "required_documents": _codes(Words("Giấy tờ phải có", "Papers asked for"), rules.required_documents, DOCUMENTS),
        "high_tech_commitments": _codes(
            Words("Cam kết của sản phẩm công nghệ cao", "Commitments of a high-tech product"),
            rules.high_tech_commitments,
            COMMITMENTS,
        ),
        "years_of_figures": _text(Words("Số năm có số liệu", "Years of figures"), rules.years_of_figures),
        "figures_tolerance_percent": Field(
            Words("Chênh lệch số liệu cho phép", "Tolerance of figures"),
            tolerance,
            NONE if tolerance is None else Words(f"{tolerance} %", f"{tolerance} %"),
        ),
        "legal_text": _text(Words("Căn cứ", "Legal text"), rules.legal_text),
    }


def _text(label: Words, value: str | int) -> Field:
    return Field(label, value, Words(str(value), str(value)))


def _code(label: Words, value: str, table: dict[str, Words]) -> Field:
    return Field(label, value, word(table, value))


def _codes(label: Words, values: Sequence[str], table: dict[str, Words]) -> Field:
    words = [word(table, value) for value in values]
    shown = Words(", ".join(w.vi for w in words), ", ".join(w.en for w in words)) if words else NONE
    return Field(label, list(values), shown)


def _day(label: Words, value: date) -> Field:
    return Field(label, value.isoformat(), Words(in_vietnamese(value), value.isoformat()))


def _dong(label: Words, value: int) -> Field:
    return Field(label, value, Words(money(value), f"VND {value:,}"))


def _usd(label: Words, value: int) -> Field:
    return Field(label, value, Words(f"{number(value)} USD", f"USD {value:,}"))


def _papers(label: Words, papers: list[Paper]) -> Field:
    shown = "; ".join(paper.name for paper in papers)
    return Field(label, [paper.model_dump(mode="json") for paper in papers], Words(shown, shown))
