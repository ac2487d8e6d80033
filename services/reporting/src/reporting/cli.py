"""The command ``reporting``: run the service, check its settings, or build its documents anew."""

import gc

gc.disable()  # until all is imported: what that makes is kept, and to look it through on and on is a tenth of the start

from reporting.api import routes
from reporting.main import service
from reporting.settings import Settings
from shared import bootstrap


def main() -> None:
    """Entry point of ``reporting`` and of ``python -m reporting.cli``."""
    bootstrap.command(service, Settings, routes)


if __name__ == "__main__":
    main()
