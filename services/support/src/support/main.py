"""The support service: its handlers and the documents it keeps."""

from shared.messaging.service import Service

from support import handlers
from support.domain.activities import PlannedActivity
from support.domain.beneficiaries import RuralEstablishment
from support.domain.caps import SharedCap, SharedCapUse, UnitUse
from support.domain.coverage import Coverage, CoveragePlan, Missed
from support.domain.enterprises import Activity, Enterprise, Holder
from support.domain.grants import Clear, Grant
from support.domain.lines import ClosedLines, Line, Movement, RequestMoney
from support.domain.overlap import OverlapRules, Supports
from support.domain.participation import HeldClass, Participation
from support.domain.places import Crowds, Places
from support.domain.recoveries import Account
from support.domain.reports import FoundOverlap, Report, ReportedActivity, ReportedCost
from support.domain.requests import Request
from support.domain.scarce import CostEvidence
from support.domain.schemes import Scheme
from support.domain.standings import DueStandings
from support.domain.successions import Belongings, FormerCode, HeldCertificate
from support.domain.waiting import DueRequests, RequestsInLine

service = Service.of(
    "support",
    handlers=handlers,
    documents=(
        Scheme,
        PlannedActivity,
        OverlapRules,
        CoveragePlan,
        Enterprise,
        RuralEstablishment,
        Holder,
        Activity,
        Supports,
        Request,
        DueRequests,
        RequestsInLine,
        CostEvidence,
        Places,
        Crowds,
        Line,
        ClosedLines,
        RequestMoney,
        Movement,
        UnitUse,
        SharedCap,
        SharedCapUse,
        Grant,
        Clear,
        Account,
        DueStandings,
        Report,
        ReportedActivity,
        ReportedCost,
        FoundOverlap,
        Participation,
        HeldClass,
        Coverage,
        Missed,
        FormerCode,
        Belongings,
        HeldCertificate,
    ),
)
