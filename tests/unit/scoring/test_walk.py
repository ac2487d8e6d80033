"""From the filing of a dossier to its certificate: both services in memory, and documents as a database keeps them."""

from datetime import date

from applications.main import service as applications
from scoring.main import service as scoring
from shared.contracts.department import DayStarted
from shared.contracts.registers import EnterprisesMerged
from shared.contracts.scoring import ProductRecognised
from shared.testing.memory import City, Running, in_order
from unit.applications.facts import MISA, RULES, filed, opened, registered
from unit.scoring.facts import (
    APPOINTED,
    ISSUED,
    PUBLISHED,
    answered,
    appeal,
    closed,
    decided,
    objection,
    rules,
    scores,
    withdrawal,
)


def walked() -> City:
    """Three dossiers filed, one too late; two scored and ranked, one of them withdrawn after that, the other recognised."""
    late = filed("A2", product_id="late", received=date(2021, 9, 1))
    events = (
        RULES,
        ISSUED,
        opened(criteria_id="set-2021", appeal_business_days=10),
        registered(),
        APPOINTED.model_copy(update={"scoring_due": date(2021, 12, 31)}),
        filed(),
        filed("A3", product_id="meInvoice"),
        late,
        *scores("A1", ("50", "50"), "30"),
        *scores("A3", ("50", "50"), "40"),
        DayStarted(date=date(2021, 11, 1)),
        closed("A1", "A3"),
        withdrawal("A3"),
        PUBLISHED,
        objection(),
        answered(),
        decided((1, "A1")),
        appeal(application_id="A1"),
        rules(),
        EnterprisesMerged(absorbed="0300588569", kept=MISA, merged_on=date(2021, 12, 1), why="duplicate"),
    )
    return City.of(applications, scoring).publish(*in_order(events))


def test_dossier_goes_from_filing_to_certificate_through_both_services() -> None:
    city = walked()
    assert [(r.certificate, r.tax_code, r.product_id, r.valid_to) for r in city.of_type(ProductRecognised)] == [
        ("2021-001", MISA, "amis", date(2023, 11, 25))
    ]
    assert (city.refusals, [running.held for running in city.services]) == ([], [{}, {}])


def stored(running: Running) -> set[str]:
    """Kinds of document whose stored form reads back as the same document."""
    kinds = running.service.documents.values()
    return {kind.collection for kind in kinds for d in running.all(kind) if kind.model_validate(d.model_dump(mode="json")) == d}


def test_every_kind_of_document_survives_being_stored() -> None:
    city = walked()
    assert stored(city["applications"]) >= {
        "applications",
        "eligibility_rules",
        "enterprises",
        "enterprise_records",
        "product_dossiers",
        "rounds",
    }
    assert stored(city["scoring"]) == set(scoring.documents)
