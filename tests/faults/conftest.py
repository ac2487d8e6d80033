"""A fresh broker for each test, so that a log holds one test's records; one database server, a database a test."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from harness.apache_kafka import ApacheKafka, require_apache_kafka
from harness.cluster import Cluster
from harness.engines import Broker, Secantus, Store, Tansu
from harness.journal import Journal

# The checker's assertions are to say what they compared.
pytest.register_assert_rewrite("harness.checker")


@pytest.fixture
def broker(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Broker]:
    """The embedded broker, or the one a test is parametrised with."""
    kind: type[Broker] = Tansu
    if getattr(request, "param", "tansu") == "apache-kafka":
        require_apache_kafka()
        kind = ApacheKafka
    with kind(tmp_path / "broker") as running:
        yield running


@pytest.fixture(scope="session")
def shared_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Secantus(tmp_path_factory.mktemp("store")) as running:
        yield running


@pytest.fixture
def own_store(tmp_path: Path) -> Iterator[Secantus]:
    """A database server of the test's own, to be killed, frozen and put back."""
    with Secantus(tmp_path / "store") as running:
        yield running


@pytest.fixture
def cluster(request: pytest.FixtureRequest, broker: Broker, tmp_path: Path) -> Iterator[Cluster]:
    """Broker, database and topics of the ledger; instances are the test's to start. Uses `own_store` where asked for."""
    chosen = "own_store" if "own_store" in request.fixturenames else "shared_store"
    store: Store = request.getfixturevalue(chosen)
    made = Cluster(tmp_path, broker, store, f"ledger_{uuid4().hex[:8]}")
    made.provision()
    yield made
    made.close()


@pytest.fixture
def journal() -> Journal:
    return Journal()
