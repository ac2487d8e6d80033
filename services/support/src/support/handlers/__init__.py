"""What the support service does with each event: one short, pure function each, a module for each concept."""

from support.handlers.changes import decide_change, request_change
from support.handlers.consequences import expire, record_recognition, reinstate, renew, revoke, suspend
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
from support.handlers.payments import approve_payment, record_failure, record_payment, record_repayment, request_payment
from support.handlers.reference import (
    add_scheme_version,
    announce_fair,
    confirm_rural_establishment,
    record_enterprise,
)
from support.handlers.requests import go_on_with_request, receive_request
from support.handlers.supplies import take_back, take_or_stand_in_line

__all__ = [
    "accept",
    "add_scheme_version",
    "agree",
    "allocate_budget",
    "announce_fair",
    "approve_payment",
    "carry_over_budget",
    "change_budget",
    "check_afterwards",
    "confirm_rural_establishment",
    "decide_change",
    "expire",
    "file_claim",
    "go_on_with_request",
    "hold_grant",
    "move_money",
    "note_answer",
    "receive_money",
    "receive_request",
    "record_enterprise",
    "record_failure",
    "record_payment",
    "record_recognition",
    "record_repayment",
    "reinstate",
    "release_grant",
    "renew",
    "request_change",
    "request_payment",
    "revoke",
    "start_day",
    "suspend",
    "take_back",
    "take_or_stand_in_line",
    "transfer_budget",
    "withdraw",
]
