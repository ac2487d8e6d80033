"""Settings of the support service: those of every service."""

from typing import ClassVar

from shared.settings import ServiceSettings


class Settings(ServiceSettings):
    """Nothing beside what every service has."""

    service: ClassVar[str] = "support"
