"""The command ``reporting``: run the service, check its settings, or build its documents anew."""

from reporting.api import routes
from reporting.main import service
from reporting.settings import Settings
from shared import bootstrap


def main() -> None:
    """Entry point of ``reporting`` and of ``python -m reporting.cli``."""
    bootstrap.command(service, Settings, routes)


if __name__ == "__main__":
    main()
