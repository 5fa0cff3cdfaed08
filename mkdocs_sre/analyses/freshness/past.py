"""Services as earlier commits described them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.service import Service
from mkdocs_sre.reading.documents import Typing
from mkdocs_sre.reading.source import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from mkdocs_sre.history.remembered import History, Version
    from mkdocs_sre.settings import Settings


class PastServices:
    """What git remembers of services; each version of a file is read at most once, and only when it is asked for."""

    def __init__(self, settings: Settings, history: History) -> None:
        self._settings = settings
        self._versions = history.versions
        self._read: dict[tuple[str, int], list[Service]] = {}

    def newest_first(self, service: Service) -> Iterator[tuple[date, Service | None]]:
        """Yield the day of each commit that changed a service's file, and the service as it stood then.

        None where the file was gone or did not describe the service.
        """
        versions = self._versions.get(service.path, ())
        for index in range(len(versions) - 1, -1, -1):
            yield versions[index].commit.day, self._named(service, index, versions[index])

    def on(self, service: Service, day: date) -> Service | None:
        """Return a service as the last commit of a day, or the last one before it, left it; None when nobody knows."""
        versions = self._versions.get(service.path, ())
        for index in range(len(versions) - 1, -1, -1):
            if versions[index].commit.day <= day:
                return self._named(service, index, versions[index])
        return None

    def since(self, service: Service, holds: Callable[[Service], bool]) -> date | None:
        """Return the day from which something held of a service in every commit up to the last; None when it does not hold there."""
        first = None
        for day, then in self.newest_first(service):
            if then is None or not holds(then):
                break
            first = day
        return first

    def _named(self, service: Service, index: int, version: Version) -> Service | None:
        key = service.path, index
        if key not in self._read:
            self._read[key] = self._services(service.path, version.data)
        names = {name.lower() for name in (service.id, *service.aliases)}
        return next((one for one in self._read[key] if one.id.lower() in names), None)

    def _services(self, path: str, data: bytes | None) -> list[Service]:
        documents = self._typing.documents(read(path, data)) if data is not None else []
        return [one for one in documents if isinstance(one, Service) and one.origin.intact]

    @cached_property
    def _typing(self) -> Typing:
        return Typing(self._settings)
