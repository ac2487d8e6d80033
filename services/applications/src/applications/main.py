"""The applications service: its handlers and the documents it keeps."""

from shared.messaging.service import Service

from applications import handlers
from applications.domain.application import Application, KnownDossier, ProductDossiers
from applications.domain.cluster import Cluster
from applications.domain.deadlines import DueDays, DueSupplements
from applications.domain.demand import Demand, DemandsDue, EndedDemand
from applications.domain.enterprise import Enterprise
from applications.domain.evidence import Flag, YearEvidence
from applications.domain.merger import Merger
from applications.domain.nomination import Nomination
from applications.domain.record import Record
from applications.domain.round import EligibilityRules, OpenRounds, PassedClose, Round
from applications.domain.supporting_industry import LastDay, LastDays, StandardsLists, Supplier, SupplierKeys

service = Service.of(
    "applications",
    handlers=handlers,
    documents=(
        Enterprise,
        Record,
        Merger,
        Nomination,
        StandardsLists,
        Supplier,
        SupplierKeys,
        LastDay,
        LastDays,
        Demand,
        DemandsDue,
        EndedDemand,
        Cluster,
        EligibilityRules,
        Round,
        OpenRounds,
        PassedClose,
        Application,
        ProductDossiers,
        KnownDossier,
        DueDays,
        DueSupplements,
        YearEvidence,
        Flag,
    ),
)
