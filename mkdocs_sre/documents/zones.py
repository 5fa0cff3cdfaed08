"""Time zones as keys hold them."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from mkdocs_sre.documents.timing import zone_named
from mkdocs_sre.documents.values import Words


def _zone_name(value: Any) -> str:
    if not isinstance(value, str) or zone_named(value) is None:
        raise PydanticCustomError("sre_value", "must be a time zone by its IANA name, such as `Europe/London`")
    return value


ZoneName = Annotated[str, BeforeValidator(_zone_name), Words("an IANA time zone", "time zones")]
