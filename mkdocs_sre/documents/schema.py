"""The JSON Schema of a kind's front matter."""

from __future__ import annotations

import json
from difflib import get_close_matches
from inspect import cleandoc
from typing import Any

from mkdocs_sre.documents.base import SITE_KEYS
from mkdocs_sre.documents.kinds import kinds


class UnknownKindError(Exception):
    """A name that no kind has."""

    def __init__(self, name: str) -> None:
        near = get_close_matches(name, kinds(), 1)
        hint = f"did you mean `{near[0]}`?" if near else f"use one of {', '.join(kinds())}"
        super().__init__(f"`{name}` is no kind of document; {hint}")


def json_schema(name: str) -> str:
    """Return the JSON Schema (2020-12) of a kind as text. Raises UnknownKindError."""
    kind = kinds().get(name)
    if kind is None:
        raise UnknownKindError(name)
    made: dict[str, Any] = kind.model_json_schema(by_alias=True)
    made["properties"]["type"] = {"const": name, "description": "The kind of the document."}
    for key in sorted(SITE_KEYS - made["properties"].keys()):
        made["properties"][key] = {"description": "Read by MkDocs, its theme or another plugin."}
    made["required"] = ["type", *(key for key in made.get("required", []) if key != "type")]
    made["title"] = kind.label
    made["description"] = cleandoc(kind.__doc__ or "")
    return json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **made}, indent=2) + "\n"
