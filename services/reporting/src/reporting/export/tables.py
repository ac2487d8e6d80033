"""Every table that can be had as a file, by name."""

from typing import Any

from reporting.export.indicators import INDICATORS
from reporting.export.publications import BY_DISTRICT, BY_INDUSTRY, CLUSTERS, DEMANDS, SUPPLIERS
from reporting.export.registers import GRANTS, RECOGNISED_PRODUCTS
from reporting.export.table import Table

TABLES: dict[str, Table[Any]] = {
    table.name: table
    for table in (INDICATORS, RECOGNISED_PRODUCTS, BY_INDUSTRY, BY_DISTRICT, GRANTS, SUPPLIERS, DEMANDS, CLUSTERS)
}
