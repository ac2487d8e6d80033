"""The command of the service: `support run` and `support check`."""

import gc

gc.disable()  # until all is imported: what that makes is kept, and to look it through on and on is a tenth of the start

from shared.bootstrap import command

from support.api import routes
from support.main import service
from support.settings import Settings


def main() -> None:
    """Run the service or check its settings."""
    command(service, Settings, routes)


if __name__ == "__main__":
    main()
