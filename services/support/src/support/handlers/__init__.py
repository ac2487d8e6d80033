"""What the support service does with each event: one short, pure function each, a module for each concept."""

from support.handlers.changes import decide_change, request_change
from support.handlers.consequences import expire, record_recognition, reinstate, renew, revoke, suspend
from support.handlers.days import start_day
from support.handlers.grants import accept, agree, check_afterwards, file_claim, withdraw
from support.handlers.holds import hold_grant, release_grant
from support.handlers.payments import approve_payment, record_failure, record_payment, record_repayment, request_payment
from support.handlers.reference import add_scheme_version, announce_fair, record_enterprise
from support.handlers.requests import go_on_with_request, receive_request
from support.handlers.supplies import allocate_budget, take_back, take_or_stand_in_line

__all__ = [
    "accept",
    "add_scheme_version",
    "agree",
    "allocate_budget",
    "announce_fair",
    "approve_payment",
    "check_afterwards",
    "decide_change",
    "expire",
    "file_claim",
    "go_on_with_request",
    "hold_grant",
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
    "withdraw",
]
