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
from reporting.handlers.register import (
    change_honours,
    correct_first_time,
    expire,
    keep_district,
    keep_holder_name,
    register_product,
    reinstate,
    renew,
    revoke,
    suspend,
    transfer,
)
from reporting.handlers.support import (
    describe_line,
    note_adjusted,
    note_committed,
    note_exhausted,
    note_paid,
    note_released,
    note_repaid,
    note_reserved,
    register_declined,
    register_grant,
    register_queued,
)
from reporting.handlers.supporting_industry import (
    close_demand,
    delist_supplier,
    end_demand,
    keep_cluster,
    keep_demand,
    keep_matches,
    keep_standards,
    list_supplier,
)

__all__ = [
    "begin_day",
    "change_honours",
    "close_demand",
    "correct_first_time",
    "count_city_figure",
    "count_dossier",
    "count_enterprise",
    "count_result",
    "delist_supplier",
    "describe_line",
    "end_demand",
    "expire",
    "hand_on",
    "keep_cluster",
    "keep_demand",
    "keep_district",
    "keep_enterprise",
    "keep_holder_name",
    "keep_matches",
    "keep_plan",
    "keep_round",
    "keep_scheme",
    "keep_standards",
    "list_supplier",
    "name_holder",
    "note_acceptance",
    "note_adjusted",
    "note_committed",
    "note_dossier_gone",
    "note_exhausted",
    "note_paid",
    "note_recognition",
    "note_refused_product",
    "note_rejection",
    "note_released",
    "note_repaid",
    "note_reserved",
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
