"""Made score sheets: they lead to exactly the order that is wanted, with a tie on the way."""

from collections.abc import Iterator, Sequence
from decimal import ROUND_DOWN, Decimal
from itertools import count

from shared.contracts.council import Member, ScoreFiled
from shared.contracts.department import CriteriaIssued, Criterion

from chuluc.scenario.cast import Product
from chuluc.scenario.made import drawn

TOP10_TOTALS = tuple(map(Decimal, ("97.5", "96.9", "96.2", "95.6", "94.8", "94.1", "93.5", "92.7", "92.2", "91.4")))
HIGHEST_OTHER, LOWEST_OTHER, WIDEST_STEP = Decimal("88.0"), Decimal("65.5"), Decimal("0.6")
HIGHEST_FAILED, FAILED_STEP = Decimal("64.9"), Decimal("1.2")
TIED = (20, 21)
"""Two of the others get the same total and the same points of every criterion: the day received decides."""


def totals(passed: Sequence[Product], failed: Sequence[Product]) -> dict[str, Decimal]:
    """The total each product shall reach, by its id: `passed` best first and over the pass mark, `failed` under it."""
    top, others = passed[: len(TOP10_TOTALS)], passed[len(TOP10_TOTALS) :]
    step = min(WIDEST_STEP, ((HIGHEST_OTHER - LOWEST_OTHER) / max(len(others), 1)).quantize(Decimal("0.1"), ROUND_DOWN))
    result = {p.id: total for p, total in zip(top, TOP10_TOTALS, strict=False)}
    for place, product in enumerate(others):
        result[product.id] = HIGHEST_OTHER - step * (TIED[0] if place == TIED[1] else place)
    return result | {p.id: HIGHEST_FAILED - FAILED_STEP * n for p, n in zip(failed, count())}


def sheets(
    application_id: str, product: Product, total: Decimal, *, round_id: str, issued: CriteriaIssued, members: Sequence[Member]
) -> Iterator[ScoreFiled]:
    """Every score of one dossier: the means of the criteria add up to `total` exactly."""
    for criterion, mean in zip(issued.criteria, _means(total, issued), strict=True):
        owners = [m for m in members if criterion.owner in ("council", m.agency)]
        for member, points in zip(owners, _around(mean, len(owners), criterion, product), strict=True):
            yield ScoreFiled(
                round_id=round_id,
                application_id=application_id,
                member_id=member.member_id,
                criterion=criterion.code,
                points=points,
                made=True,
            )


def _means(total: Decimal, issued: CriteriaIssued) -> list[Decimal]:
    """The total shared over the criteria by their maximum; the last takes what rounding left."""
    means = [(c.maximum * total / 100).quantize(Decimal("0.1")) for c in issued.criteria[:-1]]
    return [*means, total - sum(means)]


def _around(mean: Decimal, count: int, criterion: Criterion, product: Product) -> list[Decimal]:
    """`count` points whose mean is `mean`, a little apart where the maximum leaves room."""
    room = min(Decimal("0.5"), criterion.maximum - mean) / max(count, 1)
    step = (room * drawn(4, "spread", product.id, criterion.code) / 3).quantize(Decimal("0.01"))
    middle = Decimal(count - 1) / 2
    return [mean + step * (2 * (n - middle)) for n in range(count)]
