"""Settings of the reporting service: those of every service, and where the others answer."""

from typing import ClassVar

from pydantic import Field
from shared.settings import ServiceSettings


class Settings(ServiceSettings):
    """See `shared.settings`."""

    service: ClassVar[str] = "reporting"

    services: dict[str, list[str]] = Field(
        default_factory=dict,
        description="HTTP addresses of each service's instances, for the operators' page; JSON, "
        'for example {"scoring": ["http://scoring:8000"]}',
    )
