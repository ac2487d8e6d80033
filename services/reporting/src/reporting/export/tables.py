"""Every table that can be had as a file, by name."""

from typing import Any

from reporting.export.indicators import INDICATORS
from reporting.export.publications import BY_DISTRICT, BY_INDUSTRY, CLUSTERS, DEMANDS, SUPPLIERS
from reporting.export.registers import GRANTS, RECOGNISED_PRODUCTS
from reporting.export.support import BUDGET_LINES, COVERAGE, LINE_MOVEMENTS, PARTICIPATIONS, STORIES
from reporting.export.table import Table

_TABLES: tuple[Table[Any], ...] = (
    INDICATORS,
    RECOGNISED_PRODUCTS,
    BY_INDUSTRY,
    BY_DISTRICT,
    GRANTS,
    STORIES,
    BUDGET_LINES,
    LINE_MOVEMENTS,
    COVERAGE,
    PARTICIPATIONS,
    SUPPLIERS,
    DEMANDS,
    CLUSTERS,
)
TABLES: dict[str, Table[Any]] = {table.name: table for table in _TABLES}
