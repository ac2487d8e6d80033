"""Which partition a key lies in: Kafka's own rule (murmur2), so that any Kafka client computes the same."""

from aiokafka.partitioner import murmur2


def partition_of(key: str, partitions: int) -> int:
    return int((murmur2(key.encode()) & 0x7FFFFFFF) % partitions)
