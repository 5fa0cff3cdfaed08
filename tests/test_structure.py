"""The size of things, so that every module can be read in one sitting; and what stands beside the code."""

from __future__ import annotations

import ast
from pathlib import Path
from statistics import quantiles

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "mkdocs_sre").rglob("*.py"))
MAX_FILE_LINES = 300
MAX_FUNCTION_LINES = 60
MAX_NINTH_DECILE = 30
MAX_PARAMETERS = 6

Function = ast.FunctionDef | ast.AsyncFunctionDef


def _functions() -> list[tuple[str, Function]]:
    return [
        (f"{module.relative_to(ROOT)}:{node.lineno} {node.name}", node)
        for module in MODULES
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, Function)
    ]


def _code_lines(function: Function) -> int:
    """The lines of a function without its docstring: a rule's docstring is its page."""
    assert function.end_lineno is not None
    lines = function.end_lineno - function.lineno + 1
    first = function.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        assert first.end_lineno is not None
        lines -= first.end_lineno - first.lineno + 1
    return lines


def _is_command(function: Function) -> bool:
    """Whether click calls it: then a parameter is an option, and their number is the command's."""
    return any("option" in ast.unparse(one) or "command" in ast.unparse(one) for one in function.decorator_list)


@pytest.mark.parametrize("module", MODULES, ids=[str(module.relative_to(ROOT)) for module in MODULES])
def test_modules_are_short(module: Path) -> None:
    lines = len(module.read_text(encoding="utf-8").splitlines())
    if module.parent.parent.name == "checks":
        lines -= sum(
            len(ast.get_docstring(node) or "") and (ast.get_docstring(node) or "").count("\n")
            for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
            if isinstance(node, Function)
        )
    assert lines <= MAX_FILE_LINES


def test_functions_are_short() -> None:
    sizes = {name: _code_lines(function) for name, function in _functions()}
    assert {name: size for name, size in sizes.items() if size > MAX_FUNCTION_LINES} == {}
    assert quantiles(sizes.values(), n=10)[8] <= MAX_NINTH_DECILE


def test_functions_have_few_parameters() -> None:
    many = {}
    for name, function in _functions():
        arguments = function.args
        number = len(
            [
                one
                for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
                if one.arg not in ("self", "cls")
            ]
        )
        if number > MAX_PARAMETERS and not _is_command(function):
            many[name] = number
    assert many == {}


def test_the_license_the_changelog_and_the_guide_for_contributors_are_there() -> None:
    for name in ("LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "README.md"):
        assert (ROOT / name).read_text(encoding="utf-8").strip()
