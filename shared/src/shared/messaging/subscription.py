"""The FastStream subscriber on the service's own log: batches, acknowledged by hand, one consumer over all partitions.

FastStream's default acknowledges before handling, a handler that raises is a silent skip, and one record its parser
cannot read kills its whole batch. So the parser here reads nothing, the policy is MANUAL, and the core never raises.
"""

from typing import Any

from aiokafka import ConsumerRecord
from aiokafka.coordinator.assignors.range import RangePartitionAssignor
from faststream import AckPolicy
from faststream.kafka import KafkaBroker
from faststream.kafka.annotations import KafkaMessage
from faststream.kafka.message import KafkaAckableMessage
from faststream.security import BaseSecurity, SASLPlaintext, SASLScram256, SASLScram512

from shared.messaging.core import Core
from shared.messaging.kafka import MAX_REQUEST, connection
from shared.settings import KafkaSettings

SASL = {"PLAIN": SASLPlaintext, "SCRAM-SHA-256": SASLScram256, "SCRAM-SHA-512": SASLScram512}


def subscribe(core: Core, settings: KafkaSettings, instance: str) -> KafkaBroker:
    """A broker with the one subscriber that feeds the core."""
    broker = KafkaBroker(
        settings.bootstrap_servers.split(","),
        security=_security(settings),
        logger=None,
        allow_auto_create_topics=False,
        graceful_timeout=20.0,
        ack_policy=AckPolicy.MANUAL,
    )
    service = core.service
    subscriber = broker.subscriber(
        service.log,
        batch=True,
        group_id=service.name,
        group_instance_id=f"{service.name}-{instance}" if settings.static_membership else None,
        ack_policy=AckPolicy.MANUAL,
        auto_offset_reset="earliest",
        batch_timeout_ms=settings.batch_wait_ms,
        max_records=settings.batch_records,
        fetch_max_wait_ms=settings.fetch_wait_ms,
        max_partition_fetch_bytes=MAX_REQUEST,
        session_timeout_ms=settings.session_timeout_ms,
        heartbeat_interval_ms=settings.heartbeat_interval_ms,
        rebalance_timeout_ms=60_000,
        max_poll_interval_ms=15 * 60_000,
        partition_assignment_strategy=[RangePartitionAssignor],
        listener=core,
        parser=_unread,
        decoder=_undecoded,
        no_reply=True,
        include_in_schema=False,
    )

    @subscriber
    async def handle(message: KafkaMessage) -> None:
        await core.handle(message.raw_message)

    core.subscriber = subscriber
    return broker


async def _unread(raw: tuple[ConsumerRecord, ...]) -> KafkaAckableMessage:
    return KafkaAckableMessage(
        body=b"", headers={}, batch_headers=[], raw_message=raw, message_id="", correlation_id="", path={},
        content_type=None, reply_to="", consumer=None,
    )  # fmt: skip


async def _undecoded(message: Any) -> Any:
    return message.body


def _security(settings: KafkaSettings) -> BaseSecurity | None:
    context = connection(settings).get("ssl_context")
    if settings.security_protocol.startswith("SASL"):
        password = settings.password.get_secret_value() if settings.password else ""
        return SASL[settings.sasl_mechanism](settings.username or "", password, ssl_context=context, use_ssl=context is not None)
    return BaseSecurity(ssl_context=context, use_ssl=True) if context else None
