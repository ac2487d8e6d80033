"""The reporting service: what it takes in and what it keeps."""

from shared.messaging.service import Service

from reporting import handlers
from reporting.domain.activities import Activity, ClassCount, Participation, Uncovered
from reporting.domain.agenda import Agenda, DueDay
from reporting.domain.dossier import Dossier
from reporting.domain.enterprise import Account, DirectoryEntry, Enterprise, Succession
from reporting.domain.ledger import GrantNews, Overlap
from reporting.domain.programme import BusinessDay, Plan, Round, Scheme
from reporting.domain.register import RecognisedProduct
from reporting.domain.rows import Contribution
from reporting.domain.support import BudgetLine, Grant, LineMovement
from reporting.domain.supporting_industry import Cluster, Demand, StandardsList, Supplier
from reporting.domain.tasks import Task
from reporting.domain.values import ValueOfYear
from reporting.repository.values import values_to_tell

service = Service.of(
    "reporting",
    handlers=handlers,
    documents=(
        Account,
        Activity,
        Agenda,
        BudgetLine,
        BusinessDay,
        ClassCount,
        Cluster,
        Contribution,
        Demand,
        DirectoryEntry,
        Dossier,
        DueDay,
        Enterprise,
        Grant,
        GrantNews,
        LineMovement,
        Overlap,
        Participation,
        Plan,
        RecognisedProduct,
        Round,
        Scheme,
        Succession,
        Task,
        StandardsList,
        Supplier,
        Uncovered,
        ValueOfYear,
    ),
    keeps_log=True,
    closes=values_to_tell,
)
