"""Made score sheets of 2021: they lead to exactly the published Top 10, 46 that pass, and a tie on the way."""

from collections.abc import Iterator
from decimal import Decimal

from shared.contracts.council import ScoreFiled
from shared.contracts.department import Criterion

from chuluc.scenario.cast2021 import Product
from chuluc.scenario.made import drawn
from chuluc.scenario.rules2021 import ISSUED_CRITERIA, MEMBERS, ROUND

TOP10_TOTALS = tuple(map(Decimal, ("97.5", "96.9", "96.2", "95.6", "94.8", "94.1", "93.5", "92.7", "92.2", "91.4")))
FAILED_TOTALS = tuple(map(Decimal, ("64.9", "63.4", "61.0", "58.5", "55.2")))
HIGHEST_OTHER, STEP = Decimal("88.0"), Decimal("0.6")
TIED = (20, 21)
"""Two of the others get the same total and the same points of every criterion: the day received decides."""


def totals(products: list[Product]) -> dict[int, Decimal]:
    """The total each product shall reach, by product number; products are those that were accepted."""
    passed = [p for p in products if p.fate == "recognised"]
    failed = [p for p in products if p.fate == "low-score"]
    result = dict(zip((p.number for p in passed), TOP10_TOTALS, strict=False))
    for place, product in enumerate(passed[len(TOP10_TOTALS) :]):
        result[product.number] = HIGHEST_OTHER - STEP * (TIED[0] if place == TIED[1] else place)
    return result | dict(zip((p.number for p in failed), FAILED_TOTALS, strict=True))


def sheets(application_id: str, product: Product, total: Decimal) -> Iterator[ScoreFiled]:
    """Every score of one dossier: the means of the criteria add up to `total` exactly."""
    means = _means(total)
    for criterion, mean in zip(ISSUED_CRITERIA.criteria, means, strict=True):
        owners = [m for m in MEMBERS if criterion.owner in ("council", m.agency)]
        for member, points in zip(owners, _around(mean, len(owners), criterion, product), strict=True):
            yield ScoreFiled(
                round_id=ROUND,
                application_id=application_id,
                member_id=member.member_id,
                criterion=criterion.code,
                points=points,
                made=True,
            )


def _means(total: Decimal) -> list[Decimal]:
    """The total shared over the criteria by their maximum; the last takes what rounding left."""
    criteria = ISSUED_CRITERIA.criteria
    means = [(c.maximum * total / 100).quantize(Decimal("0.1")) for c in criteria[:-1]]
    return [*means, total - sum(means)]


def _around(mean: Decimal, count: int, criterion: Criterion, product: Product) -> list[Decimal]:
    """`count` points whose mean is `mean`, a little apart where the maximum leaves room."""
    room = min(Decimal("0.5"), criterion.maximum - mean) / max(count, 1)
    step = (room * drawn(4, "spread", product.number, criterion.code) / 3).quantize(Decimal("0.01"))
    middle = Decimal(count - 1) / 2
    return [mean + step * (2 * (n - middle)) for n in range(count)]
