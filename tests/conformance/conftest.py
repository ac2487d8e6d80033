"""The same tests on the embedded broker and on Apache Kafka."""

from collections.abc import Iterator

import pytest
from harness.apache_kafka import ApacheKafka, require_apache_kafka
from harness.engines import Broker, Tansu


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session", params=["tansu", pytest.param("apache-kafka", marks=pytest.mark.kafka)])
def broker(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    """A running broker, one for all tests; each test works on topics of its own."""
    directory = tmp_path_factory.mktemp(request.param)
    if request.param == "tansu":
        with Tansu(directory) as tansu:
            yield tansu
        return
    require_apache_kafka()
    with ApacheKafka(directory) as kafka:
        yield kafka
