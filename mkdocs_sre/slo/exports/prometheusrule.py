"""PrometheusRule objects for Kubernetes: the same rules as in rule files, one object for each document."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

from mkdocs_sre.slo.exports import Export, ExportedFile, exporter, header
from mkdocs_sre.slo.exports.names import file_stem
from mkdocs_sre.slo.exports.prometheus import by_document, groups_of
from mkdocs_sre.slo.exports.yaml_text import yaml_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_sre.slo.exports import Context
    from mkdocs_sre.slo.targets import Target

FORM = "prometheusrule"
_OTHER = re.compile(r"[^a-z0-9.-]+|\.(?=[^a-z0-9])|(?<=[^a-z0-9])\.")  # what the name of an object may not hold
_DIGITS = 10  # hexadecimal, of the digest that keeps two names apart


@exporter(FORM)
def prometheusrule(targets: Sequence[Target], context: Context) -> Export:
    """Return a PrometheusRule object for each document."""
    files, losses = [], []
    for slo, own in by_document(targets):
        groups, lost = groups_of(own, context)
        losses += lost
        if groups:
            made = {
                "apiVersion": "monitoring.coreos.com/v1",
                "kind": "PrometheusRule",
                "metadata": {"name": object_name(slo.id)},
                "spec": {"groups": groups},
            }
            files.append(ExportedFile(f"{file_stem(slo)}.yaml", header(FORM, slo.path) + yaml_text(made)))
    return Export(tuple(files), tuple(losses))


def object_name(identifier: str) -> str:
    """Return an id as the name of an object: small letters, digits, `-` and `.`; a digest keeps apart what had to change.

    Source: Kubernetes, "Object Names and IDs": DNS subdomain names of RFC 1123.

    >>> object_name("cart-full"), object_name("cart_full")
    ('cart-full', 'cart-full-fb5c4fd8d8')
    >>> object_name("cart..full")
    'cart--full-21f09ffcc8'
    """
    key = identifier.lower()
    plain = _OTHER.sub("-", key).strip("-.")
    return plain if plain == key else f"{plain}-{sha256(key.encode()).hexdigest()[:_DIGITS]}".lstrip("-")
