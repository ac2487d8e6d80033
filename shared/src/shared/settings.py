"""Settings of a service: the environment, with a profile for each kind of engine.

Names are the same in every service, ``__`` separates levels: ``KAFKA__BOOTSTRAP_SERVERS``, ``MONGO__URI``. Defaults are
those of production; ``PROFILE=embedded`` lays the ones measured for the embedded engines over them.
"""

import os
import socket
from pathlib import Path
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

# Tansu lets a join wait for half a session, and answers a fetch on an idle topic only when its wait is over.
EMBEDDED: dict[str, Any] = {
    "kafka": {
        "partitions": 4,
        "session_timeout_ms": 3_000,
        "heartbeat_interval_ms": 1_000,
        "fetch_wait_ms": 20,
        "idle_wait_ms": 250,
        "batch_wait_ms": 2,
        "idempotent": False,
        "static_membership": False,
    },
    "mongo": {"ids_per_find": 100},
    "outbox_retention_days": None,
    "keep_log": True,
}


class Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class KafkaSettings(Section):
    """How the broker is reached and how fast it is asked."""

    bootstrap_servers: str = Field(description="host:port, several by comma")
    partitions: int = Field(default=12, ge=1, le=256, description="partitions of a topic; fixed when the topics are made")
    replication: int = Field(default=1, ge=1, le=9, description="copies of each topic, when the topics are made")
    security_protocol: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = Field(
        default="PLAINTEXT", description="how the broker is spoken to"
    )
    sasl_mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] = Field(
        default="SCRAM-SHA-512", description="how this service proves who it is, with SASL"
    )
    username: str | None = Field(default=None, description="user of this service at the broker, with SASL")
    password: SecretStr | None = Field(default=None, description="its password")
    ca_file: str | None = Field(default=None, description="certificate authority of the brokers, PEM")
    session_timeout_ms: int = Field(default=30_000, ge=1_000, description="a silent instance loses its partitions after this")
    heartbeat_interval_ms: int = Field(default=3_000, ge=100, description="how often an instance says that it lives")
    fetch_wait_ms: int = Field(default=500, ge=1, description="how long the broker holds a fetch that finds nothing")
    idle_wait_ms: int = Field(default=500, ge=1, description="the same after some seconds without any record")
    batch_wait_ms: int = Field(default=20, ge=1, description="how long an empty poll lasts")
    batch_records: int = Field(default=500, ge=1, le=5_000, description="most records of one unit of work")
    idempotent: bool = Field(default=True, description="idempotent producer, where the broker has it")
    static_membership: bool = Field(default=True, description="a restart within the session keeps its partitions")


class MongoSettings(Section):
    """How the database is reached."""

    uri: SecretStr = Field(description="mongodb://…; holds the password, so it is never printed")
    database: str | None = Field(default=None, description="name of the database; the service's own name by default")
    ids_per_find: int = Field(default=1_000, ge=1, description="most ids in one find; the embedded Python server wants 100")
    timeout_ms: int = Field(default=5_000, ge=100, description="how long to look for a usable server")


class HttpSettings(Section):
    """Where the service's HTTP interface listens."""

    host: str = Field(default="127.0.0.1", description="address to listen on; 0.0.0.0 in a container")
    port: int = Field(default=8000, ge=0, le=65_535, description="port to listen on")


class ServiceSettings(BaseSettings):
    """All settings of a service; every mistake is reported at once when it starts."""

    model_config = SettingsConfigDict(env_nested_delimiter="__", frozen=True, extra="ignore")
    service: ClassVar[str]

    profile: Literal["embedded", "production"] = Field(default="production", description="which engines the defaults are for")
    instance: str = Field(default_factory=socket.gethostname, description="name of this instance, one a running process")
    kafka: KafkaSettings
    mongo: MongoSettings
    http: HttpSettings = HttpSettings()
    operator_token: SecretStr = Field(min_length=16, description="bearer token of what decides, or reads the whole log or state")
    memory_documents: int = Field(default=50_000, ge=100, description="documents kept in memory for each owned partition")
    outbox_retention_days: int | None = Field(
        default=30, ge=1, description="business time published events are kept; empty = for ever"
    )

    start_when: Path | None = Field(default=None, description="touch no engine before this file exists")
    keep_log: bool = Field(
        default=False, description="keep the log in the database too, where the broker may lose it; reporting always does"
    )

    @property
    def database(self) -> str:
        return self.mongo.database or self.service

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, file_secret_settings, _ProfileSource(settings_cls)


class _ProfileSource(PydanticBaseSettingsSource):
    """The defaults of the profile, below everything that is said in words."""

    def get_field_value(self, field: Any, field_name: str) -> tuple[Any, str, bool]:
        return None, field_name, False

    def __call__(self) -> dict[str, Any]:
        chosen = self.current_state.get("profile") or os.environ.get("PROFILE")
        return EMBEDDED if chosen == "embedded" else {}
