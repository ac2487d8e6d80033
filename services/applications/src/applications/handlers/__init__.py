"""What the applications service does with each event: one short, pure function each, a module for each concept."""

from applications.handlers.clusters import record_cluster
from applications.handlers.days import start_day
from applications.handlers.demands import close_demand, post_demand, tell_end
from applications.handlers.dossiers import check_application, take_supplement
from applications.handlers.enterprises import confirm_supporting_industry, record_enterprise, remove_supporting_industry
from applications.handlers.evidence import compare_result
from applications.handlers.mergers import become_alias, change_tax_code, merge_enterprises, take_over
from applications.handlers.nominations import nominate, nominate_for_list
from applications.handlers.rounds import extend_round, keep_round, keep_rules
from applications.handlers.suppliers import keep_standards
from applications.handlers.withdrawals import keep, let_go, take_back

__all__ = [
    "become_alias",
    "change_tax_code",
    "check_application",
    "close_demand",
    "compare_result",
    "confirm_supporting_industry",
    "extend_round",
    "keep",
    "keep_round",
    "keep_rules",
    "keep_standards",
    "let_go",
    "merge_enterprises",
    "nominate",
    "nominate_for_list",
    "post_demand",
    "record_cluster",
    "record_enterprise",
    "remove_supporting_industry",
    "start_day",
    "take_back",
    "take_over",
    "take_supplement",
    "tell_end",
]
