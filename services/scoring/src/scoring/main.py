"""The scoring service: its handlers and the documents it keeps."""

from shared.messaging.service import Service

from scoring import handlers
from scoring.domain.agenda import Agenda, DueDay
from scoring.domain.assessment import Assessment
from scoring.domain.council import Council
from scoring.domain.criteria import CriteriaSet
from scoring.domain.ranking import Ranking
from scoring.domain.recognition import ProductHistory, Recognition
from scoring.domain.round import Round
from scoring.domain.today import Today

service = Service.of(
    "scoring",
    handlers=handlers,
    documents=(
        CriteriaSet,
        Round,
        Council,
        Assessment,
        Ranking,
        Recognition,
        ProductHistory,
        Agenda,
        DueDay,
        Today,
    ),
)
