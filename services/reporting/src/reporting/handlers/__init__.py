"""What reporting does with each event: it keeps registers and contribution rows, and decides almost nothing.

A certificate, a dossier, a budget line and a city figure each lie at their own key, an enterprise's rows and grants at the
enterprise's. What a certificate or a dossier counts for its enterprise is sent there through the service's own log.
"""

from reporting.handlers.activities import (
    cancel_activity,
    change_activity,
    count_learners,
    keep_activity,
    note_uncovered,
    record_class,
    record_participation,
    tell_employers,
)
from reporting.handlers.days import begin_day
from reporting.handlers.dossiers import count_dossier, note_check, note_gone, note_recognition, note_refused_product
from reporting.handlers.enterprises import (
    count_enterprise,
    count_result,
    hand_on,
    keep_enterprise,
    keep_former_code,
    name_holder,
)
from reporting.handlers.lines import describe_line, note_move
from reporting.handlers.programme import count_city_figure, keep_plan, keep_round, keep_scheme
from reporting.handlers.reached import count_beneficiary
from reporting.handlers.register import keep_district, keep_holder_name, note_fact, register_product
from reporting.handlers.support import keep_decision, keep_fact, note_overlap, note_resolution
from reporting.handlers.supporting_industry import (
    close_demand,
    end_demand,
    keep_cluster,
    keep_demand,
    keep_matches,
    keep_standards,
    tell_supplier,
)
from reporting.handlers.tasks import adjust_task, cancel_task, complete_task, keep_task, note_progress
from reporting.handlers.values import keep_values

__all__ = [
    "adjust_task",
    "begin_day",
    "cancel_activity",
    "cancel_task",
    "change_activity",
    "close_demand",
    "complete_task",
    "count_beneficiary",
    "count_city_figure",
    "count_dossier",
    "count_enterprise",
    "count_learners",
    "count_result",
    "describe_line",
    "end_demand",
    "hand_on",
    "keep_activity",
    "keep_cluster",
    "keep_decision",
    "keep_demand",
    "keep_district",
    "keep_enterprise",
    "keep_fact",
    "keep_former_code",
    "keep_holder_name",
    "keep_matches",
    "keep_plan",
    "keep_round",
    "keep_scheme",
    "keep_standards",
    "keep_task",
    "keep_values",
    "name_holder",
    "note_check",
    "note_fact",
    "note_gone",
    "note_move",
    "note_overlap",
    "note_progress",
    "note_recognition",
    "note_refused_product",
    "note_resolution",
    "note_uncovered",
    "record_class",
    "record_participation",
    "register_product",
    "tell_employers",
    "tell_supplier",
]
