"""What the scoring service does with each event: one short, pure function each.

All of a round lies at the round's key, in one order; recognitions and their history lie at the enterprise's.
"""

from scoring.handlers.appeals import admit_appeal, dismiss_appeal, rank_round_again, receive_appeal
from scoring.handlers.council import appoint_council, declare_conflict, waive_criterion
from scoring.handlers.criteria import keep_criteria
from scoring.handlers.days import begin_day
from scoring.handlers.decisions import amend_decision, answer_objection, apply_decision, publish_result, receive_objection
from scoring.handlers.enterprises import join_codes
from scoring.handlers.life import keep_validity_rules, lift, receive_fact, record_review, renew, revoke, suspend
from scoring.handlers.recognitions import hand_on, recognise_product, take_over
from scoring.handlers.rounds import close_scoring, open_assessment, open_round, record_score
from scoring.handlers.withdrawals import withdraw

__all__ = [
    "admit_appeal",
    "amend_decision",
    "answer_objection",
    "apply_decision",
    "appoint_council",
    "begin_day",
    "close_scoring",
    "declare_conflict",
    "dismiss_appeal",
    "hand_on",
    "join_codes",
    "keep_criteria",
    "keep_validity_rules",
    "lift",
    "open_assessment",
    "open_round",
    "publish_result",
    "rank_round_again",
    "receive_appeal",
    "receive_fact",
    "receive_objection",
    "recognise_product",
    "record_review",
    "record_score",
    "renew",
    "revoke",
    "suspend",
    "take_over",
    "waive_criterion",
    "withdraw",
]
