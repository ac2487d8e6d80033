"""When a round keeps a dossier that its enterprise wants back, and what it says then."""

from shared.contracts.applications import Reason, WithdrawalAsked
from shared.contracts.scoring import WithdrawalDeclined

from scoring.domain.assessment import Assessment
from scoring.domain.round import Round


def declined(asked: WithdrawalAsked, assessment: Assessment, round_: Round) -> WithdrawalDeclined | None:
    """The answer where the dossier stays, None where it may go: another's dossier, or the city has decided."""
    id = asked.application_id
    if assessment.tax_code != asked.tax_code:
        reason = Reason(
            slug="dossier-of-another-enterprise",
            vi=f"Hồ sơ {id} của đợt {round_.id} là của doanh nghiệp khác; hãy kiểm tra mã hồ sơ.",
            en=f"Dossier {id} of round {round_.id} is of another enterprise; check its id.",
        )
    elif round_.decision is not None and assessment.withdrawn_on is None:
        reason = Reason(
            slug="round-decided",
            vi=f"Thành phố đã quyết định về đợt {round_.id} theo {round_.decision}; hồ sơ {id} không rút được nữa.",
            en=f"The city has decided on round {round_.id} by {round_.decision}; dossier {id} cannot be taken back any more.",
        )
    else:
        return None
    return WithdrawalDeclined(application_id=id, round_id=round_.id, tax_code=asked.tax_code, reason=reason)
