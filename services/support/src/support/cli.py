"""The command of the service: `support run` and `support check`."""

from shared.bootstrap import command

from support.api import routes
from support.main import service
from support.settings import Settings


def main() -> None:
    """Run the service or check its settings."""
    command(service, Settings, routes)


if __name__ == "__main__":
    main()
