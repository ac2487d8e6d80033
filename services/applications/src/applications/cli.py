"""The command of the service: `applications run` and `applications check`."""

import gc

gc.disable()  # until all is imported: what that makes is kept, and to look it through on and on is a tenth of the start

from shared.bootstrap import command

from applications.api import routes
from applications.main import service
from applications.settings import Settings


def main() -> None:
    """Run the service or check its settings."""
    command(service, Settings, routes)


if __name__ == "__main__":
    main()
