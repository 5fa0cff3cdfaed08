"""The site as plain Markdown files, for a generator that does not run the plugin."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from mkdocs_sre.documents.base import SITE_KEYS
from mkdocs_sre.pages.alerts.redirects import redirects
from mkdocs_sre.pages.generated import pages, theme_folder
from mkdocs_sre.pages.published import published, stand_ins
from mkdocs_sre.reading.folder import ENDINGS, find
from mkdocs_sre.reading.page import PageText, decoded, put_together, take_apart

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mkdocs_sre.pages.site import Site


def tree(site: Site, docs_dir: Path, exclude: str = "") -> Iterator[tuple[str, bytes | Path]]:
    """Yield every file of the rendered site by its path: the bytes of a page, or the file to copy.

    `site` holds the knowledge base of the docs folder, and `exclude` is the patterns that it was loaded with. What
    MkDocs reads in a page is what it would be given by the plugin: the same Markdown to the byte, the same title. Of
    its front matter a typed page keeps the keys of `SITE_KEYS` alone, so that no engine takes it for a document again;
    an untyped page keeps all.
    """
    left_out = dict(stand_ins(site))
    made: dict[str, bytes | Path] = {
        path: _ours(site, path, text) for path, text in left_out.items() if text is not None
    }
    for path, file in find(docs_dir, exclude, everything=True):
        if path in left_out or not stat.S_ISREG(file.stat().st_mode):  # a pipe would be waited for
            continue
        made[path] = _authors(site, path, file.read_bytes()) if path.endswith(ENDINGS) else file
    ours = [*pages(site)] if site.base.settings.pages else []
    for page in ours:
        made.setdefault(page.path, _ours(site, page.path, page.markdown))
    for path, html in redirects(site, [page.path for page in ours]):
        made.setdefault(path, html.encode())
    for file in theme_folder().rglob("*"):
        if file.is_file():
            made.setdefault(file.relative_to(theme_folder()).as_posix(), file)
    yield from sorted(made.items())


def _authors(site: Site, path: str, data: bytes) -> bytes:
    read = take_apart(decoded(data))
    keys, markdown = published(site, path, read.markdown, read.meta)
    typed = path in site.base.by_path
    meta = {key: value for key, value in {**read.meta, **keys}.items() if not typed or key in SITE_KEYS}
    return put_together(PageText(meta, markdown)).encode()


def _ours(site: Site, path: str, text: str) -> bytes:
    read = take_apart(text)
    keys, markdown = published(site, path, read.markdown, read.meta, own=True)
    return put_together(PageText(read.meta | keys, markdown)).encode()
