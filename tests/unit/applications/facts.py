"""Events for the tests of the applications service: a round of 2021 and one good dossier, each field open to change."""

from datetime import date
from typing import Any

from applications.domain.enterprise import Enterprise
from applications.domain.record import NOTHING, with_site
from shared.contracts.department import EligibilityRulesIssued, RoundOpened
from shared.contracts.districts import EnterpriseNominated
from shared.contracts.portal import ApplicationFiled, Paper, YearFigures
from shared.contracts.registers import EnterpriseRegistered

# Real tax codes of well-known enterprises: their check digits are those of the real rule.
MISA, VINAMILK, HABECO = "0101243150", "0300588569", "0101376672"
RECEIVED = date(2021, 8, 31)

RULES = EligibilityRulesIssued(
    rules_id="1520/HD-SCT",
    effective_from=date(2019, 4, 10),
    high_tech_revenue=10_000_000_000,
    other_revenue=100_000_000_000,
    handicraft_exports_usd=1_000_000,
    required_documents=("form", "business-registration", "description"),
    high_tech_commitments=("environment", "quality", "intellectual-property"),
    legal_text="1520/HD-SCT",
)


def opened(**changes: Any) -> RoundOpened:
    """The round of 2021, open from June to August."""
    facts: dict[str, Any] = {
        "round_id": "2021",
        "year": 2021,
        "plan_id": "60/KH-UBND@2021-03-10",
        "rules_id": RULES.rules_id,
        "criteria_id": "2021",
        "opens": date(2021, 6, 1),
        "closes": date(2021, 8, 31),
        "validity_months": 24,
        "legal_text": "60/KH-UBND",
    }
    return RoundOpened(**facts | changes)


def registered(tax_code: str = MISA, **changes: Any) -> EnterpriseRegistered:
    """An enterprise with its head office in the city."""
    facts: dict[str, Any] = {
        "tax_code": tax_code,
        "name": "Công ty cổ phần MISA",
        "head_office": "Hà Nội",
        "district": "Cầu Giấy",
    }
    return EnterpriseRegistered(**facts | changes)


def nominated(tax_code: str = MISA, **changes: Any) -> EnterpriseNominated:
    """A district's nomination for the round of 2021."""
    facts: dict[str, Any] = {
        "tax_code": tax_code,
        "district": "Quận Cầu Giấy",
        "programme": "key-product",
        "year": 2021,
        "nominated_on": date(2021, 4, 12),
        "reason": "Doanh thu tăng ba năm liền",
    }
    return EnterpriseNominated(**facts | changes)


def known(**changes: Any) -> Enterprise:
    """The enterprise that was registered so."""
    facts = NOTHING.model_copy(update={"sites": with_site((), registered(**changes), date(2019, 1, 1))})
    return Enterprise.of(MISA, facts, supporting_industry=False)


def figures(*rows: tuple[int, int, int]) -> tuple[YearFigures, ...]:
    """Rows of (year, revenue in đồng, exports in USD)."""
    return tuple(YearFigures(year=year, revenue=revenue, exports_usd=exports) for year, revenue, exports in rows)


def papers(kinds: tuple[str, ...] = RULES.required_documents, received: date = RECEIVED, **changes: Any) -> tuple[Paper, ...]:
    """One paper of each kind."""
    facts: dict[str, Any] = {"media_type": "application/pdf", "size": 1_024, "sha256": "0" * 64, "received": received}
    return tuple(Paper(**{"kind": kind, "name": f"{kind}.pdf"} | facts | changes) for kind in kinds)


def filed(application_id: str = "A1", **changes: Any) -> ApplicationFiled:
    """A dossier on the general path that meets every rule exactly."""
    facts: dict[str, Any] = {
        "application_id": application_id,
        "round_id": "2021",
        "tax_code": MISA,
        "product_id": "amis",
        "product_name": "Phần mềm MISA AMIS",
        "industry": "information-technology",
        "path": "other",
        "received": RECEIVED,
        "figures": figures((2019, 100_000_000_000, 0), (2020, 100_000_000_000, 0)),
        "documents": papers(received=changes.get("received", RECEIVED)),
    }
    return ApplicationFiled(**facts | changes)
