"""Sloth's specs (`version: prometheus/v1`) and their Kubernetes object (`kind: PrometheusServiceLevel`).

Source: the specification of Sloth 0.16, https://sloth.dev/specs/default/ and https://sloth.dev/specs/kubernetes/.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mkdocs_sre.documents.values import safe_id
from mkdocs_sre.slo.document_text import unsaid_behaviour
from mkdocs_sre.slo.imports import Import, importer
from mkdocs_sre.slo.imports.draft import Draft
from mkdocs_sre.slo.imports.node import MAX_SHOWN, Node

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mkdocs_sre.documents.finding import Fault
    from mkdocs_sre.slo.imports import Imported, SourceDocument

VERSION = "prometheus/v1"
API_VERSION = "sloth.slok.dev/v1"
KIND = "PrometheusServiceLevel"
_PLACEHOLDER = re.compile(r"\{\{ *\.window *\}\}")


@dataclass(frozen=True, slots=True)
class _Spec:
    """A spec, its service, and how its keys are spelled; `metadata` is that of a Kubernetes object."""

    node: Node
    metadata: Node
    in_camel_case: bool

    def key(self, name: str) -> str:
        """Return a key of Sloth's spec as this spec spells it: `error_query`, in a Kubernetes object `errorQuery`."""
        return camel_case(name) if self.in_camel_case else name

    @property
    def service(self) -> str:
        """The service as Sloth calls it."""
        return self.node["service"].text()


def camel_case(name: str) -> str:
    """Return a key as Kubernetes objects spell it.

    >>> camel_case("error_ratio_query")
    'errorRatioQuery'
    """
    first, *others = name.split("_")
    return first + "".join(other.capitalize() for other in others).replace("Slo", "SLO")


def is_sloth(values: Mapping[str, Any]) -> bool:
    """Whether a document says that it is one of Sloth's, of whatever version."""
    version, api = values.get("version"), values.get("apiVersion")
    is_object = isinstance(api, str) and api.startswith("sloth.slok.dev/") and values.get("kind") == KIND
    return is_object or (api is None and isinstance(version, str) and version.startswith("prometheus/"))


@importer("Sloth", is_sloth)
def read_sloth(sources: Sequence[SourceDocument]) -> Import:
    """Return a document for each SLO of the specs: its id is the service, `-` and its name.

    The labels of the spec and those of the SLO become one mapping, in which those of the SLO count, as Sloth merges them.
    """
    faults: list[Fault] = []
    documents = [made for source in sources for made in _documents(source, faults)]
    return Import(tuple(documents), tuple(faults))


def _documents(source: SourceDocument, faults: list[Fault]) -> Iterator[Imported]:
    root = Node.root(source, faults)
    if "apiVersion" in source.values:
        root.keys("apiVersion", "kind", "metadata", "spec", "status").needs("spec")
        _known(root["apiVersion"], API_VERSION)
        spec = _Spec(root["spec"].keys("service", "labels", "sloPlugins", "slos"), root["metadata"], in_camel_case=True)
    else:
        root.keys("version", "service", "labels", "slo_plugins", "slos")
        _known(root["version"], VERSION)
        spec = _Spec(root, root["metadata"], in_camel_case=False)
    if spec.node.written:
        spec.node.needs("service", "slos")
    for slo in spec.node["slos"].items():
        yield _document(slo, spec)


def _known(node: Node, version: str) -> None:
    if node.value != version:
        node.fault(f"`{node.name}: {node.text()[:MAX_SHOWN]}` is not known", f"convert it to `{version}`")


def _document(slo: Node, spec: _Spec) -> Imported:
    slo.keys("name", "description", "objective", "labels", "infoLabels", "sli", "alerting", "interval", "plugins")
    slo.needs("name", "objective", "sli")
    name, service = slo["name"].text(), spec.service
    draft = Draft(safe_id(f"{service}-{name}"), slo["name"].place)
    if draft.id != f"{service}-{name}":
        named = f"{service}-{name}"[:MAX_SHOWN]
        draft.lose(f"the name `{named}` is no id, and became `{draft.id}`", slo["name"].place)
    draft.put(("service",), safe_id(service) if service else None, spec.node["service"].place)
    said = slo["description"].text()
    draft.put(("behaviour",), said or unsaid_behaviour(draft.id), slo["description"].place)
    _indicator(slo["sli"], spec, draft)
    draft.put(("objective",), slo["objective"].number(), slo["objective"].place)
    for labels in (spec.node["labels"], slo["labels"]):
        _put_texts(draft, ("labels",), labels)
    _alerting(slo["alerting"], spec, draft)
    _losses(slo, spec, draft)
    return draft.done()


def _indicator(sli: Node, spec: _Spec, draft: Draft) -> None:
    forms = [name for name in ("events", "raw", "plugin") if sli.keys("events", "raw", "plugin")[name].written]
    if sli.written and len(forms) != 1:
        sli.fault(f"`{sli.name}` must have `events` or `raw`, and not both", "keep one of them")
        return
    queries = {"events": {"bad": "error_query", "total": "total_query"}, "raw": {"raw": "error_ratio_query"}}
    for form in forms:
        if form == "plugin":
            sli[form].fault(
                f"`{sli[form].name}` is code that makes the queries, which is not run here", "write `events` or `raw`"
            )
            return
        keys = {ours: spec.key(theirs) for ours, theirs in queries[form].items()}
        sli[form].keys(*keys.values()).needs(*keys.values())
        for ours, theirs in keys.items():
            query = sli[form][theirs]
            if query.text() and not _PLACEHOLDER.search(query.text()):
                query.fault(
                    f"`{query.name}` has no `{{{{.window}}}}`, so it always asks for the same time",
                    "write it where the window stands",
                )
            draft.put(("sli", ours), query.text(), query.place)
    draft.put(("sli", "source"), "prometheus", sli.place)


def _alerting(alerting: Node, spec: _Spec, draft: Draft) -> None:
    calls = {"page": alerting[spec.key("page_alert")], "ticket": alerting[spec.key("ticket_alert")]}
    alerting.keys("name", "labels", "annotations", *(spec.key(f"{one}_alert") for one in calls))
    draft.put(("alerting", "name"), alerting["name"].text() or None, alerting["name"].place)
    for key in ("labels", "annotations"):
        _put_texts(draft, ("alerting", key), alerting[key])
    for call, alert in calls.items():
        alert.keys("disable", "labels", "annotations")
        if alert["disable"].truth():
            draft.put(("alerting", call, "disabled"), value=True, place=alert["disable"].place)
        for key in ("labels", "annotations"):
            _put_texts(draft, ("alerting", call, key), alert[key])
    if not alerting["name"].text() and not all(alert["disable"].truth() for alert in calls.values()):
        alerting.fault(f"`{alerting['name'].name}` is missing, which alerts need", "write it, or disable both alerts")


def _put_texts(draft: Draft, path: tuple[str, ...], texts: Node) -> None:
    for key, text in texts.texts():
        draft.put((*path, key), text.text(), text.place)


def _losses(slo: Node, spec: _Spec, draft: Draft) -> None:
    for plugins in (spec.node[spec.key("slo_plugins")], slo["plugins"]):
        if plugins.written:
            draft.lose(f"`{plugins.name}` is not kept: plugins change the rules that Sloth makes", plugins.key_place)
    for key, what in (
        ("interval", "how often rules are evaluated"),
        ("infoLabels", "labels of `sloth_slo_info` alone"),
    ):
        if slo[key].written:
            draft.lose(f"`{slo[key].name}` is not kept: {what}", slo[key].key_place)
    if spec.metadata.written:
        draft.lose(
            "name, namespace, labels and annotations of the Kubernetes object are not kept", spec.metadata.key_place
        )
