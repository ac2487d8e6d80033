"""The support service: its handlers and the documents it keeps."""

from shared.messaging.service import Service

from support import handlers
from support.domain.activities import PlannedActivity
from support.domain.coverage import Coverage, CoveragePlan, Missed
from support.domain.enterprises import Activity, Enterprise, Holder
from support.domain.overlap import OverlapRules, Supports
from support.domain.participation import HeldClass, Participation
from support.domain.places import Crowds, Places
from support.domain.reports import FoundOverlap, Report, ReportedActivity, ReportedCost
from support.domain.requests import DueRequests, Request, RequestsInLine
from support.domain.scarce import CostEvidence, Holding, Supply
from support.domain.schemes import Scheme

service = Service.of(
    "support",
    handlers=handlers,
    documents=(
        Scheme,
        Enterprise,
        Holder,
        Activity,
        Request,
        DueRequests,
        RequestsInLine,
        CostEvidence,
        Supply,
        Holding,
        PlannedActivity,
        Places,
        Crowds,
        OverlapRules,
        Supports,
        Report,
        ReportedActivity,
        ReportedCost,
        FoundOverlap,
        Participation,
        HeldClass,
        Coverage,
        Missed,
        CoveragePlan,
    ),
)
