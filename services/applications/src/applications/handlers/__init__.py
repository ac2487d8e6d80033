"""What the applications service does with each event: one short, pure function each, one module for each concept."""

from applications.handlers.days import start_day
from applications.handlers.dossiers import check_application, take_supplement
from applications.handlers.enterprises import confirm_supporting_industry, record_enterprise
from applications.handlers.evidence import compare_result
from applications.handlers.rounds import extend_round, keep_round, keep_rules
from applications.handlers.withdrawals import keep, let_go, take_back

__all__ = [
    "check_application",
    "compare_result",
    "confirm_supporting_industry",
    "extend_round",
    "keep",
    "keep_round",
    "keep_rules",
    "let_go",
    "record_enterprise",
    "start_day",
    "take_back",
    "take_supplement",
]
