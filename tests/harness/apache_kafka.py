"""Apache Kafka as one KRaft node, from the jars Maven brings; needs Java 17 and Maven."""

import atexit
import os
import re
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import pytest

from .engines import ROOT, Broker, free_port

JARS = ROOT / ".kafka"
POM = Path(__file__).parent / "kafka" / "pom.xml"
CLUSTER = "Y2h1LWx1Yy10ZXN0cy0xMg"

# One node holds every replica; joining a group waits for nobody, as the tests start members one by one on purpose; a
# killed broker is forgotten at once, or its restart would wait 9 s for its own ghost.
PROPERTIES = """\
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller}
listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{port}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
controller.listener.names=CONTROLLER
log.dirs={data}
auto.create.topics.enable=false
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
broker.session.timeout.ms=1500
broker.heartbeat.interval.ms=300
offsets.topic.num.partitions=4
offsets.topic.replication.factor=1
transaction.state.log.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
"""


class ApacheKafka(Broker):
    """The production broker; what it acknowledged survives kill -9 (the page cache does not die with the process)."""

    name = "apache-kafka"
    keeps_its_log = True
    patience = 180.0  # a JVM on a machine that does other things; on a quiet one it is there after some seconds

    def __init__(self, directory: Path, *, port: int | None = None) -> None:
        super().__init__(directory, port=port)
        self.properties = directory / "server.properties"
        if not self.properties.exists():
            shutil.copytree(formatted(), directory / "data")
            _write(self.properties, directory / "data", self.port)

    def command(self) -> list[str]:
        return [*java(), "-Xmx512m", "-Xms256m", "kafka.Kafka", str(self.properties)]


@cache
def formatted() -> Path:
    """The empty data directory a node starts with; made once for all tests, because it takes a Java machine of its own."""
    made = Path(tempfile.mkdtemp(prefix="kafka-formatted-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    _write(made / "server.properties", made / "data", free_port())
    tool = [*java(), "kafka.tools.StorageTool", "format", "-t", CLUSTER, "-c", str(made / "server.properties")]
    subprocess.run(tool, check=True, capture_output=True)
    return made / "data"


def _write(properties: Path, data: Path, port: int) -> None:
    properties.write_text(PROPERTIES.format(port=port, controller=free_port(), data=data))


def java() -> list[str]:
    """The java command with Kafka on its class path, for a node that lives a minute: quick to start, little to do for itself."""
    return [
        "java",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
        "-cp",
        f"{jars()}/*",
    ]


def jars() -> Path:
    """The directory of Kafka's jars, brought by Maven the first time and when the wanted version changes."""
    mark = JARS / "pom.xml"
    if not mark.exists() or mark.read_bytes() != POM.read_bytes():
        shutil.rmtree(JARS, ignore_errors=True)
        copy = ["mvn", "-q", "-B", "-f", str(POM), "dependency:copy-dependencies", f"-DoutputDirectory={JARS}"]
        done = subprocess.run(copy, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"Maven could not bring Apache Kafka; see that it reaches a repository:\n{done.stdout[-2000:]}")
        shutil.copyfile(POM, mark)
    return JARS


def missing() -> str | None:
    """Why Apache Kafka cannot run here, or None."""
    for program in ("java", "mvn"):
        if shutil.which(program) is None:
            return f"Apache Kafka needs `{program}`, which is not on the PATH; install Java 17 or later and Maven"
    said = subprocess.run(["java", "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', said)
    if found is None or int(found[1]) < 17:
        return f"Apache Kafka needs Java 17 or later; this one says: {said.splitlines()[0] if said else 'nothing'}"
    return None


def require_apache_kafka() -> None:
    """Skip the test where Apache Kafka cannot run, saying why; in CI (CI=true) that is a failure."""
    reason = missing()
    if reason is None:
        return
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
