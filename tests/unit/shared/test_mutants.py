"""The list of builds broken on purpose is up to date: what each breaks is there once, and so is the test that notices."""

import ast
from functools import cache
from pathlib import Path

import pytest
from faults.builds import MUTANTS, Mutant

ROOT = Path(__file__).resolve().parents[3]
BY_NAME = pytest.mark.parametrize("of", MUTANTS, ids=lambda m: m.name)


@cache
def cases_of(file: str) -> dict[str, set[str]]:
    """The tests of a file by name, each with the texts its decorators say: the names of its cases are among them."""
    tree = ast.parse((ROOT / file).read_text())
    found = (node for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return {node.name: _said(node.decorator_list) for node in found if node.name.startswith("test_")}


def _said(decorators: list[ast.expr]) -> set[str]:
    nodes = [node for decorator in decorators for node in ast.walk(decorator)]
    texts = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    both = any(isinstance(node, ast.Name) and node.id == "on_both_brokers" for node in nodes)
    return texts | {"tansu", "apache-kafka"} if both else texts


@BY_NAME
def test_text_to_break_stands_exactly_once(of: Mutant) -> None:
    """As mutants.py applies them: one change after the other, each to what the one before it left."""
    text = (ROOT / of.file).read_text()
    for old, new in of.changes:
        assert (text.count(old), old == new) == (1, False), old
        text = text.replace(old, new)
    ast.parse(text)


@BY_NAME
def test_test_that_has_to_notice_exists(of: Mutant) -> None:
    file, _, node = of.test.partition("::")
    name, _, case = node.removesuffix("]").partition("[")
    found = cases_of(file)
    assert found if not name else name in found
    assert not case or case in found[name] or set(case.split("-")) <= found[name]


def test_names_are_not_used_twice() -> None:
    assert len({of.name for of in MUTANTS}) == len(MUTANTS)
