"""What the support service does with each event: one short, pure function each, a module for each concept."""

from support.handlers.activities import announce_activity, cancel_activity, change_activity, follow_change, lose_place
from support.handlers.changes import decide_change, request_change
from support.handlers.consequences import (
    await_certificate,
    note_last_day,
    record_recognition,
    reinstate,
    revoke,
    suspend,
)
from support.handlers.coverage import ask_for_coverage, count_learners, cover_by_class, record_participation
from support.handlers.days import start_day
from support.handlers.grants import accept, agree, check_afterwards, file_claim, withdraw
from support.handlers.holds import hold_grant, release_grant
from support.handlers.lines import (
    allocate_budget,
    carry_over_budget,
    change_budget,
    move_money,
    note_answer,
    receive_money,
    transfer_budget,
)
from support.handlers.overlap import issue_overlap_rules, meet_cost, record_cost, record_external_support, resolve_overlap
from support.handlers.payments import approve_payment, record_failure, record_payment, record_repayment, request_payment
from support.handlers.reference import (
    add_scheme_version,
    confirm_rural_establishment,
    record_enterprise,
)
from support.handlers.requests import go_on_with_request, receive_request
from support.handlers.successions import hand_over, take_over
from support.handlers.supplies import take_back, take_or_stand_in_line

__all__ = [
    "accept",
    "add_scheme_version",
    "agree",
    "allocate_budget",
    "announce_activity",
    "approve_payment",
    "ask_for_coverage",
    "await_certificate",
    "cancel_activity",
    "carry_over_budget",
    "change_activity",
    "change_budget",
    "check_afterwards",
    "confirm_rural_establishment",
    "count_learners",
    "cover_by_class",
    "decide_change",
    "file_claim",
    "follow_change",
    "go_on_with_request",
    "hand_over",
    "hold_grant",
    "issue_overlap_rules",
    "lose_place",
    "meet_cost",
    "move_money",
    "note_answer",
    "note_last_day",
    "receive_money",
    "receive_request",
    "record_cost",
    "record_enterprise",
    "record_external_support",
    "record_failure",
    "record_participation",
    "record_payment",
    "record_recognition",
    "record_repayment",
    "reinstate",
    "release_grant",
    "request_change",
    "request_payment",
    "resolve_overlap",
    "revoke",
    "start_day",
    "suspend",
    "take_back",
    "take_or_stand_in_line",
    "take_over",
    "transfer_budget",
    "withdraw",
]
