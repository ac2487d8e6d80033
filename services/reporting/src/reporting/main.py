"""The reporting service: what it takes in and what it keeps."""

from shared.messaging.service import Service

from reporting import handlers
from reporting.domain import (
    BudgetLine,
    BusinessDay,
    Contribution,
    Dossier,
    Enterprise,
    Grant,
    Plan,
    RecognisedProduct,
    Round,
    Scheme,
)

service = Service.of(
    "reporting",
    handlers=handlers,
    documents=(
        BudgetLine,
        BusinessDay,
        Contribution,
        Dossier,
        Enterprise,
        Grant,
        Plan,
        RecognisedProduct,
        Round,
        Scheme,
    ),
)
