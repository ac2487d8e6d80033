"""What the support service does with each event: one short, pure function each, a module for each concept."""

from support.handlers.activities import announce_activity, cancel_activity, change_activity, follow_change, lose_place
from support.handlers.coverage import ask_for_coverage, count_learners, cover_by_class, record_participation
from support.handlers.days import start_day
from support.handlers.overlap import issue_overlap_rules, meet_cost, record_cost, record_external_support, resolve_overlap
from support.handlers.reference import add_scheme_version, record_enterprise
from support.handlers.requests import go_on_with_request, receive_request, record_recognition
from support.handlers.supplies import allocate_budget, take_back, take_or_stand_in_line

__all__ = [
    "add_scheme_version",
    "allocate_budget",
    "announce_activity",
    "ask_for_coverage",
    "cancel_activity",
    "change_activity",
    "count_learners",
    "cover_by_class",
    "follow_change",
    "go_on_with_request",
    "issue_overlap_rules",
    "lose_place",
    "meet_cost",
    "receive_request",
    "record_cost",
    "record_enterprise",
    "record_external_support",
    "record_participation",
    "record_recognition",
    "resolve_overlap",
    "start_day",
    "take_back",
    "take_or_stand_in_line",
]
