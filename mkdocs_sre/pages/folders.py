"""What the folders of the kinds are called."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds import kinds

if TYPE_CHECKING:
    from collections.abc import Mapping

PARENTS = (("sre", "SRE"), ("reliability", "Reliability"))


@cache
def folder_titles() -> Mapping[str, str]:
    """Return the title of each folder that holds documents of a kind, and of those above."""
    own = {kind.index_folder or kind.folder: kind.plural for kind in kinds().values()}
    return MappingProxyType(dict(PARENTS) | own)
