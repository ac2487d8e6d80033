"""The check of one version of a dossier: accepted, rejected with every reason, or what it lacks asked for, once."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict
from shared.business_days import Calendar
from shared.contracts.applications import Reason

from applications.domain.eligibility import lacking_commitments, reasons_against, wrong_years
from applications.domain.enterprise import Enterprise
from applications.domain.round import EligibilityRules, Round
from applications.domain.version import Version

MENDABLE = frozenset({"documents-missing", "documents-expired", "commitments-missing", "figures-missing", "figures-twice"})
"""Reasons an answer can take away; any other one rejects at once, as nothing handed in later would change it."""


class Asked(BaseModel):
    """What a dossier was asked for, and by when."""

    model_config = ConfigDict(frozen=True)

    asked_on: date
    due: date
    reasons: tuple[Reason, ...]
    documents: tuple[str, ...]
    years: tuple[int, ...]
    commitments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """What was found: `asked` is set only where the state is `supplement-asked`."""

    state: Literal["accepted", "rejected", "supplement-asked"]
    reasons: tuple[Reason, ...]
    asked: Asked | None = None


def check(
    version: Version, enterprise: Enterprise, round_: Round, rules: EligibilityRules, *, today: date, calendar: Calendar
) -> Check:
    """Check a version by the rules its round pins. The deadline counts from the day of receipt, or of the check if later."""
    reasons = reasons_against(version, enterprise, round_, rules)
    if not reasons:
        return Check("accepted", ())
    if version.kind == "supplement" or not all(reason.slug in MENDABLE for reason in reasons):
        return Check("rejected", reasons)
    asked_on = max(today, version.received)
    due = round_.supplement_due(asked_on, calendar)
    if due is None:
        return Check("rejected", reasons)
    asked = Asked(
        asked_on=asked_on,
        due=due,
        reasons=reasons,
        documents=version.lacks(rules.required_documents),
        years=wrong_years(version, round_, rules),
        commitments=lacking_commitments(version, rules),
    )
    return Check("supplement-asked", (), asked)
