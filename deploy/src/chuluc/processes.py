"""The four services as child processes. Imports little: they are started before `up` has imported the rest of itself."""

import json
import socket
import sys

from chuluc.children import Child
from chuluc.directory import SERVICES, Directory, Profile
from chuluc.engines import Engines, free_port


class Processes:
    """How a service is started from this directory over these engines."""

    def __init__(self, directory: Directory, engines: Engines, profile: Profile) -> None:
        self._directory = directory
        self._engines = engines
        self.profile = profile
        self.ports = {service: free_port() for service in SERVICES}
        self.opened = directory.path / "topics-made"
        self.opened.unlink(missing_ok=True)

    def service(self, service: str, database: str | None = None) -> Child:
        """A service's process, not started yet; it touches no engine before the topics are made."""
        env = {
            "PROFILE": self.profile,
            "START_WHEN": str(self.opened),
            "KAFKA__BOOTSTRAP_SERVERS": self._engines.kafka,
            "MONGO__URI": self._engines.mongo,
            "HTTP__HOST": "127.0.0.1",
            "HTTP__PORT": str(self.ports[service]),
            "OPERATOR_TOKEN": self._directory.token(),
            # Static members are known by this name: two directories on one broker must not share it.
            "INSTANCE": f"{service}-{socket.gethostname()}-{self.ports[service]}",
        }
        if service == "reporting":  # it shows how events flow through all of them
            env["SERVICES"] = json.dumps({name: [f"http://127.0.0.1:{port}"] for name, port in self.ports.items()})
        if database:
            env["MONGO__DATABASE"] = database
        log = self._directory.logs / f"{service}.log"
        return Child(service, [sys.executable, "-m", f"{service}.cli", "run"], log, env)
