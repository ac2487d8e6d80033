"""Settings of the reporting service: those of every service, nothing of its own."""

from typing import ClassVar

from shared.settings import ServiceSettings


class Settings(ServiceSettings):
    """See `shared.settings`."""

    service: ClassVar[str] = "reporting"
