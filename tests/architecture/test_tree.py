"""The shape of the tree: what a person finds in one service they find in all, and what a text names is there."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SERVICES = ("applications", "scoring", "support", "reporting")
LISTED = subprocess.run(
    ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
).stdout.splitlines()
TREE = [path for name in LISTED if (path := ROOT / name).is_file()]
TARGETS = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
CODE = re.compile(r"```.*?\n(.*?)```|`([^`\n]+)`|^ {4}([^\n]*)$", re.MULTILINE | re.DOTALL)
MAKE = re.compile(r"(?:^|&&|;)\s*make ([a-z][a-z-]*)", re.MULTILINE)
# Put together here so that this file does not name them either.
HOSTS = [
    "pypi" + ".org",
    "python" + "hosted.org",
    "npm" + "js.",
    "crates" + ".io",
    "repo" + ".maven",
    "repo" + "1.maven",
    "proxy.golang" + ".org",
]
PAGES = [path for path in TREE if path.suffix in (".html", ".css", ".js", ".svg") and "tests" not in path.parts]
LONGEST = 350


def name(path):
    return str(path.relative_to(ROOT))


def make_targets(text):
    """The targets that the code in a Markdown text calls."""
    code = ["".join(found) for found in CODE.findall(text)]
    return [target for snippet in code for target in MAKE.findall(snippet)]


def parts(service):
    """The modules of a service; a folder of modules counts as the module of its name."""
    folder = ROOT / "services" / service / "src" / service
    found = {path.stem if path.suffix == ".py" else path.name for path in folder.iterdir() if not path.name.startswith("__")}
    return {part for part in found if (folder / f"{part}.py").exists() or list((folder / part).glob("*.py"))}


@pytest.mark.parametrize("service", SERVICES)
def test_service_has_the_same_files_as_every_other(service):
    more = {"projections", "indicators", "export", "pages", "texts"} if service == "reporting" else set()
    assert parts(service) - more == {"main", "settings", "domain", "handlers", "repository", "api", "cli"}
    assert [
        file for file in ("README.md", "Dockerfile", "pyproject.toml") if not (ROOT / "services" / service / file).exists()
    ] == []


@pytest.mark.parametrize("service", SERVICES)
def test_init_of_service_is_empty(service):
    assert (ROOT / "services" / service / "src" / service / "__init__.py").read_text("utf-8").strip() == ""


def test_no_file_is_longer_than_a_person_reads():
    sources = [path for path in TREE if path.suffix == ".py" and "tests" not in path.parts]
    lengths = {name(path): len(path.read_text("utf-8").splitlines()) for path in sources}
    assert {file: lines for file, lines in lengths.items() if lines > LONGEST} == {}


@pytest.mark.parametrize("path", [path for path in TREE if path.suffix == ".md"], ids=name)
def test_every_make_target_a_document_names_exists(path):
    assert set(make_targets(path.read_text("utf-8"))) - TARGETS == set()


@pytest.mark.parametrize("path", [path for path in TREE if path.suffix == ".md"], ids=name)
def test_every_file_a_document_links_to_exists(path):
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text("utf-8"))
    assert [link for link in links if not re.match(r"[a-z]+:", link) and not (path.parent / link).exists()] == []


def test_looking_for_make_targets_finds_them():
    text = "Run `make test`, or:\n\n    make run\n\n```sh\nmake lint && make types\n```\nWe\nmake sure; make nothing else."
    assert make_targets(text) == ["test", "run", "lint", "types"]


def outside(text):
    """What a page would fetch from elsewhere; the names of XML namespaces are no addresses."""
    return re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}[^\s\"'<>)]*", text.replace("http://www.w3.org/", ""))


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_page_asset_names_no_other_host(path):
    assert outside(path.read_text("utf-8")) == []


def test_looking_for_outside_assets_finds_them():
    text = '<script src="https://cdn.example.com/x.js"></script><link href="//fonts.example.com/a"><svg xmlns="http://www.w3.org/2000/svg">'
    assert outside(text) == ["https://cdn.example.com/x.js", "//fonts.example.com/a"]


def test_nothing_in_the_tree_names_a_package_index():
    found = []
    for path in TREE:
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{name(path)}: {host}" for host in HOSTS if host in text]
    assert found == []


def test_every_public_function_of_a_service_says_what_it_does():
    silent = []
    for path in TREE:
        if path.suffix == ".py" and "services" in path.parts and "tests" not in path.parts:
            for node in ast.parse(path.read_text("utf-8")).body:
                if (
                    isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
                    and not node.name.startswith("_")
                    and not ast.get_docstring(node)
                ):
                    silent.append(f"{name(path)}: {node.name}")
    assert silent == []
