"""What the scoring service does with each event: one short, pure function each.

All of a round lies at the round's key, in one order; recognitions and their history lie at the enterprise's.
"""

from scoring.handlers.council import appoint_council, declare_conflict, waive_criterion
from scoring.handlers.criteria import keep_criteria
from scoring.handlers.days import begin_day
from scoring.handlers.recognitions import apply_decision, recognise_product
from scoring.handlers.rounds import close_scoring, open_assessment, open_round, record_score
from scoring.handlers.withdrawals import withdraw

__all__ = [
    "apply_decision",
    "appoint_council",
    "begin_day",
    "close_scoring",
    "declare_conflict",
    "keep_criteria",
    "open_assessment",
    "open_round",
    "recognise_product",
    "record_score",
    "waive_criterion",
    "withdraw",
]
