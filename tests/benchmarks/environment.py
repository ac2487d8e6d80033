"""How a contender is told where its engines are: the variables every service has."""

from typing import Any

from pydantic_settings import BaseSettings, SettingsConfigDict
from shared.settings import KafkaSettings, MongoSettings


class Engines(BaseSettings):
    """The engines of the hand-written contenders; ours reads the same variables through its own settings."""

    model_config = SettingsConfigDict(env_nested_delimiter="__", extra="ignore")
    kafka: KafkaSettings
    mongo: MongoSettings

    @property
    def group(self) -> dict[str, Any]:
        """A group member with the embedded profile's times."""
        return {
            "auto_offset_reset": "earliest",
            "session_timeout_ms": self.kafka.session_timeout_ms,
            "heartbeat_interval_ms": self.kafka.heartbeat_interval_ms,
            "fetch_max_wait_ms": self.kafka.fetch_wait_ms,
        }
