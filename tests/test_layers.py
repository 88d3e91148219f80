"""The ring table of the house: what each folder of `server/` may import, and that every file has its test."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import pytest

HOUSE = Path(__file__).parent.parent
SERVER = HOUSE / "server"

SOCKETS = {"starlette", "uvicorn"}
LOOP = {"asyncio"}
IMPURE = {"time", "random", "secrets", "os", "logging", "datetime"} | LOOP
EVERYTHING = {"protocol", "domain", "screeners", "store", "actions", "transport", "app", "cli", "config", "content"}
EVERYTHING |= {"files", "metrics", "embedded", "data_folder", "evaluate", "paging", "outside", "pager", "drill"}
EVERYTHING |= {"judging", "policy", "dry_run"}


class Ring(NamedTuple):
    """What is ours that it may import, what is not ours that it may not, and whether it may wait."""

    ours: set[str]
    not_theirs: set[str]
    waits: bool


RINGS = {
    "protocol": Ring(set(), {"redis", *SOCKETS, *LOOP}, waits=False),
    "domain": Ring({"protocol"}, {"redis", *SOCKETS, *IMPURE}, waits=False),
    "outside": Ring(set(), {"redis", *SOCKETS}, waits=True),
    "screeners": Ring({"protocol", "domain", "config", "outside"}, {"redis", *SOCKETS}, waits=True),
    "paging": Ring({"protocol", "domain", "config", "metrics", "outside"}, {"redis", *SOCKETS}, waits=True),
    "store": Ring({"protocol", "domain", "config", "metrics"}, SOCKETS, waits=True),
    "actions": Ring({"protocol", "domain", "store", "config", "metrics"}, {"redis", *SOCKETS}, waits=True),
    "transport": Ring({"protocol", "actions", "config", "metrics"}, {"redis"}, waits=True),
    "config": Ring(set(), {"redis", *SOCKETS}, waits=False),
    "files": Ring({"protocol", "domain", "config"}, {"redis", *SOCKETS}, waits=False),
    "metrics": Ring(set(), {"redis", *SOCKETS}, waits=False),
    "data_folder": Ring(set(), {"redis", *SOCKETS}, waits=False),
    "embedded": Ring({"data_folder"}, {"redis", *SOCKETS}, waits=True),
    "evaluate": Ring(EVERYTHING - {"store", "transport"}, {"redis", *SOCKETS, *LOOP}, waits=False),
    "pager": Ring(
        {"domain", "paging", "outside", "store", "actions", "config", "files"}, {"redis", *SOCKETS}, waits=False
    ),
    "judging": Ring({"protocol", "domain", "screeners", "files"}, {"redis", *SOCKETS, *LOOP}, waits=False),
    "index": Ring({"domain", "screeners", "files"}, {"redis", *SOCKETS, *LOOP}, waits=False),
    "policy": Ring(EVERYTHING - {"transport"}, {"redis", *SOCKETS}, waits=True),
    "dry_run": Ring(EVERYTHING - {"transport"}, {"redis", *SOCKETS}, waits=True),
    "drill": Ring(EVERYTHING, {"redis", *SOCKETS}, waits=True),
    "app": Ring(EVERYTHING, set(), waits=True),
    "cli": Ring(EVERYTHING, SOCKETS, waits=True),
    "__main__": Ring(EVERYTHING, set(), waits=True),
}

# Files without a test of their own, and what tests them instead. This list only shrinks.
TESTED_ELSEWHERE: dict[str, str] = {
    "__main__.py": "tests/test_app.py and tests/test_cli.py start it",
    "actions/caller.py": "protocols only; tests/transport/test_connection.py and test_hub.py fill them",
    "paging/route.py": "protocols only; tests/paging fill them",
    "actions/draft.py": "a struct; tests/actions/test_posting.py sends it on its way",
}

FILES = sorted(path for path in SERVER.rglob("*.py") if path.stat().st_size and path.name != "__init__.py")


def name(path: Path) -> str:
    return str(path.relative_to(SERVER))


def ring_of(path: Path) -> str:
    return path.relative_to(SERVER).parts[0].removesuffix(".py")


def imports(tree: ast.AST) -> Iterator[str]:
    """Every module that is imported when the program runs; what only the type checker reads is left out."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        else:
            yield from imports(node)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_file_imports_only_what_its_ring_may(path: Path) -> None:
    ring = RINGS[ring_of(path)]
    for module in imports(ast.parse(path.read_text())):
        top, _, rest = module.partition(".")
        if top == "server":
            inner = rest.partition(".")[0]
            assert inner == ring_of(path) or inner in ring.ours, f"{name(path)} imports {module}"
        else:
            assert top not in ring.not_theirs, f"{name(path)} imports {module}"


def test_no_file_needs_another_in_a_circle() -> None:
    modules = {".".join(path.relative_to(HOUSE).with_suffix("").parts): path for path in FILES}
    needs = {
        module: {each for name in imports(ast.parse(path.read_text())) for each in (name, name.rpartition(".")[0])}
        & modules.keys()
        for module, path in modules.items()
    }
    list(TopologicalSorter(needs).static_order())  # says which are in a circle


@pytest.mark.parametrize("path", [path for path in FILES if not RINGS[ring_of(path)].waits], ids=name)
def test_a_ring_of_rules_never_waits(path: Path) -> None:
    waiting = (ast.Await, ast.AsyncFunctionDef, ast.AsyncFor, ast.AsyncWith)
    assert not [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, waiting)]


@pytest.mark.parametrize("path", FILES, ids=name)
def test_every_file_says_what_lives_in_it(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text())), f"{name(path)} has no docstring"


def test_every_file_has_its_test() -> None:
    untested = {name(path) for path in FILES if not mirror(path).exists()}
    assert untested == set(TESTED_ELSEWHERE), "write the test, or take the file off the list"


def test_every_test_has_its_file() -> None:
    tests = HOUSE / "tests"
    mirrored = (path.relative_to(tests) for ring in RINGS for path in (tests / ring).rglob("test_*.py"))
    assert not {str(path) for path in mirrored if not (SERVER / path.parent / path.name.removeprefix("test_")).exists()}


def mirror(path: Path) -> Path:
    within = path.relative_to(SERVER)
    return HOUSE / "tests" / within.parent / f"test_{within.name}"
