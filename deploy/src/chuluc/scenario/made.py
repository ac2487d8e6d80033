"""Made data: numbers drawn from names, so that every run makes the same ones and nothing depends on a clock.

Nothing here is a figure of a real enterprise. Events that carry such data say `made`.
"""

import hashlib
from collections.abc import Sequence
from datetime import date
from itertools import count

from shared.contracts.portal import Paper

WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
"""Weights of the first nine digits of a tax code (mã số thuế); the tenth is 10 less their weighted sum modulo 11."""

BILLION = 10**9
"""1 tỷ đồng."""


def drawn(below: int, *names: object) -> int:
    """A whole number from 0 up to, not including, `below`, the same for the same names."""
    digest = hashlib.blake2b("|".join(map(str, names)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") % below


def tax_code(number: int) -> str:
    """A made tax code, the same for the same number: its check digit holds, its prefix 99 belongs to no province."""
    for attempt in count():
        digits = f"99{(number * 10 + attempt) % 10**7:07d}"
        check = 10 - sum(w * int(d) for w, d in zip(WEIGHTS, digits, strict=True)) % 11
        if check < 10:  # one number in eleven has no check digit: such codes are never given out
            return f"{digits}{check}"
    raise AssertionError("unreachable")


def split(total: int, weights: Sequence[int], *, unit: int = 1) -> list[int]:
    """Split a total, in whole units, in proportion to the weights; the parts sum to the total exactly."""
    units, whole = total // unit, sum(weights)
    parts = [units * w // whole for w in weights]
    by_remainder = sorted(range(len(weights)), key=lambda n: (-(units * weights[n] % whole), n))
    for n in by_remainder[: units - sum(parts)]:
        parts[n] += 1
    parts = [p * unit for p in parts]
    parts[0] += total - sum(parts)
    return parts


def papers(application_id: str, kinds: Sequence[str], received: date) -> tuple[Paper, ...]:
    """Made papers of a dossier, one of each kind; there are no files, so each digest is that of the paper's name."""
    names = [f"{application_id}-{kind}.pdf" for kind in kinds]
    return tuple(
        Paper(
            kind=kind,
            name=name,
            media_type="application/pdf",
            size=100_000 + drawn(900_000, "size", name),
            sha256=hashlib.sha256(name.encode()).hexdigest(),
            received=received,
        )
        for kind, name in zip(kinds, names, strict=True)
    )
