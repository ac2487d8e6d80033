"""Kafka access rights, made from the contracts and from what each service takes in.

One principal a publisher and one a service, named as in the contracts. Each topic has one kind of publisher, so a
right to write is a line of this file; who else could write could also forge a decision of the city.
"""

from collections.abc import Iterable

from shared.contracts.catalogue_topics import plain_topics, topics_of
from shared.messaging.service import Service
from shared.messaging.topics import every_topic

HEADER = """\
# Access rights of every principal, made from the contracts by `make catalogue`. Do not edit.
# Each line holds the arguments of one call of kafka-acls.sh; apply them all with
#   grep '^--' deploy/kafka/acls | xargs -L1 kafka-acls.sh --bootstrap-server BROKER --command-config admin.properties
# The broker must run with authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer and
# allow.everyone.if.no.acl.found=false. `topics` is the principal of the job that makes the topics.
"""


def _line(principal: str, operations: str, resource: str) -> str:
    asked = " ".join(f"--operation {operation}" for operation in operations.split())
    return f"--add --force --allow-principal User:{principal} {asked} {resource}"


def acls(services: Iterable[Service]) -> str:
    """The file `deploy/kafka/acls`: one line a right, in a fixed order."""
    lines = [
        _line("topics", "Create Describe", "--cluster"),
        _line("topics", "Create Describe DescribeConfigs", "--topic *"),
    ]
    lines += [_line(topic.publisher, "Write Describe", f"--topic {topic.name}") for topic in plain_topics() if topic.answered_by]
    for service in services:
        lines += _of_service(service)
    lines += [
        _line("*", "Read Describe", f"--topic {name}")
        for name, topic in sorted(every_topic().items())
        if topic.audience == "public"
    ]
    return HEADER + "\n".join(lines) + "\n"


def _of_service(service: Service) -> list[str]:
    """What a service may: write its own topics, read them and what it takes in; the job `topics` opens its log."""
    own = {topic.name: topic for topic in topics_of(service)}
    foreign = [topic for topic in service.inputs if topic.name not in own and topic.audience == "internal"]
    return [
        _line("topics", "Read Write", f"--topic {service.log}"),
        *(_line(service.name, "Read Write Describe DescribeConfigs", f"--topic {name}") for name in own),
        *(_line(service.name, "Read Describe", f"--topic {topic.name}") for topic in foreign),
        _line(service.name, "Read Describe", f"--group {service.name}"),
    ]
