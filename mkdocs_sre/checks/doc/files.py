"""Files that are not read, or not as what they seem."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_sre.checks.doc.defects import defects
from mkdocs_sre.checks.rule import fault, rule
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.location import Location
from mkdocs_sre.knowledge import KnowledgeBase
from mkdocs_sre.reading.source import Source


@rule("DOC106", "not-utf-8", level=Level.ERROR, since="0.1")
def not_utf_8(source: Source) -> Iterator[Fault]:
    """A file is UTF-8.

    ## Why
    MkDocs ends in a traceback on any other encoding, and no page of the site is built.

    ## Example
    A file saved as Windows-1252, in which `ü` is the single byte 0xFC.

    ## Use instead
    ```markdown
    # Störung der Kasse, saved as UTF-8
    ```

    ## Source
    MkDocs, Writing your docs: source files are UTF-8.
    """
    yield from defects(source, "not-utf-8")


@rule("DOC107", "control-character", level=Level.ERROR, since="0.1")
def control_character(source: Source) -> Iterator[Fault]:
    """A file holds no NUL byte.

    ## Why
    A NUL byte shows that the file is no text, or was damaged. YAML forbids it, and browsers replace it.

    ## Example
    A file whose disk was full while it was saved, so that its last block is all NUL bytes.

    ## Use instead
    ```markdown
    # Cart sessions are lost
    ```

    ## Source
    CommonMark, 2.3 Insecure characters. YAML 1.1, 5.1 Character set.
    """
    yield from defects(source, "control-character")


@rule("DOC110", "link-out-of-docs", level=Level.ERROR, since="0.1")
def link_out_of_docs(source: Source) -> Iterator[Fault]:
    """No symbolic link leads out of the docs folder.

    ## Why
    Whatever the link leads to would be published: a pull request could put any file of the build machine on the site.

    ## Example
    `docs/sre/runbooks/notes.md`, a symbolic link to `/home/ci/notes.md`.

    ## Use instead
    ```tree
    docs/sre/runbooks/notes.md
        | # Notes, copied into the docs folder
    ```

    ## Source
    Requirements: a build reads nothing outside its repository. CWE-59, link following.
    """
    yield from defects(source, "link-out-of-docs")


@rule("DOC111", "names-that-differ-in-case", level=Level.ERROR, since="0.1")
def names_that_differ_in_case(base: KnowledgeBase) -> Iterator[Fault]:
    """The paths of two files differ in more than upper and lower case.

    ## Why
    On Windows and macOS both are one file, so a checkout there has only one of them, and links lead to the wrong page.

    ## Example
    ```tree
    docs/sre/runbooks/Cart.md
        | # Cart
    docs/sre/runbooks/cart.md
        | # Cart, again
    ```

    ## Use instead
    ```tree
    docs/sre/runbooks/cart.md
        | # Cart
    docs/sre/runbooks/cart-sessions.md
        | # Sessions of the cart
    ```

    ## Source
    Requirements: the same commit gives the same verdict on every machine. Git, `core.ignoreCase`.
    """
    first: dict[str, str] = {}
    for source in base.sources:
        other = first.setdefault(source.path.casefold(), source.path)
        if other != source.path:
            message = f"the name differs from that of `{other}` in upper and lower case only"
            yield fault(Location(source.path), message, "rename one of the two files", Location(other))


@rule("DOC112", "unreadable-file", level=Level.ERROR, since="0.1")
def unreadable_file(source: Source) -> Iterator[Fault]:
    """Every Markdown file can be read.

    ## Why
    A link that leads nowhere, or a file that the build may not open, is a page that is missing when it is needed.

    ## Example
    `docs/sre/runbooks/cart.md`, a symbolic link to a file that has been removed.

    ## Use instead
    ```tree
    docs/sre/runbooks/cart.md
        | # Cart
    ```

    ## Source
    Requirements: a page that cannot be read is a finding, and the rest is still checked.
    """
    yield from defects(source, "unreadable-file")


@rule("DOC113", "oversized-file", level=Level.ERROR, since="0.1")
def oversized_file(source: Source) -> Iterator[Fault]:
    """A Markdown file has at most 16 MiB.

    ## Why
    MkDocs would take minutes to render a larger one, and nobody reads it during an incident.

    ## Example
    A log of 40 MiB that was saved as `docs/reliability/pirs/2026-02-24.md`.

    ## Use instead
    ```markdown
    # Checkout down

    The log is [kept with the other logs](https://logs.example.org/2026-02-24).
    ```

    ## Source
    Requirements: hostile or mistaken input ends in a finding, not in a hang.
    """
    yield from defects(source, "oversized-file")
