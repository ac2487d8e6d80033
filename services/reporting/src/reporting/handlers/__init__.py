"""What reporting does with each event: it keeps registers and contribution rows, and decides almost nothing.

A certificate, a dossier, a budget line and a city figure each lie at their own key, an enterprise's rows and grants at the
enterprise's. What a certificate or a dossier counts for its enterprise is sent there through the service's own log.
"""

from reporting.handlers.days import begin_day
from reporting.handlers.dossiers import (
    count_dossier,
    note_acceptance,
    note_dossier_gone,
    note_recognition,
    note_refused_product,
    note_rejection,
    note_withdrawal,
)
from reporting.handlers.enterprises import count_enterprise, count_result, hand_on, keep_enterprise, name_holder
from reporting.handlers.programme import count_city_figure, keep_plan, keep_round, keep_scheme
from reporting.handlers.reached import count_beneficiary, count_learners, count_participation
from reporting.handlers.register import (
    change_honours,
    correct_first_time,
    expire,
    keep_holder_name,
    register_product,
    reinstate,
    renew,
    revoke,
    suspend,
    transfer,
)
from reporting.handlers.suppliers import count_cluster, count_supplier, note_supplier_gone
from reporting.handlers.support import (
    describe_line,
    note_adjusted,
    note_committed,
    note_exhausted,
    note_order_failed,
    note_ordered,
    note_paid,
    note_released,
    note_repaid,
    note_reserved,
    register_declined,
    register_grant,
    register_queued,
)
from reporting.handlers.tasks import adjust_task, cancel_task, complete_task, keep_task, note_progress

__all__ = [
    "adjust_task",
    "begin_day",
    "cancel_task",
    "change_honours",
    "complete_task",
    "correct_first_time",
    "count_beneficiary",
    "count_city_figure",
    "count_cluster",
    "count_dossier",
    "count_enterprise",
    "count_learners",
    "count_participation",
    "count_result",
    "count_supplier",
    "describe_line",
    "expire",
    "hand_on",
    "keep_enterprise",
    "keep_holder_name",
    "keep_plan",
    "keep_round",
    "keep_scheme",
    "keep_task",
    "name_holder",
    "note_acceptance",
    "note_adjusted",
    "note_committed",
    "note_dossier_gone",
    "note_exhausted",
    "note_order_failed",
    "note_ordered",
    "note_paid",
    "note_progress",
    "note_recognition",
    "note_refused_product",
    "note_rejection",
    "note_released",
    "note_repaid",
    "note_reserved",
    "note_supplier_gone",
    "note_withdrawal",
    "register_declined",
    "register_grant",
    "register_product",
    "register_queued",
    "reinstate",
    "renew",
    "revoke",
    "suspend",
    "transfer",
]
