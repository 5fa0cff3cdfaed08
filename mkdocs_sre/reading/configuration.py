"""`mkdocs.yml` as far as the engine needs it, read without running anything in it and without MkDocs."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml
from pathspec import GitIgnoreSpec
from yaml.constructor import ConstructorError

from mkdocs_sre.documents.location import Location
from mkdocs_sre.reading.snippets import snippet_folders
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

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:  # noqa: FBT001, FBT002 PyYAML's signature
        """Return a node's value; what PyYAML cannot make of it (`2026-02-30`, `!!bool maybe`) is told with its place."""
        try:
            return super().construct_object(node, deep)
        except (ValueError, TypeError, LookupError, AttributeError):
            raise ConstructorError(None, None, f"`{node.value}` cannot be read", node.start_mark) from None


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
            try:
                return yaml.safe_load(value)
            except yaml.YAMLError:
                problem = f"the value of the variable {name.value} is not valid YAML"
                raise ConstructorError(None, None, problem, node.start_mark) from None
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
    site_name: str = ""
    directory_urls: bool = True
    snippet_folders: tuple[Path, ...] = ()
    site_url: str = ""

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
    docs_dir = file.parent / _text(files, values, "docs_dir", "docs")
    if not docs_dir.is_dir():
        what = "is no folder" if docs_dir.exists() else "does not exist"
        raise ConfigurationError([f"{file.name}: the docs folder {docs_dir} {what}; create it, or set `docs_dir`"])
    options = _options(values)
    if not isinstance(options, dict):
        raise ConfigurationError([f"{_option_place(files, ())} the options of `{PLUGIN}` must hold keys with values"])
    try:
        settings = Settings.load(_given(options))
    except SettingsError as error:
        raise ConfigurationError(_lines(files, error)) from None
    exclude = "\n".join(_patterns(files, values, key) for key in ("exclude_docs", "draft_docs"))
    name = _text(files, values, "site_name")
    directory_urls = values.get("use_directory_urls") is not False
    snippets = snippet_folders(values.get("markdown_extensions"), file.parent, docs_dir)
    url = _text(files, values, "site_url")
    return Configuration(file, docs_dir, exclude, settings, tuple(files), name, directory_urls, snippets, url)


def _text(files: Sequence[_File], values: dict[str, Any], key: str, default: str = "") -> str:
    value = values.get(key)
    if value is not None and not isinstance(value, str):
        raise ConfigurationError([f"{_key_place(files, key)} {key} must be text"])
    return value or default


def _patterns(files: Sequence[_File], values: dict[str, Any], key: str) -> str:
    text = _text(files, values, key)
    try:
        GitIgnoreSpec.from_lines(text.splitlines())
    except ValueError as error:
        raise ConfigurationError([f"{_key_place(files, key)} {key} {error}"]) from None
    return text


def _lines(files: Sequence[_File], error: SettingsError) -> list[str]:
    return [
        f"{_option_place(files, path)} {'.'.join(map(str, path))} {text}" if path else text
        for path, text in error.problems
    ]


def _inherited(file: Path) -> list[_File]:
    files = [_read(file, "; go to its folder, name it with `-f`, or begin a site with `mkdocs-sre init`")]
    while parent := _text(files[-1:], files[-1].values, "INHERIT"):
        if len(files) > MAX_INHERITED:
            raise ConfigurationError([f"{file.name}: `INHERIT` goes in a circle"])
        files.append(_read(files[-1].path.parent / parent))
    return files


def _read(file: Path, cure: str = "") -> _File:
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise ConfigurationError([f"{file.name}: {error.strerror}{cure}"]) from None
    except OSError as error:
        raise ConfigurationError([f"{file.name}: {error.strerror or 'cannot be read'}"]) from None
    except UnicodeDecodeError:
        raise ConfigurationError([f"{file.name}: not UTF-8"]) from None
    except ValueError:  # a NUL character in the path
        raise ConfigurationError([f"{file.name!r}: no path of a file"]) from None
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        values = loader.construct_document(node) if node is not None else {}
    except (yaml.YAMLError, RecursionError) as error:
        raise ConfigurationError([_syntax(file, error)]) from None
    if not isinstance(values, dict):
        raise ConfigurationError([f"{file.name}:1:1 holds no keys"])
    return _File(file, values, node)


def _syntax(file: Path, error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    place = f"{file.name}:{mark.line + 1}:{mark.column + 1}" if mark else file.name
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or error
    return f"{place} is not valid YAML: {problem}"


def _merged(low: dict[str, Any], high: dict[str, Any]) -> dict[str, Any]:
    """Return both, mappings merged, everything else from `high`, as MkDocs does for `INHERIT`."""
    merged = dict(low)
    for key, value in high.items():
        below = merged.get(key)
        merged[key] = _merged(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return merged


def _options(values: dict[str, Any]) -> Any:
    """Return what stands under our plugin's name, whatever it is; an empty mapping when nothing does."""
    plugins = values.get("plugins")
    places = plugins if isinstance(plugins, list) else [plugins]
    found = next((one[PLUGIN] for one in places if isinstance(one, dict) and PLUGIN in one), None)
    return {} if found is None else found


def _given(options: dict[Any, Any]) -> dict[str, Any]:
    """Return the options that are not left empty; `enabled` is MkDocs' own."""
    return {str(key): value for key, value in options.items() if value is not None and key != "enabled"}


def _option_place(files: Sequence[_File], path: tuple[str | int, ...]) -> str:
    for file in files:
        node = _plugin_node(file.node)
        if node is not None:
            mark = _mark(node, path)
            return f"{file.path.name}:{mark.line + 1}:{mark.column + 1}"
    return files[0].path.name


def option_place(file: Path, docs_dir: Path, path: tuple[str | int, ...]) -> Location:
    """Return where an option of ours stands, in the configuration or in one that it inherits from.

    The beginning of the file when that is told nowhere: when it cannot be read, or has no such option.
    """
    try:
        files = _inherited(file)
    except ConfigurationError:
        files = []
    for one in files:
        node = _plugin_node(one.node)
        if node is not None:
            mark = _mark(node, path)
            return Location(_seen(one.path, docs_dir), mark.line + 1, mark.column + 1)
    return Location(_seen(file, docs_dir))


def _seen(file: Path, docs_dir: Path) -> str:
    return os.path.relpath(file, docs_dir).replace(os.sep, "/")


def _key_place(files: Sequence[_File], key: str) -> str:
    for file in files:
        if _child(file.node, key) is not None and file.node is not None:
            mark = _mark(file.node, (key,))
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
