"""What the scoring service does with each event: one short, pure function each.

All of a round lies at the round's key, in one order; recognitions and their history lie at the enterprise's.
"""

from scoring.handlers.recognitions import apply_decision, recognise_product
from scoring.handlers.rounds import appoint_council, close_scoring, keep_criteria, open_assessment, open_round, record_score

__all__ = [
    "apply_decision",
    "appoint_council",
    "close_scoring",
    "keep_criteria",
    "open_assessment",
    "open_round",
    "recognise_product",
    "record_score",
]
