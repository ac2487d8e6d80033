"""The applications service: its handlers and the documents it keeps."""

from shared.messaging.service import Service

from applications import handlers
from applications.domain.application import Application, ProductDossiers
from applications.domain.deadlines import DueDays, DueSupplements
from applications.domain.enterprise import Enterprise, SupportingIndustry
from applications.domain.evidence import Flag, YearEvidence
from applications.domain.round import ClosedRound, EligibilityRules, OpenRounds, Round

service = Service.of(
    "applications",
    handlers=handlers,
    documents=(
        Enterprise,
        SupportingIndustry,
        EligibilityRules,
        Round,
        OpenRounds,
        ClosedRound,
        Application,
        ProductDossiers,
        DueDays,
        DueSupplements,
        YearEvidence,
        Flag,
    ),
)
