"""Where the pages of alerts stand, whatever the alerts are called."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FOLDER = "alerts"
FRONT_PAGES = ("index", "readme")  # names of the page of a folder itself
MAX_NAME = 100  # characters of a name that stay as they are; file systems take 255 bytes
_DIGITS = 10  # hexadecimal, of the digest that keeps two names apart
_OTHER = re.compile(r"[^a-z0-9._-]+")
_TAKEN = re.compile(
    # A front page, a hidden file, a device of Windows, an ending that Windows drops, and what looks like our digest.
    rf"(?:index|readme)(?:\.|$)|\.|(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)|.*\.$|.*-[0-9a-f]{{{_DIGITS}}}$",
    re.DOTALL,
)
_PLACEHOLDER = re.compile(r"\{(group|alert)\}")
_PLAIN = re.compile(r"(?!\.)[A-Za-z0-9._~-]{1,120}(?<!\.)")


def safe_name(name: str) -> str:
    """Return what a name is called in a path: its lower case, of ASCII letters, digits, `-`, `_` and `.`.

    Where anything had to be replaced or cut off, a digest of the name keeps it apart from every other. Names that
    differ in case only are one.

    >>> safe_name("KubeJobFailed")
    'kubejobfailed'
    >>> safe_name("Disk full: /var")
    'disk-full-var-42415c3dfa'
    """
    key = name.lower()
    plain = _OTHER.sub("-", key)
    if plain == key and 0 < len(key) <= MAX_NAME and not _TAKEN.match(key):
        return key
    digest = sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
    return "-".join(part for part in (plain[:MAX_NAME].strip("-."), digest) if part)


def page_path(name: str) -> str:
    """Return the path of an alert's page in the docs folder."""
    return f"{FOLDER}/{safe_name(name)}.md"


def alias_paths(patterns: Iterable[str], name: str, groups: Iterable[str]) -> Iterator[str]:
    """Yield the paths of the pages that stand for an alert at further addresses, its own left out, none twice.

    A pattern may hold `{alert}` and `{group}`, the rule group; one with `{group}` makes a path for each of them.
    """
    seen = {page_path(name)}
    ordered = list(dict.fromkeys(groups))
    for pattern in patterns:
        for group in ordered if "{group}" in pattern else [""]:
            path = _filled(pattern, {"alert": name, "group": group})
            if path and path not in seen:
                seen.add(path)
                yield path


def _filled(pattern: str, values: dict[str, str]) -> str:
    """Return the path that a pattern makes; empty without a part that names something. No part leads up."""
    parts = []
    for part in pattern.removesuffix(".md").removesuffix(".html").split("/"):
        if part.strip(". "):
            made = _PLACEHOLDER.sub(lambda found: safe_name(values[found[1]]), part)
            parts.append(made if _PLAIN.fullmatch(made) else safe_name(made))
    return f"{'/'.join([*parts[:-1], _not_front(parts[-1])])}.md" if parts else ""


def path_at(address: str) -> str:
    """Return the path of the page that would stand at an address of the site; empty where none can be made.

    `address` is what follows the site's own, decoded and without a leading slash, such as `node/noderaiddegraded/`.
    """
    bare = address.removesuffix("/").removesuffix(".html").removesuffix("/index")
    parts = bare.split("/")
    if not all(_PLAIN.fullmatch(part) for part in parts) or _not_front(parts[-1]) != parts[-1]:
        return ""
    return "" if parts[-1].lower().endswith((".md", ".markdown")) else f"{bare}.md"


def _not_front(part: str) -> str:
    return safe_name(part) if part.lower() in FRONT_PAGES else part
