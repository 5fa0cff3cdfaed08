"""Risks in words and on the matrix of severity and likelihood."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from mkdocs_sre.documents.kinds.risk_assessment import HIGHEST, LOWEST
from mkdocs_sre.pages.heads import Chip
from mkdocs_sre.pages.render import render

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from mkdocs_sre.documents.kinds.risk_assessment import Risk

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


def matrix(marked: Iterable[tuple[Risk, str]]) -> str:
    """Return a table of severity against likelihood as HTML, with the letter of each risk in its cell."""
    cells: dict[tuple[int, int], list[str]] = defaultdict(list)
    for risk, mark in marked:
        cells[risk.severity, risk.likelihood].append(mark)
    scale = range(LOWEST, HIGHEST + 1)
    rows = [
        (
            severity,
            SEVERITY[severity - LOWEST],
            [(_form(severity * one), cells.get((severity, one), [])) for one in scale],
        )
        for severity in reversed(scale)
    ]
    return render("matrix.md.jinja", rows=rows, likelihoods=[(one, LIKELIHOOD[one - LOWEST]) for one in scale])


def _form(product: int) -> str:
    return "high" if product >= HIGH else "middle" if product >= MIDDLE else "low"
