"""Every document of the registers reads back from its stored form as the same document."""

from datetime import date

import pytest
from applications.domain.cluster import Cluster
from applications.domain.demand import Demand
from applications.domain.enterprise import Enterprise
from applications.domain.merger import Merger
from applications.domain.nomination import Nomination
from applications.domain.record import Record
from applications.domain.supporting_industry import LastDay, LastDays, StandardsLists, Supplier, SupplierKeys
from applications.main import service
from shared.messaging.document import Document
from shared.testing.memory import City, run
from unit.applications.facts import HABECO, RULES, VINAMILK, filed, nominated, opened, registered
from unit.applications.test_clusters import reported
from unit.applications.test_demands import CLOSED, posted
from unit.applications.test_suppliers import confirmed, listed, merged, removed

KINDS = (
    Enterprise,
    Record,
    Merger,
    Nomination,
    StandardsLists,
    Supplier,
    SupplierKeys,
    LastDay,
    LastDays,
    Demand,
    Cluster,
)


@pytest.fixture(name="city", scope="module")
def _city() -> City:
    return run(
        service,
        *(RULES, opened(), listed("ISO-9001"), registered(since=date(2015, 1, 5)), registered(name="Mới"), filed()),
        *(nominated(), confirmed(), confirmed(HABECO), removed(HABECO), merged(), registered(VINAMILK)),
        *(posted(), CLOSED, reported()),
    )


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.collection)
def test_document_survives_being_stored(city: City, kind: type[Document]) -> None:
    kept = city["applications"].all(kind)
    assert kept != []
    assert [kind.model_validate(document.model_dump(mode="json")) for document in kept] == kept


def test_every_document_of_the_registers_is_one_of_the_service() -> None:
    assert set(KINDS) <= set(service.documents.values())
