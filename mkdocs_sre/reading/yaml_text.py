"""Text written as a value of YAML."""

from __future__ import annotations


def quoted(text: str) -> str:
    r"""Return a text between double quotes, in one line; what is not printed is written as an escape of YAML.

    >>> print(quoted('say "a' + chr(10) + 'b"'))
    "say \"a\U0000000Ab\""
    """
    return '"' + "".join(_sign(sign) for sign in text) + '"'


def _sign(sign: str) -> str:
    if sign in '"\\':
        return f"\\{sign}"
    return sign if sign.isprintable() else f"\\U{ord(sign):08X}"
