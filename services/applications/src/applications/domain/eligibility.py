"""Who may apply: 1520/HD-SCT of 2019 as a version of the rules. Every reason against a dossier is found at once.

Head office or factory in the city, and one path: high-tech, other, handicraft (by exports) or start-up.
"""

from collections import Counter
from collections.abc import Iterator

from shared.contracts.applications import Reason
from shared.contracts.portal import YearFigures
from shared.vietnamese import date, money, number
from shared.words import INDUSTRIES, Words, word

from applications.domain.enterprise import Enterprise
from applications.domain.round import EligibilityRules, Round
from applications.domain.version import Version

# Kinds of documents and commitments that versions of the rules ask for.
DOCUMENTS = {
    "form": Words("đơn đăng ký", "application form"),
    "business-registration": Words("giấy chứng nhận đăng ký doanh nghiệp", "business registration"),
    "product-description": Words("thuyết minh sản phẩm kèm ảnh", "product description with photos"),
    "figures": Words("báo cáo số liệu các năm gần nhất", "figures of the last years"),
    "certificates": Words("các giấy chứng nhận của sản phẩm", "certificates of the product"),
}
COMMITMENTS = {
    "environment": Words("bảo vệ môi trường", "environment"),
    "quality": Words("chất lượng sản phẩm", "quality"),
    "intellectual-property": Words("sở hữu trí tuệ", "intellectual property"),
}


def reasons_against(version: Version, enterprise: Enterprise, round_: Round, rules: EligibilityRules) -> tuple[Reason, ...]:
    """Every reason why the dossier is not eligible; none where it is. Money in đồng, exports in USD."""
    return (
        *_of_place(enterprise),
        *_of_time(version, round_),
        *_of_path(version),
        *_of_figures(version, round_, rules),
        *_of_papers(version, rules),
    )


def wrong_years(version: Version, round_: Round, rules: EligibilityRules) -> tuple[int, ...]:
    """The years that are missing, or declared more than once; a start-up needs none."""
    times = Counter(figures.year for figures in version.figures)
    needed = () if version.path == "start-up" else round_.years_of_figures(rules)
    return tuple(sorted({year for year in needed if not times[year]} | {year for year in times if times[year] > 1}))


def lacking_commitments(version: Version, rules: EligibilityRules) -> tuple[str, ...]:
    """The commitments a high-tech product has still to make."""
    if version.path != "high-tech":
        return ()
    return tuple(name for name in rules.high_tech_commitments if name not in version.commitments)


def _of_place(enterprise: Enterprise) -> Iterator[Reason]:
    if not enterprise.in_the_city:
        yield Reason(
            slug="not-in-the-city",
            vi=f"Doanh nghiệp {enterprise.id} không có trụ sở chính hay nhà máy tại Hà Nội nên không thuộc diện xét chọn.",
            en=f"Enterprise {enterprise.id} has neither head office nor factory in Hà Nội; only one that has may apply.",
            field="tax_code",
        )


def _of_time(version: Version, round_: Round) -> Iterator[Reason]:
    """The day of the filing counts; a supplement has a deadline of its own."""
    if version.kind == "supplement":
        return
    received, opens, closes = version.received, round_.opens, round_.closes
    if received < opens:
        yield Reason(
            slug="received-early",
            vi=f"Hồ sơ nhận ngày {date(received)}, trước ngày mở đợt {date(opens)}; hãy nộp trong thời gian mở đợt.",
            en=f"Received on {received}, before the round opens on {opens}; file while the round is open.",
            field="received",
        )
    if received > closes:
        yield Reason(
            slug="received-late",
            vi=f"Hồ sơ nhận ngày {date(received)}, sau ngày đóng đợt {date(closes)}; hãy nộp ở đợt sau.",
            en=f"Received on {received}, after the round closed on {closes}; file in the next round.",
            field="received",
        )


def _of_path(version: Version) -> Iterator[Reason]:
    if version.path == "handicraft" and version.industry != "handicraft":
        industry = word(INDUSTRIES, version.industry).inside
        yield Reason(
            slug="not-a-handicraft",
            vi=f"Sản phẩm ngành {industry.vi} không thuộc diện thủ công mỹ nghệ; hãy chọn diện công nghệ cao hoặc diện khác.",
            en=f"A product of the industry {industry.en} cannot take the path of handicraft; choose high-tech or other.",
            field="path",
        )
    if version.path == "other" and version.industry == "handicraft":
        yield Reason(
            slug="path-not-for-handicraft",
            vi="Diện doanh thu chung không áp dụng cho thủ công mỹ nghệ; hãy đăng ký diện thủ công mỹ nghệ theo xuất khẩu.",
            en="The general path by revenue is not for handicraft; file under the path of handicraft, by exports.",
            field="path",
        )


def _of_figures(version: Version, round_: Round, rules: EligibilityRules) -> Iterator[Reason]:
    """A start-up is exempt: it has a creative idea and need not have years behind it."""
    doubled = [str(year) for year, times in sorted(Counter(figures.year for figures in version.figures).items()) if times > 1]
    if doubled:
        yield Reason(
            slug="figures-twice",
            vi=f"Số liệu năm {', '.join(doubled)} khai hơn một lần; hãy khai mỗi năm một dòng.",
            en=f"Figures of {', '.join(doubled)} are declared more than once; declare one row a year.",
            field="figures",
        )
    if version.path == "start-up":
        return
    declared = {figures.year for figures in version.figures}
    needed = round_.years_of_figures(rules)
    missing = [str(year) for year in needed if year not in declared]
    if missing:
        yield Reason(
            slug="figures-missing",
            vi=f"Thiếu số liệu năm {', '.join(missing)}; hồ sơ phải có số liệu các năm {needed[0]}–{needed[-1]}.",
            en=f"Figures of {', '.join(missing)} are missing; a dossier must hold those of {needed[0]} to {needed[-1]}.",
            field="figures",
        )
    yield from _below(version, round_, rules)


def _below(version: Version, round_: Round, rules: EligibilityRules) -> Iterator[Reason]:
    """The threshold of the path holds for each of the years that count; of a year declared twice the better row."""
    needed = round_.years_of_figures(rules)
    if version.path == "handicraft":
        exports = {f.year: f for f in sorted(version.figures, key=lambda f: (f.year, f.exports_usd)) if f.year in needed}
        yield from _exports_below([f for f in exports.values() if f.exports_usd < rules.handicraft_exports_usd], rules)
    else:
        revenues = {f.year: f for f in sorted(version.figures, key=lambda f: (f.year, f.revenue)) if f.year in needed}
        least = rules.high_tech_revenue if version.path == "high-tech" else rules.other_revenue
        yield from _revenue_below([f for f in revenues.values() if f.revenue < least], least)


def _exports_below(low: list[YearFigures], rules: EligibilityRules) -> Iterator[Reason]:
    if low:
        least = rules.handicraft_exports_usd
        vi = "; ".join(f"năm {f.year}: {number(f.exports_usd)} USD" for f in low)
        en = "; ".join(f"{f.year}: {f.exports_usd:,} USD" for f in low)
        yield Reason(
            slug="exports-below",
            vi=f"Xuất khẩu {vi}, thấp hơn mức {number(least)} USD một năm.",
            en=f"Exports of {en} are below {least:,} USD a year.",
            field="figures",
        )


def _revenue_below(low: list[YearFigures], least: int) -> Iterator[Reason]:
    if low:
        vi = "; ".join(f"năm {f.year}: {money(f.revenue)}" for f in low)
        en = "; ".join(f"{f.year}: VND {f.revenue:,}" for f in low)
        yield Reason(
            slug="revenue-below",
            vi=f"Doanh thu {vi}, thấp hơn mức {money(least)} một năm.",
            en=f"Revenue of {en} is below VND {least:,} a year.",
            field="figures",
        )


def _of_papers(version: Version, rules: EligibilityRules) -> Iterator[Reason]:
    """A certificate that had expired on the day it was received counts as missing."""
    lacking = version.lacks(rules.required_documents)
    documents = [word(DOCUMENTS, kind) for kind in lacking if not version.papers_of(kind)]
    if documents:
        yield Reason(
            slug="documents-missing",
            vi=f"Hồ sơ thiếu giấy tờ: {', '.join(d.vi for d in documents)}; hãy nộp đủ.",
            en=f"The dossier lacks documents: {', '.join(d.en for d in documents)}; hand in all of them.",
            field="documents",
        )
    expired = [(word(DOCUMENTS, kind), version.papers_of(kind)[-1]) for kind in lacking if version.papers_of(kind)]
    if expired:
        vi = "; ".join(f"{w.vi} (hết hạn {date(p.valid_until)}, nhận {date(p.received)})" for w, p in expired if p.valid_until)
        en = "; ".join(f"{w.en} (valid until {p.valid_until}, received {p.received})" for w, p in expired)
        yield Reason(
            slug="documents-expired",
            vi=f"Giấy tờ đã hết hạn khi nhận nên coi như thiếu: {vi}; hãy nộp bản còn hiệu lực.",
            en=f"Papers had expired when they were received and count as missing: {en}; hand in valid ones.",
            field="documents",
        )
    if commitments := [word(COMMITMENTS, name) for name in lacking_commitments(version, rules)]:
        yield Reason(
            slug="commitments-missing",
            vi=f"Thiếu cam kết về: {', '.join(c.vi for c in commitments)}; sản phẩm công nghệ cao phải có đủ cam kết.",
            en=f"Commitments are missing: {', '.join(c.en for c in commitments)}; a high-tech product must make all of them.",
            field="commitments",
        )
