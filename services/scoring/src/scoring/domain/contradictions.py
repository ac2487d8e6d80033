"""What cannot stand in one criteria set; a set is issued without any of it, or not at all.

Every check gives pairs (vi, en), so that the department reads all that is wrong at once.
"""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from shared.contracts.department import Band, CriteriaIssued, Criterion
from shared.vietnamese import number

# Owner of a criterion that every member scores.
COUNCIL = "council"

Problem = tuple[str, str]


def contradictions(issued: CriteriaIssued) -> list[Problem]:
    """All that is wrong with a set, in both languages."""
    found = [*_twice(issued), *_groups(issued)]
    for criterion in issued.criteria:
        found += [*_minimum(criterion), *_computed(criterion)]
    return [*found, *_tie_break(issued), *_totals(issued)]


def best(criterion: Criterion) -> Decimal:
    """The most points a criterion can give: its maximum, or the best of its bands."""
    return criterion.maximum if criterion.computed is None else max(band.points for band in criterion.computed.bands)


def _twice(issued: CriteriaIssued) -> Iterator[Problem]:
    for vi, en, codes in (
        ("tiêu chí", "criterion", [c.code for c in issued.criteria]),
        ("nhóm", "group", [g.code for g in issued.groups]),
        ("tiêu chí phân hạng", "tie-break", issued.tie_break),
    ):
        for code, times in Counter(codes).items():
            if times > 1:
                yield f"{vi} {code} ghi {times} lần", f"{en} {code} stands {times} times"


def _groups(issued: CriteriaIssued) -> Iterator[Problem]:
    groups = {group.code: group for group in issued.groups}
    for criterion in issued.criteria:
        if criterion.group is None and groups:
            yield f"tiêu chí {criterion.code} không thuộc nhóm nào", f"criterion {criterion.code} is in no group"
        elif criterion.group is not None and criterion.group not in groups:
            yield (
                f"tiêu chí {criterion.code} thuộc nhóm {criterion.group} không có trong bộ",
                f"criterion {criterion.code} is in group {criterion.group}, which the set has not",
            )
    for group in groups.values():
        total = sum((c.maximum for c in issued.criteria if c.group == group.code), Decimal(0))
        if total != group.maximum:
            yield (
                f"điểm tối đa các tiêu chí của nhóm {group.code} cộng lại là {number(total, 3)}, không phải "
                f"{number(group.maximum, 3)}",
                f"the maxima of group {group.code} add up to {total}, not to {group.maximum}",
            )


def _minimum(criterion: Criterion) -> Iterator[Problem]:
    code, least = criterion.code, criterion.minimum
    if criterion.maximum == 0:
        yield f"điểm tối đa của {code} là 0", f"the maximum of {code} is 0"
    if least is not None and criterion.minimum_percent is not None:
        yield (
            f"{code} có điểm tối thiểu cả bằng điểm và bằng phần trăm",
            f"{code} has its minimum both in points and in per cent",
        )
    if least is None and criterion.minimum_percent is not None:
        least = criterion.maximum * criterion.minimum_percent / 100
    if least is not None and least > criterion.maximum:
        yield f"điểm tối thiểu của {code} cao hơn điểm tối đa", f"the minimum of {code} is above its maximum"
    elif least is not None and least > best(criterion):
        yield (
            f"không khoảng nào của {code} đạt điểm tối thiểu",
            f"no band of {code} reaches its minimum",
        )


def _computed(criterion: Criterion) -> Iterator[Problem]:
    if criterion.computed is None:
        return
    code, bands = criterion.code, criterion.computed.bands
    if criterion.owner == COUNCIL:
        yield (
            f"{code} được tính từ số kê khai nên phải do một cơ quan phụ trách, không phải cả Hội đồng",
            f"{code} is computed from declared figures, so an agency must answer for it, not the whole council",
        )
    for band in bands:
        if band.points > criterion.maximum:
            yield (
                f"khoảng {_shown(band)} của {code} cho {number(band.points, 3)} điểm, quá tối đa {number(criterion.maximum, 3)}",
                f"band {_shown(band)} of {code} gives {band.points} points, above the maximum of {criterion.maximum}",
            )
        if band.lower is not None and band.upper is not None and band.lower >= band.upper:
            yield f"khoảng {_shown(band)} của {code} rỗng", f"band {_shown(band)} of {code} is empty"
    yield from _cover(code, sorted(bands, key=lambda band: (band.lower is not None, band.lower or Decimal(0))))


def _cover(code: str, bands: list[Band]) -> Iterator[Problem]:
    """Bands by their lower bound: from minus to plus infinity, each beginning where the one before ends."""
    if bands[0].lower is not None:
        yield f"{code} không có khoảng dưới {bands[0].lower}", f"{code} has no band below {bands[0].lower}"
    for band, after in pairwise(bands):
        if band.upper is None or after.lower is None or after.lower < band.upper:
            yield (
                f"khoảng {_shown(band)} và {_shown(after)} của {code} chồng nhau",
                f"bands {_shown(band)} and {_shown(after)} of {code} overlap",
            )
        elif after.lower > band.upper:
            yield (
                f"{code} hở từ {band.upper} đến {after.lower}",
                f"{code} has a gap from {band.upper} to {after.lower}",
            )
    if bands[-1].upper is not None:
        yield f"{code} không có khoảng từ {bands[-1].upper} trở lên", f"{code} has no band from {bands[-1].upper} up"


def _shown(band: Band) -> str:
    return f"[{'-∞' if band.lower is None else band.lower}, {'+∞' if band.upper is None else band.upper})"


def _tie_break(issued: CriteriaIssued) -> Iterator[Problem]:
    codes = {criterion.code for criterion in issued.criteria}
    for code in issued.tie_break:
        if code not in codes:
            yield f"tiêu chí phân hạng {code} không có trong bộ", f"tie-break {code} is no criterion of the set"


def _totals(issued: CriteriaIssued) -> Iterator[Problem]:
    total = sum((criterion.maximum for criterion in issued.criteria), Decimal(0))
    reachable = sum((best(criterion) for criterion in issued.criteria), Decimal(0))
    mark = issued.pass_mark
    if issued.maximum is not None and issued.maximum != total:
        yield (
            f"điểm tối đa cộng lại là {number(total, 3)}, không phải {number(issued.maximum, 3)}",
            f"the maxima add up to {total}, not to {issued.maximum}",
        )
    if mark > total:
        yield (
            f"điểm đạt {number(mark, 3)} cao hơn tổng {number(total, 3)}",
            f"the pass mark {mark} is above the total {total}",
        )
    elif mark > reachable:
        yield (
            f"điểm đạt {number(mark, 3)} cao hơn điểm cao nhất có thể có là {number(reachable, 3)}",
            f"the pass mark {mark} is above the most that can be reached, {reachable}",
        )
