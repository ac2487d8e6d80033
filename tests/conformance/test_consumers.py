"""The ways to subscribe that deploy/consumers promises, as its README has them, on the embedded broker and on Apache Kafka."""

import asyncio
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from aiokafka import AIOKafkaProducer
from harness.clients import make_topic
from harness.engines import Broker

ROOT = Path(__file__).parents[2]
README = (ROOT / "deploy" / "consumers" / "README.md").read_text("utf-8")
LINES = [line for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL) for line in block.splitlines()]
TOPIC = "reporting.recognised-product.v1"
SAMPLE = json.loads((ROOT / "shared/src/shared/contracts/samples/RecognisedProductState.v1.json").read_text("utf-8"))


def state(certificate: str, sequence: str, **data: object) -> tuple[bytes, bytes]:
    """A state as the reporting service publishes it."""
    said = SAMPLE | {"subject": certificate, "sequence": sequence, "data": SAMPLE["data"] | {"certificate": certificate} | data}
    return certificate.encode(), json.dumps(said, ensure_ascii=False).encode()


RECORDS = [
    state("2021-001", "000-000000000001"),
    state("2021-002", "000-000000000002"),
    state("2021-001", "000-000000000003", state="revoked", revoked_on="2023-01-13"),
    (b"2021-002", b""),
    state("2021-001", "000-000000000001"),  # a repeat that comes late
    state("2021-003", "000-000000000009", product_name="Thép Việt – Ý"),
]


@pytest.fixture(scope="module")
def published(broker: Broker) -> Broker:
    """A broker with the topic as a service makes it, and those records."""

    async def publish() -> None:
        await make_topic(broker.address, TOPIC, 3, cleanup_policy="compact")
        producer = AIOKafkaProducer(bootstrap_servers=broker.address, acks="all")
        await producer.start()
        try:
            for key, value in RECORDS:
                await producer.send_and_wait(TOPIC, key=key, value=value)
        finally:
            await producer.stop()

    asyncio.run(publish())
    return broker


def said_by(program: str, broker: Broker) -> list[str]:
    """What the line of the README that begins with a program prints."""
    (line,) = [line for line in LINES if line.startswith(program)]
    words = shlex.split(line.replace("BROKER", broker.address))
    words[0] = sys.executable if program == "python" else words[0]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True).stdout.splitlines()


def test_python_example_ends_with_the_latest_state_of_each_key(published: Broker) -> None:
    states = {line["key"]: line["state"] for line in map(json.loads, said_by("python", published))}
    assert set(states) == {"2021-001", "2021-003"}
    assert (states["2021-001"]["state"], states["2021-001"]["revoked_on"]) == ("revoked", "2023-01-13")
    assert states["2021-003"]["product_name"] == "Thép Việt – Ý"


def test_kcat_line_shows_every_record_with_its_key(published: Broker) -> None:
    if published.name == "tansu":
        pytest.skip("kcat and the embedded broker do not understand each other (ApiVersions); the line is run on Apache Kafka")
    if shutil.which("kcat") is None and "CI" not in os.environ:
        pytest.skip("no kcat on this machine: the line of the README is not run")
    found = [line.split("\t", 1) for line in said_by("kcat", published)]
    assert sorted(key for key, _ in found) == sorted(key.decode() for key, _ in RECORDS)
    last = {key: json.loads(value)["data"]["product_name"] for key, value in found if value}
    assert last["2021-003"] == "Thép Việt – Ý"
