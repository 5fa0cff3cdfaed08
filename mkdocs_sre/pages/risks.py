"""Risks in words and on the matrix of severity and likelihood."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.risk_assessment import HIGHEST, LOWEST
from mkdocs_sre.pages.drawing.matrix import Mark, Scale, matrix_svg
from mkdocs_sre.pages.heads import Chip

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from mkdocs_sre.documents.kinds.risk_assessment import Risk
    from mkdocs_sre.pages.site import Site

SEVERITY = ("hardly felt", "minor", "serious", "severe", "all users stop")
LIKELIHOOD = ("rare", "unlikely", "possible", "likely", "expected")
HIGH, MIDDLE = 15, 8  # scores from which a cell of the matrix is drawn darker
_ALPHABET = 26


def rank(risk: Risk) -> tuple[int, int, str, str]:
    """Return what sorts risks from the highest score down; of equal ones the more severe comes first."""
    return -risk.product, -risk.severity, risk.subject.casefold(), risk.title


def letter(index: int) -> str:
    """Return the letters of a place in a list, as in a spreadsheet.

    >>> letter(0), letter(25), letter(26)
    ('A', 'Z', 'AA')
    """
    text = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, _ALPHABET)
        text = chr(ord("A") + rest) + text
    return text


def score(risk: Risk) -> str:
    """Return a risk's score as HTML, and how it comes about in words."""
    words = f"{SEVERITY[risk.severity - LOWEST]} ({risk.severity}) &#215; {LIKELIHOOD[risk.likelihood - LOWEST]} ({risk.likelihood})"
    return f"<b>{risk.product}</b> <small>{words}</small>"


def treatment(risk: Risk, as_of: date) -> Chip:
    """Return what is done about a risk, and how long that holds."""
    if risk.treatment == "accept":
        if risk.expires is None:
            return Chip("accepted without end", "bad")
        if risk.expires < as_of:
            return Chip(f"acceptance expired {risk.expires.isoformat()}", "bad")
        return Chip(f"accepted to {risk.expires.isoformat()}", "ok")
    if risk.treatment is None:
        return Chip("untreated", "none")
    return Chip(risk.treatment, "due" if risk.treatment == "mitigate" else "plain")


def matrix(marked: Iterable[tuple[Risk, str]], site: Site) -> str:
    """Return severity against likelihood as a figure in HTML, with a mark for each risk that leads to its row."""
    cells: dict[tuple[int, int], list[Mark]] = defaultdict(list)
    for risk, sign in marked:
        single = is_single(site, risk)
        said = f"{sign}: {risk.subject}, {risk.title}" + (", single point of failure" if single else "")
        cells[risk.severity, risk.likelihood].append(Mark(sign, said, f"#risk-{sign.lower()}", single=bool(single)))
    scale = range(LOWEST, HIGHEST + 1)
    forms = {(severity, one): _form(severity * one) for severity in scale for one in scale}
    return matrix_svg(cells, Scale(SEVERITY, LIKELIHOOD, forms), "sre-matrix")


def is_single(site: Site, risk: Risk) -> bool | None:
    """Whether what a risk names is a single point of failure of anything; None when the graph does not know it.

    What runs once and has nobody before it is single for those who use it.
    """
    index = site.graph.system.find(risk.subject)
    if index is None:
        return None
    return site.graph.foremost(index) or bool(site.graph.down_with(index))


def rest_of(site: Site, risk: Risk) -> str:
    """Return that a risk rates a single point of failure which is none any more, as a chip; nothing otherwise."""
    if not risk.single_point or is_single(site, risk) is not False:
        return ""
    return " " + Chip("no single point any more", "none").markdown()


def sign_of(mark: str) -> str:
    """Return the letter of a risk in its row, to which the matrix leads."""
    return f'<span class="sre-letter" id="risk-{mark.lower()}">{mark}</span>'


def _form(product: int) -> str:
    return "high" if product >= HIGH else "middle" if product >= MIDDLE else "low"
