"""Make again what is generated from the contracts: ``python -m shared.contracts.catalogue`` (`make catalogue`).

Schemas, the event catalogue, the tables in the services' READMEs, the access rights of Kafka, and the baseline that
keeps a major version compatible. Everything is a function of the code, so a test can compare it with what is on disk.
"""

import importlib
import json
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from shared.contracts.catalogue_access import acls
from shared.contracts.catalogue_compatibility import Shape, extended, shape
from shared.contracts.catalogue_schemas import CONTRACTS, SCHEMAS, all_contracts, file_name, pretty, schema_of
from shared.contracts.catalogue_tables import contracts_readme, filled, service_tables, table
from shared.messaging.service import Service
from shared.messaging.topics import SERVICES
from shared.settings import ServiceSettings

ROOT = Path(__file__).parents[4]
BASELINE = ROOT / "tests" / "contract" / "baseline.json"


def service(name: str) -> Service | None:
    """The service of this name, None where it cannot be imported; the tests of the services say why."""
    module = _module(f"{name}.main")
    return None if module is None else module.service  # type: ignore[attr-defined]


def settings_of(name: str) -> type[ServiceSettings]:
    """The settings class of a service."""
    module = _module(f"{name}.settings")
    return ServiceSettings if module is None else module.Settings  # type: ignore[attr-defined]


def declared_tables(name: str) -> dict[str, str]:
    """The tables of what a service declares beside its events, where it declares anything: `<service>.indicators`."""
    if find_spec(f"{name}.indicators") is None:
        return {}
    declared = _module(f"{name}.indicators.declared")
    return {} if declared is None else {of: table(*made) for of, made in declared.readme_tables().items()}  # type: ignore[attr-defined]


def _module(name: str) -> object | None:
    try:
        return importlib.import_module(name)
    except Exception as error:  # noqa: BLE001 - a service under construction must not keep the schemas from being made
        _say(f"LEFT OUT {name}: {error}")
        return None


@cache
def services() -> tuple[Service, ...]:
    """Every service that can be imported."""
    return tuple(found for found in map(service, SERVICES) if found is not None)


def current_shapes() -> dict[str, Shape]:
    """What the contracts promise to programs now, by type."""
    return {contract.type: shape(schema_of(contract)) for contract in all_contracts()}


def generated() -> dict[Path, str]:
    """Every generated file with the text it must have."""
    files = {SCHEMAS / file_name(contract): pretty(schema_of(contract)) for contract in all_contracts()}
    files[CONTRACTS / "README.md"] = contracts_readme()
    files[ROOT / "deploy" / "kafka" / "acls"] = acls(services())
    for found in services():
        readme = ROOT / "services" / found.name / "README.md"
        if readme.exists():
            tables = service_tables(found, settings_of(found.name)) | declared_tables(found.name)
            files[readme] = filled(readme.read_text("utf-8"), tables)
    return files


def baseline() -> dict[str, Shape]:
    """The promises made so far, by type."""
    return dict(json.loads(BASELINE.read_text("utf-8"))) if BASELINE.exists() else {}


def main() -> int:
    """Write what differs; 1 when a contract breaks a promise, whose baseline then stays as it is."""
    for path, text in generated().items():
        if not path.exists() or path.read_text("utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
            _say(f"wrote {path.relative_to(ROOT)}")
    for stray in sorted(set(SCHEMAS.glob("*.json")) - {SCHEMAS / file_name(contract) for contract in all_contracts()}):
        stray.unlink()
        _say(f"removed {stray.relative_to(ROOT)}: no contract is named so")
    promises, problems = extended(baseline(), current_shapes())
    BASELINE.write_text(json.dumps(promises, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
    for problem in problems:
        _say(f"NOT COMPATIBLE {problem}")
    if problems:
        _say(
            f"only additions inside a major: declare a new one or, before the first release, delete {BASELINE.relative_to(ROOT)}"
        )
    return 1 if problems else 0


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main())
