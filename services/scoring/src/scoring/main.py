"""The scoring service: its handlers and the documents it keeps."""

from shared.messaging.service import Service

from scoring import handlers
from scoring.domain.agenda import Agenda, DueDay
from scoring.domain.appeal import Appeal
from scoring.domain.assessment import Assessment
from scoring.domain.council import Council
from scoring.domain.criteria import CriteriaSet
from scoring.domain.decision import Decision
from scoring.domain.holder import EnterpriseCodes, Holder, Home
from scoring.domain.publication import Objection, Publication
from scoring.domain.ranking import Ranking
from scoring.domain.recognition import ProductHistory, Recognition, ValidityRules
from scoring.domain.round import OpenRounds, Round
from scoring.domain.today import Today

service = Service.of(
    "scoring",
    handlers=handlers,
    documents=(
        CriteriaSet,
        Round,
        OpenRounds,
        Council,
        Assessment,
        Ranking,
        Publication,
        Objection,
        Decision,
        Appeal,
        Recognition,
        ProductHistory,
        Holder,
        Home,
        EnterpriseCodes,
        ValidityRules,
        Agenda,
        DueDay,
        Today,
    ),
)
