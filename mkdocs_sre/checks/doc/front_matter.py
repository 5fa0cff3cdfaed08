"""Front matter that cannot be read, or that the site would show as text."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_sre.checks.doc.defects import defects
from mkdocs_sre.checks.rule import rule
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.reading.source import Source


@rule("DOC101", "malformed-front-matter", level=Level.ERROR, since="0.1")
def malformed_front_matter(source: Source) -> Iterator[Fault]:
    """Front matter is valid YAML.

    ## Why
    MkDocs says nothing when it cannot read front matter: the page loses its title and keys, and the front matter is
    shown as text. A document that nobody can read is neither checked nor found.

    ## Example
    ```yaml
    type: runbook
    id: cart-sessions-lost
    owner: @team-checkout
    ```

    ## Use instead
    ```yaml
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    ```

    ## Source
    Requirements: front matter that cannot be read is a finding with its place, never a silent loss. YAML 1.1, chapter 5.
    """
    yield from defects(source, "malformed-front-matter")


@rule("DOC102", "duplicate-key", level=Level.ERROR, since="0.1")
def duplicate_key(source: Source) -> Iterator[Fault]:
    """A key stands once in its mapping.

    ## Why
    Most YAML readers take the last of two values without a word, some the first. Whoever edits the other one changes
    nothing, and a wrong owner is called.

    ## Example
    ```yaml
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    owner: "@team-platform"
    ```

    ## Use instead
    ```yaml
    type: runbook
    id: cart-sessions-lost
    owner: "@team-checkout"
    ```

    ## Source
    YAML 1.1, 3.2.1.3: the keys of a mapping are unique.
    """
    yield from defects(source, "duplicate-key")


@rule("DOC103", "unclosed-front-matter", level=Level.ERROR, since="0.1")
def unclosed_front_matter(source: Source) -> Iterator[Fault]:
    """Front matter ends with a line `---`, and a line break follows it.

    ## Why
    Without the closing line the site shows the keys as text, and none of them counts. The same happens when the closing
    line is the last of the file and no line break follows it.

    ## Example
    ```markdown
    ---
    type: runbook
    id: cart-sessions-lost

    # Cart sessions are lost
    ```

    ## Use instead
    ```markdown
    ---
    type: runbook
    id: cart-sessions-lost
    ---

    # Cart sessions are lost
    ```

    ## Source
    MkDocs, Meta-Data: front matter stands between two lines `---`.
    """
    yield from defects(source, "unclosed-front-matter")


@rule("DOC104", "front-matter-without-keys", level=Level.ERROR, since="0.1")
def front_matter_without_keys(source: Source) -> Iterator[Fault]:
    """Front matter holds keys with values, not a list or a single value.

    ## Why
    A document's type, id and owner are keys. A list has none, so MkDocs shows all of it as text.

    ## Example
    ```yaml
    - type: runbook
    - id: cart-sessions-lost
    ```

    ## Use instead
    ```yaml
    type: runbook
    id: cart-sessions-lost
    ```

    ## Source
    MkDocs, Meta-Data: front matter is a mapping of keys to values.
    """
    yield from defects(source, "front-matter-without-keys")


@rule("DOC105", "late-front-matter", level=Level.ERROR, since="0.1")
def late_front_matter(source: Source) -> Iterator[Fault]:
    """Front matter begins in the first line of the file.

    ## Why
    A blank line before `---` makes a horizontal rule of it: the site shows the keys as text, and none of them counts.

    ## Example
    ```markdown

    ---
    type: runbook
    id: cart-sessions-lost
    ---
    ```

    ## Use instead
    ```markdown
    ---
    type: runbook
    id: cart-sessions-lost
    ---
    ```

    ## Source
    MkDocs, Meta-Data: front matter must be the first thing in the file.
    """
    yield from defects(source, "late-front-matter")


@rule("DOC108", "oversized-front-matter", level=Level.ERROR, since="0.1")
def oversized_front_matter(source: Source) -> Iterator[Fault]:
    """Front matter is at most 262,144 characters long.

    ## Why
    What is longer is data, not the head of a document. Reading it would hold up every build and every check.

    ## Example
    Front matter with a list of 20,000 hosts.

    ## Use instead
    ```yaml
    type: runbook
    id: cart-sessions-lost
    dashboards: ["https://dashboards.example.org/cart-hosts"]
    ```

    ## Source
    Requirements: hostile or mistaken input ends in a finding, not in a hang.
    """
    yield from defects(source, "oversized-front-matter")


@rule("DOC109", "too-many-aliases", level=Level.ERROR, since="0.1")
def too_many_aliases(source: Source) -> Iterator[Fault]:
    """Aliases repeat at most 1,000 values.

    ## Why
    A few lines of aliases of aliases stand for billions of values and fill all memory; an alias inside its own value
    never ends. MkDocs would not survive either.

    ## Example
    ```yaml
    a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
    b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
    c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
    d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
    ```

    ## Use instead
    ```yaml
    a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
    b: *a
    ```

    ## Source
    Requirements: hostile or mistaken input ends in a finding, not in a hang.
    """
    yield from defects(source, "too-many-aliases")
