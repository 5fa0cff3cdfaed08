"""The outline of each sort of element, and what marks a single point of failure. All numbers are pixels at full size."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

POINT = 12.0  # of a journey's arrow plate
DRUM = 5.0  # half the height of a drum's lid, at most
CORNER = 9.0  # cut off an external provider, at most
FLAG_WIDTH, FLAG_HEIGHT = 34.0, 14.0

SHAPES: Mapping[str, str] = MappingProxyType(
    {
        "journey": "journey",
        "datastore": "datastore",
        "queue": "datastore",
        "cache": "datastore",
        "external": "external",
        "domain": "domain",
    }
)  # a kind that is not named is drawn as a service
NAMES: Mapping[str, str] = MappingProxyType(
    {
        "journey": "journey",
        "service": "service",
        "datastore": "datastore, queue or cache",
        "external": "external provider",
        "domain": "failure domain",
    }
)


def number(value: float) -> str:
    """Return a number with at most one place, as short as it can be.

    >>> number(3.0), number(2.25), number(-0.01)
    ('3', '2.2', '0')
    """
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def shape_of(kind: str) -> str:
    """Return the name of the shape in which a kind of element is drawn."""
    return SHAPES.get(kind, "service")


def outline(  # noqa: PLR0913 a box is four numbers
    shape: str, x: float, y: float, width: float, height: float, *, filled: bool = False
) -> str:
    """Return a shape as SVG; `filled` when it is what the picture is about."""
    form = f'class="shape {shape}{" self" if filled else ""}"'
    if shape == "journey":
        point = min(POINT, height / 2)
        side = width - point
        half = number(height / 2)
        return f'<path {form} d="M{number(x)} {number(y)}h{number(side)}l{number(point)} {half}l{number(-point)} {half}h{number(-side)}z"/>'
    if shape == "datastore":
        return _drum(form, x, y, width, height)
    if shape == "external":
        cut = min(CORNER, height / 3)
        across, down, step = number(width - 2 * cut), number(height - 2 * cut), number(cut)
        return (
            f'<path {form} d="M{number(x + cut)} {number(y)}h{across}l{step} {step}v{down}l-{step} {step}h-{across}'
            f'l-{step} -{step}v-{down}z"/>'
        )
    corner = "0" if shape == "domain" else "4"
    return f'<rect {form} x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}" rx="{corner}"/>'


def _drum(form: str, x: float, y: float, width: float, height: float) -> str:
    lid = min(DRUM, height / 5)
    at, half, radius = f"M{number(x)} {number(y + lid)}", number(width / 2), number(lid)
    body = (
        f"a{half} {radius} 0 0 1 {number(width)} 0v{number(height - 2 * lid)}a{half} {radius} 0 0 1 {number(-width)} 0z"
    )
    return f'<path {form} d="{at}{body}"/><path {form} style="fill:none" d="{at}a{half} {radius} 0 0 0 {number(width)} 0"/>'


def flag(x: float, y: float) -> str:
    """Return the flag of a single point of failure; `x` and `y` are its upper left corner."""
    box = f'x="{number(x)}" y="{number(y)}" width="{number(FLAG_WIDTH)}" height="{number(FLAG_HEIGHT)}"'
    text = f'x="{number(x + FLAG_WIDTH / 2)}" y="{number(y + FLAG_HEIGHT - 3.5)}"'
    return f'<rect class="flag" {box}/><text class="flagt" {text} text-anchor="middle">SPOF</text>'


def halo(x: float, y: float, width: float, height: float) -> str:
    """Return the second outline of a single point of failure, around its shape."""
    box = f'x="{number(x - 4)}" y="{number(y - 4)}" width="{number(width + 8)}" height="{number(height + 8)}"'
    return f'<rect class="halo" {box} rx="6"/>'
