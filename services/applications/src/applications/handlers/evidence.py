"""Evidence from several years and sources: what contradicts is flagged, and nothing else follows from it."""

from shared.contracts.base import Event
from shared.contracts.registers import AnnualResultReported
from shared.messaging.service import handles
from shared.messaging.unit import Unit

from applications.domain import notices
from applications.domain.application import Application
from applications.domain.enterprise import check_tax_code, enterprise_key, is_branch
from applications.domain.evidence import YearEvidence, evidence_key
from applications.domain.round import EligibilityRules


@handles(AnnualResultReported, key=lambda reported: enterprise_key(reported.tax_code))
def compare_result(event: Event[AnnualResultReported], unit: Unit) -> None:
    """An enterprise's result of a year: it bounds what each of its products declares. One of a branch alone bounds nothing."""
    reported = event.data
    check_tax_code(reported.tax_code)
    if not is_branch(reported.tax_code):
        before = _evidence(reported.tax_code, reported.year, unit)
        _keep(before.with_result(reported), before, unit)


def compare_dossier(application: Application, unit: Unit) -> None:
    """Put a dossier's figures beside what else is known of their years."""
    rules = unit.need(EligibilityRules, application.rules_id)
    declared = {figures.year for version in application.versions for figures in version.figures}
    for year in sorted(declared):
        before = _evidence(application.tax_code, year, unit)
        _keep(before.with_dossier(application, rules), before, unit)


def _evidence(tax_code: str, year: int, unit: Unit) -> YearEvidence:
    return unit.get(YearEvidence, evidence_key(tax_code, year)) or YearEvidence.empty(tax_code, year)


def _keep(evidence: YearEvidence, before: YearEvidence, unit: Unit) -> None:
    """Keep what is known of a year; raise the flags that are new or changed, lift those that fell away."""
    unit.put(evidence)
    old, new = before.flags(), evidence.flags()
    for id, flag in new.items():
        if flag != old.get(id):
            unit.put(flag)
            unit.publish(flag.raised())
            unit.publish(notices.flag_raised(flag))
    for id, flag in old.items():
        if id not in new:
            unit.remove(flag)
            unit.publish(flag.lifted())
