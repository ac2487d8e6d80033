"""Which brokers a test runs on."""

import pytest

on_both_brokers = pytest.mark.parametrize(
    "broker", ["tansu", pytest.param("apache-kafka", marks=pytest.mark.kafka)], indirect=True
)
