"""Inside a major version only additions: what a new schema would break for those who read or send the old one.

Services and subscribers are upgraded one at a time, in any order. So an event of either version must be readable by
both, and only one change is harmless: a new field that need not be there.
"""

from typing import Any

from shared.contracts.catalogue_schemas import inlined

WORDS_FOR_PEOPLE = {"title", "description", "examples", "$schema", "$id"}
Shape = dict[str, Any]


def shape(schema: dict[str, Any]) -> Shape:
    """What a schema promises to programs: references resolved, words for people left out."""
    return _without_words(inlined(schema))


def _without_words(node: Shape) -> Shape:
    kept: Shape = {}
    for name, value in node.items():
        if name == "properties":
            kept[name] = {field: _without_words(value[field]) for field in sorted(value)}
        elif name == "required":
            kept[name] = sorted(value)
        elif name not in WORDS_FOR_PEOPLE:
            kept[name] = _without_words_in(value)
    return kept


def _without_words_in(value: Any) -> Any:
    if isinstance(value, dict):
        return _without_words(value)
    return [_without_words_in(entry) for entry in value] if isinstance(value, list) else value


def breaks(old: Shape, new: Shape, path: str = "event") -> list[str]:
    """Every promise of `old` that `new` does not keep, with the path of the field; empty where it only adds."""
    found = _fields_that_break(old, new, path)
    for keyword in sorted((old.keys() | new.keys()) - {"properties", "required"}):
        before, after = old.get(keyword), new.get(keyword)
        if keyword == "items" and before is not None and after is not None:
            found += breaks(before, after, f"{path}[]")
        elif keyword == "anyOf" and before and after and len(before) == len(after):
            for one, other in zip(before, after, strict=True):
                found += breaks(one, other, path)
        elif before != after:
            found.append(f"{path}: {keyword} was {before!r} and is {after!r}")
    return found


def _fields_that_break(old: Shape, new: Shape, path: str) -> list[str]:
    before, after = old.get("properties", {}), new.get("properties", {})
    needed, needs = set(old.get("required", ())), set(new.get("required", ()))
    found = [f"{path}.{name} was removed" for name in before if name not in after]
    found += [f"{path}.{name} is required now, and was not" for name in sorted(needs - needed)]
    found += [f"{path}.{name} may be missing now, and subscribers rely on it" for name in sorted(needed - needs) if name in after]
    for name in before:
        if name in after:
            found += breaks(before[name], after[name], f"{path}.{name}")
    return found


def extended(baseline: dict[str, Shape], current: dict[str, Shape]) -> tuple[dict[str, Shape], list[str]]:
    """The baseline with all harmless additions taken in, and what would break: those types keep their old shape."""
    kept = dict(baseline)
    problems = [
        f"{kind} is gone; it stays until its major version is withdrawn" for kind in sorted(baseline.keys() - current.keys())
    ]
    for kind, new in current.items():
        broken = breaks(baseline[kind], new) if kind in baseline else []
        problems += [f"{kind}: {problem}" for problem in broken]
        if not broken:
            kept[kind] = new
    return {kind: kept[kind] for kind in sorted(kept)}, problems
