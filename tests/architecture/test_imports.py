"""Who may import what: the rules of the tree, read from the source."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted(path for folder in ("shared", "services", "deploy") for path in (ROOT / folder).rglob("src/**/*.py"))
SERVICES = ("applications", "scoring", "support", "reporting")
DOMAIN = [
    path
    for path in SOURCES
    if "services" in path.parts and ("domain" in path.parts or path.name in ("domain.py", "projections.py"))
]
HANDLERS = [path for path in SOURCES if "handlers" in (path.stem, path.parent.name)]
PURE = [*DOMAIN, *HANDLERS, ROOT / "shared/src/shared/messaging/batch.py"]
CLOCKS = {"now", "utcnow", "today", "time", "time_ns", "monotonic", "perf_counter", "localtime", "gmtime"}
CLOCK_OWNERS = {"datetime", "date", "Date", "time"}


def name(path):
    return str(path.relative_to(ROOT))


def imported(tree):
    """Every module named by an import, wherever in the file it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def clocks(source):
    """Lines that read a clock."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    return sorted(
        node.lineno
        for node in calls
        if node.func.attr in CLOCKS
        and (
            (isinstance(node.func.value, ast.Name) and node.func.value.id in CLOCK_OWNERS)
            or (isinstance(node.func.value, ast.Attribute) and node.func.value.attr in CLOCK_OWNERS)
        )
    )


def floats(source):
    """Lines that name float, call it, or write a number with a point."""
    return sorted(
        node.lineno
        for node in ast.walk(ast.parse(source))
        if (isinstance(node, ast.Name) and node.id == "float")
        or (isinstance(node, ast.Constant) and isinstance(node.value, float))
    )


def test_import_rules_hold():
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_motor_is_imported_in_one_file():
    users = [
        path
        for path in SOURCES
        if any(module.split(".")[0] == "motor" for module in imported(ast.parse(path.read_text("utf-8"))))
    ]
    assert [name(path) for path in users] == ["shared/src/shared/mongo.py"]


@pytest.mark.parametrize("path", DOMAIN, ids=name)
def test_domain_has_no_float(path):
    assert floats(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", PURE, ids=name)
def test_domain_and_handlers_read_no_clock(path):
    source = path.read_text("utf-8")
    assert (clocks(source), [module for module in imported(ast.parse(source)) if module == "time"]) == ([], [])


def test_readers_of_source_see_what_they_look_for():
    assert floats("x: float = 1\ny = float('1')\nz = 0.5\nw = 1") == [1, 2, 3]
    assert clocks("datetime.now(UTC)\ntime.time()\ndatetime.date.today()\nunit.today\nevent.time.date()\ndate(2021, 1, 1)") == [
        1,
        2,
        3,
    ]
    assert list(imported(ast.parse("import a.b\ndef f():\n    from c import d"))) == ["a.b", "c"]


def test_every_service_is_looked_at():
    assert {path.relative_to(ROOT / "services").parts[0] for path in DOMAIN} == set(SERVICES)
