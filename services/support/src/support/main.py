"""The support service: its handlers and the documents it keeps."""

from shared.messaging.service import Service

from support import handlers
from support.domain.beneficiaries import RuralEstablishment
from support.domain.caps import SharedCap, SharedCapUse, UnitUse
from support.domain.enterprises import Activity, Enterprise, Holder
from support.domain.grants import Clear, Grant
from support.domain.lines import Line, Movement, RequestMoney
from support.domain.recoveries import Account
from support.domain.requests import DueRequests, Request
from support.domain.scarce import CostEvidence, CrowdedFairs, Holding, Supply
from support.domain.schemes import Fair, Scheme
from support.domain.standings import DueStandings

service = Service.of(
    "support",
    handlers=handlers,
    documents=(
        Scheme,
        Fair,
        Enterprise,
        RuralEstablishment,
        Holder,
        Activity,
        Request,
        DueRequests,
        CostEvidence,
        Supply,
        Holding,
        CrowdedFairs,
        Line,
        RequestMoney,
        Movement,
        UnitUse,
        SharedCap,
        SharedCapUse,
        Grant,
        Clear,
        Account,
        DueStandings,
    ),
)
