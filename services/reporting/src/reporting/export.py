"""Tables of a year as CSV for machines: UTF-8, comma, ISO 8601 dates, whole đồng, decimals with a dot."""

import csv
import io
from collections.abc import Iterable, Sequence

from reporting.repository.registers import name_of
from reporting.repository.years import YearTable
from shared import vietnamese

PRODUCTS = (
    "certificate",
    "product_name",
    "enterprise_name",
    "tax_code",
    "industry",
    "decision",
    "decided_on",
    "valid_from",
    "valid_to",
    "state",
    "revoked_on",
    "first_time",
    "top10_rank",
    "made",
    "event_id",
)
GRANTS = (
    "request_id",
    "enterprise_name",
    "tax_code",
    "scheme_id",
    "scheme_version",
    "activity_id",
    "requested_on",
    "state",
    "line_id",
    "amount_vnd",
    "reasons_vi",
    "reasons_en",
    "made",
    "event_id",
)
INDICATORS = (
    "plan",
    "indicator",
    "name_vi",
    "name_en",
    "unit",
    "lower",
    "upper",
    "value",
    "exact",
    "status",
    "exceeded",
    "made",
    "lineage",
)


def recognised_products(table: YearTable) -> str:
    """One line a certificate."""
    return _csv(PRODUCTS, ([p.id, *(getattr(p, name) for name in PRODUCTS[1:])] for p in table.products))


def grants(table: YearTable) -> str:
    """One line a request, whatever became of it."""
    return _csv(
        GRANTS,
        (
            [
                g.id,
                g.enterprise_name or name_of(table.names, g.tax_code),
                *(getattr(g, name) for name in GRANTS[2:9]),
                g.amount,
                "; ".join(reason.vi for reason in g.reasons),
                "; ".join(reason.en for reason in g.reasons),
                g.made,
                g.event_id,
            ]
            for g in table.grants
        ),
    )


def indicators(table: YearTable) -> str:
    """One line a target of a plan."""
    return _csv(
        INDICATORS,
        (
            [
                s.plan.id,
                s.indicator.code,
                s.indicator.name_vi,
                s.indicator.name_en,
                s.indicator.unit,
                f"{s.target.lower:f}",
                None if s.target.upper is None else f"{s.target.upper:f}",
                None if s.result.value is None else f"{vietnamese.rounded(s.result.value, 2):f}",
                s.result.value,
                s.status.value,
                s.exceeded,
                s.result.made,
                f"/indicators/{s.indicator.code}/{table.year}",
            ]
            for s in table.standings
        ),
    )


def _csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue()


def _cell(value: object) -> str:
    """One value as text. A name that a spreadsheet would run as a formula is kept a text by an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
