"""The reporting service: what it takes in and what it keeps."""

from shared.messaging.service import Service

from reporting import handlers
from reporting.domain.agenda import Agenda, DueDay
from reporting.domain.dossier import Dossier
from reporting.domain.enterprise import Account, Enterprise
from reporting.domain.programme import BusinessDay, Plan, Round, Scheme
from reporting.domain.register import RecognisedProduct
from reporting.domain.rows import Contribution
from reporting.domain.support import BudgetLine, Grant
from reporting.domain.supporting_industry import Cluster, Demand, StandardsList, Supplier

service = Service.of(
    "reporting",
    handlers=handlers,
    documents=(
        Account,
        Agenda,
        BudgetLine,
        BusinessDay,
        Cluster,
        Contribution,
        Demand,
        Dossier,
        DueDay,
        Enterprise,
        Grant,
        Plan,
        RecognisedProduct,
        Round,
        Scheme,
        StandardsList,
        Supplier,
    ),
    keeps_log=True,
)
