"""What the support service does with each event: one short, pure function each, a module for each concept."""

from support.handlers.days import start_day
from support.handlers.lines import (
    allocate_budget,
    carry_over_budget,
    change_budget,
    move_money,
    note_answer,
    receive_money,
    transfer_budget,
)
from support.handlers.reference import (
    add_scheme_version,
    announce_fair,
    confirm_rural_establishment,
    record_enterprise,
)
from support.handlers.requests import go_on_with_request, receive_request, record_recognition
from support.handlers.supplies import take_back, take_or_stand_in_line

__all__ = [
    "add_scheme_version",
    "allocate_budget",
    "announce_fair",
    "carry_over_budget",
    "change_budget",
    "confirm_rural_establishment",
    "go_on_with_request",
    "move_money",
    "note_answer",
    "receive_money",
    "receive_request",
    "record_enterprise",
    "record_recognition",
    "start_day",
    "take_back",
    "take_or_stand_in_line",
    "transfer_budget",
]
