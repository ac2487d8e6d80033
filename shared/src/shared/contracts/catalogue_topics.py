"""Topics and events as a service sees them: the placeholders of the runtime's own topics filled in."""

from dataclasses import replace

from shared.contracts.base import REGISTER, Contract, Topic
from shared.contracts.catalogue_schemas import all_contracts
from shared.contracts.runtime import DEAD_LETTER, LOG, REJECTED, RecordDeadLettered, RecordRejected
from shared.messaging.service import Service
from shared.messaging.topics import load_contracts

PLACEHOLDER = "{service}"


def plain_topics() -> list[Topic]:
    """Every topic of the contracts that bears one name, by name."""
    load_contracts()
    return [REGISTER.topics[name] for name in sorted(REGISTER.topics) if PLACEHOLDER not in name]


def of_service(topic: Topic, service: str) -> Topic:
    """The topic a placeholder means for one service."""
    return replace(topic, name=topic.name.replace(PLACEHOLDER, service), publisher=topic.publisher.replace(PLACEHOLDER, service))


def topics_of(service: Service) -> list[Topic]:
    """Every topic the service itself writes, by name: its public ones, its log, its answers, its dead letters."""
    found = {topic.name: topic for topic in plain_topics() if topic.publisher == service.name}
    for template in (LOG, REJECTED, DEAD_LETTER):
        topic = of_service(template, service.name)
        found.setdefault(topic.name, topic)
    return [found[name] for name in sorted(found)]


def events_in(service: Service) -> list[Contract]:
    """What the service takes in, by topic and type."""
    return sorted((route.contract for route in service.routes.values()), key=_place)


def events_out(service: Service) -> list[tuple[Contract, Topic]]:
    """What the service publishes, by topic and type, each with the topic it goes to."""
    own = [(contract, contract.topic) for contract in all_contracts() if contract.topic.publisher == service.name]
    answers = [(model.contract, of_service(model.contract.topic, service.name)) for model in (RecordRejected, RecordDeadLettered)]
    return sorted(own + answers, key=lambda pair: (pair[1].name, pair[0].type))


def _place(contract: Contract) -> tuple[str, str]:
    return contract.topic.name, contract.type
