"""`mkdocs.yml` as far as the engine needs it, read without running anything in it and without MkDocs."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from mkdocs_sre.settings import Settings, SettingsError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

MAX_INHERITED = 10  # files that inherit from each other; more is a circle
PLUGIN = "sre"


class ConfigurationError(Exception):
    """A configuration that cannot be used; `problems` holds a line each, with its place."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class _Loader(yaml.SafeLoader):
    """YAML as people write it for MkDocs: every tag is read, none is obeyed but `!ENV`."""


def _environment(loader: _Loader, node: yaml.Node) -> Any:
    """Return the first of the named variables that is set, else the default that may stand last (`!ENV [A, B, default]`)."""
    if isinstance(node, yaml.SequenceNode):
        *names, default = node.value or [None]
        if not names and default is not None:
            names, default = [default], None
    else:
        names, default = [node], None
    for name in names:
        value = os.environ.get(str(name.value))
        if value is not None:
            return yaml.safe_load(value)
    return loader.construct_object(default, deep=True) if default is not None else None


def _opaque(loader: _Loader, _: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return str(node.value) or None


_Loader.add_constructor("!ENV", _environment)
_Loader.add_multi_constructor("", _opaque)


@dataclass
class _File:
    path: Path
    values: dict[str, Any]
    node: yaml.Node | None


@dataclass(frozen=True)
class Configuration:
    """What the engine needs of `mkdocs.yml`."""

    file: Path
    docs_dir: Path
    exclude: str
    settings: Settings
    layers: tuple[_File, ...]

    @property
    def folder(self) -> Path:
        """The folder in which `mkdocs.yml` stands."""
        return self.file.parent

    def lines(self, error: SettingsError) -> list[str]:
        """Return a line for each problem with the options, with its place where it stands in a file."""
        return _lines(self.layers, error)


def load_configuration(file: Path) -> Configuration:
    """Return the configuration of a site; without our plugin in it, with our defaults.

    Raises ConfigurationError when the file cannot be read, or holds options that cannot be used.
    """
    files = _inherited(file)
    values: dict[str, Any] = {}
    for one in reversed(files):
        values = _merged(values, one.values)
    docs_dir = file.parent / str(values.get("docs_dir") or "docs")
    try:
        settings = Settings.load(_options(values))
    except SettingsError as error:
        raise ConfigurationError(
            [f"{_option_place(files, path)} {'.'.join(map(str, path))} {text}" for path, text in error.problems]
        ) from None
    exclude = "\n".join(str(values.get(key) or "") for key in ("exclude_docs", "draft_docs"))
    return Configuration(file, docs_dir, exclude, settings, tuple(files))


def _lines(files: Sequence[_File], error: SettingsError) -> list[str]:
    return [
        f"{_option_place(files, path)} {'.'.join(map(str, path))} {text}" if path else text
        for path, text in error.problems
    ]


def _inherited(file: Path) -> list[_File]:
    files = [_read(file)]
    while parent := files[-1].values.get("INHERIT"):
        if len(files) > MAX_INHERITED:
            raise ConfigurationError([f"{file.name}: `INHERIT` goes in a circle"])
        files.append(_read(files[-1].path.parent / str(parent)))
    return files


def _read(file: Path) -> _File:
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ConfigurationError([f"{file.name}: {error.strerror or 'cannot be read'}"]) from None
    except UnicodeDecodeError:
        raise ConfigurationError([f"{file.name}: not UTF-8"]) from None
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        values = loader.construct_document(node) if node is not None else {}
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ConfigurationError([_syntax(file, error)]) from None
    finally:
        loader.dispose()
    if not isinstance(values, dict):
        raise ConfigurationError([f"{file.name}:1:1 holds no keys"])
    return _File(file, values, node)


def _syntax(file: Path, error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    place = f"{file.name}:{mark.line + 1}:{mark.column + 1}" if mark else file.name
    return f"{place} is not valid YAML: {getattr(error, 'problem', None) or error}"


def _merged(low: dict[str, Any], high: dict[str, Any]) -> dict[str, Any]:
    """Return both, mappings merged, everything else from `high`, as MkDocs does for `INHERIT`."""
    merged = dict(low)
    for key, value in high.items():
        below = merged.get(key)
        merged[key] = _merged(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return merged


def _options(values: dict[str, Any]) -> dict[str, Any]:
    plugins = values.get("plugins")
    if isinstance(plugins, dict):
        return _known(plugins.get(PLUGIN))
    for plugin in plugins if isinstance(plugins, list) else []:
        if isinstance(plugin, dict) and PLUGIN in plugin:
            return _known(plugin[PLUGIN])
    return {}


def _known(options: Any) -> dict[str, Any]:
    """Return the plugin's options, those that are left empty removed; `enabled` is MkDocs' own."""
    return (
        {str(key): value for key, value in options.items() if value is not None and key != "enabled"}
        if isinstance(options, dict)
        else {}
    )


def _option_place(files: Sequence[_File], path: tuple[str | int, ...]) -> str:
    for file in files:
        node = _plugin_node(file.node)
        if node is not None:
            mark = _mark(node, path)
            return f"{file.path.name}:{mark.line + 1}:{mark.column + 1}"
    return files[0].path.name


def _plugin_node(root: yaml.Node | None) -> yaml.Node | None:
    plugins = _child(root, "plugins")
    if isinstance(plugins, yaml.SequenceNode):
        return next((found for one in plugins.value if (found := _child(one, PLUGIN)) is not None), None)
    return _child(plugins, PLUGIN)


def _child(node: yaml.Node | None, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        found: yaml.Node = node.value[step]
        return found
    return None


def _mark(node: yaml.Node, path: tuple[str | int, ...]) -> yaml.Mark:
    """Return where the deepest key of the path stands that is written."""
    mark = node.start_mark
    current: yaml.Node | None = node
    for step in path:
        if isinstance(current, yaml.MappingNode):
            key = next((key for key, _ in current.value if key.value == step), None)
            mark = key.start_mark if key is not None else mark
        current = _child(current, step)
        if current is None:
            break
        if isinstance(step, int):
            mark = current.start_mark
    return mark
