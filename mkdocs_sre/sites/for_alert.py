"""A runbook that begins with what the rules of its alert say."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from mkdocs_sre.analyses.alerts import alerts_of
from mkdocs_sre.documents.kinds.runbook import Runbook
from mkdocs_sre.documents.kinds.service import Service
from mkdocs_sre.documents.values import MAX_ID_LENGTH
from mkdocs_sre.knowledge.start import StartError, start
from mkdocs_sre.reading.yaml_text import quoted
from mkdocs_sre.sites.read import load_site

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from mkdocs_sre.alerts.alert import Alert
    from mkdocs_sre.documents.monitoring import AlertRule
    from mkdocs_sre.knowledge import KnowledgeBase
    from mkdocs_sre.reading.configuration import Configuration

MAX_TITLE, MAX_DESCRIPTION = 120, 2_000  # characters that are taken over; the rest stands in the rule
MAX_RULES = 5  # of one name whose conditions are shown
SERVICE = "service"  # the label that names the service
_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[^A-Za-z0-9]+")
_LABEL = re.compile(r"\{\{-?\s*\$?\.?[Ll]abels\.([A-Za-z_][A-Za-z0-9_]*)\s*-?\}\}")
_NOTHING = re.compile(r"0[0smhdwy]*")  # a duration that is none
_TEMPLATE = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_PLAIN = re.compile(r"(?!(?:null|true|false|yes|no|on|off|todo)$)[a-z][a-z0-9_]*", re.IGNORECASE)
_RUN = re.compile(r"\{[{%#]|-8<-|\$\{")  # what macros, snippets and placeholders act on, in code too
_SIGN = re.compile(r"[\\`*_\[\]#]")
_ENTITY = re.compile(r"[<>&~^=|{}]")  # signs of extensions and macros that a backslash does not keep from acting


def start_for_alert(site: Configuration, name: str, identifier: str | None = None) -> Path:
    """Write a runbook for an alert, with the id that follows from its name unless one is given, and return the file.

    It takes over the condition, severity, summary, description, owner, service and dashboard of the alert's rules;
    everything else is the kind's template. Raises StartError for an alert that no rule names or that has a runbook
    already, and as `start` does; SettingsError for options that cannot be used.
    """
    base = load_site(site)
    alert = _alert(base, name)
    made = identifier or hyphenated(alert.name)
    if not made:
        raise StartError(f"no id can be made of the name `{alert.name[:80]}`; give one: `new runbook ID --for-alert …`")
    return start(Runbook.kind, made, site.docs_dir, _text(base, alert, made))


def hyphenated(name: str) -> str:
    """Return the words of a name in lower case with hyphens between them; empty when it has no letter or digit of ASCII.

    >>> hyphenated("KubeJobFailed"), hyphenated("etcdGRPCRequestsSlow"), hyphenated("Disk full: /var")
    ('kube-job-failed', 'etcd-grpc-requests-slow', 'disk-full-var')
    """
    return _WORDS.sub("-", name).strip("-").lower()[:MAX_ID_LENGTH].strip("-")


def _alert(base: KnowledgeBase, name: str) -> Alert:
    """Return the alert of a name that rules know and that has no runbook yet."""
    alerts = alerts_of(base)
    known = {one.key: one for one in alerts if one.rules}
    found = known.get(name.lower())
    if found is None:
        if not known:
            raise StartError("no rule file names an alert; set `alerts.rules` to the pattern of your rule files")
        near = [known[key].name for key in get_close_matches(name.lower()[:200], known, 3)]
        hint = (
            f"did you mean {' or '.join(f'`{one[:80]}`' for one in near)}?" if near else "`mkdocs-sre alerts` lists all"
        )
        raise StartError(f"no rule names the alert `{name[:80]}`; {hint}")
    if found.runbook is not None:
        raise StartError(f"{found.name[:80]} has the runbook {found.runbook.path} already; add to that one")
    return found


def _text(base: KnowledgeBase, alert: Alert, identifier: str) -> str:
    """Return the template with what is known of the alert in its place."""
    text = Runbook.template().replace("{id}", identifier)
    head, mark, body = text.partition("\n---\n")
    title = _spoken(_annotation(alert, "summary"))[:MAX_TITLE].strip(" .")
    services = (rule.labels.get(SERVICE, "") for rule in alert.rules)
    service = next((found.id for one in services if (found := base.document(one, Service)) is not None), "")
    severity = "" if "{{" in alert.severity else _line(alert.severity)
    given = {"title": title, "owner": _line(alert.owner), "service": service, "severity": severity}
    for key, value in given.items():
        head = _with(head, key, _yaml(value)) if value else head
    head = _with(head, "alerts", f"[{_yaml(alert.name)}]")
    head += "".join(_dashboards(alert.rules))
    if title:
        body = re.sub(r"(?m)^# .*$", lambda _: f"# {_markdown(title)}", body, count=1)
    return head + mark + re.sub(r"(?m)^## Detection\n", lambda found: found[0] + _detection(alert), body, count=1)


def _with(head: str, key: str, value: str) -> str:
    """Return front matter in which a key has another value."""
    return re.sub(rf"(?m)^{key}: .*$", lambda _: f"{key}: {value}", head, count=1)


def _dashboards(rules: Iterable[AlertRule]) -> Iterator[str]:
    """Yield the lines of the dashboards that annotations name; one with labels in its address is none yet."""
    found = dict.fromkeys(
        _line(text)
        for rule in rules
        for key, text in rule.annotations.items()
        if "dashboard" in key.lower() and text.strip().lower().startswith(("http://", "https://")) and "{{" not in text
    )
    if found:
        yield "\ndashboards:"
        yield from (f"\n  - title: Dashboard of the alert\n    url: {_yaml(url)}" for url in found)


def _detection(alert: Alert) -> str:
    """Return what the rules say of when the alert fires."""
    parts = []
    rules = list({(rule.expression, rule.duration): rule for rule in alert.rules if rule.expression}.values())
    for rule in rules[:MAX_RULES]:
        severity = rule.labels.get("severity", "")
        as_severity = f" as {_markdown(_line(severity))}" if severity and "{{" not in severity else ""
        after = (
            f" for {_markdown(_line(rule.duration))}" if rule.duration and not _NOTHING.fullmatch(rule.duration) else ""
        )
        if _RUN.search(rule.expression):
            parts.append(f"The alert fires{as_severity} when the condition of its rule holds{after}.")
        else:
            parts += [f"The alert fires{as_severity} when this holds{after}:", _fenced(rule.expression)]
    description = _spoken(_annotation(alert, "description", "message"))[:MAX_DESCRIPTION].strip()
    if description:
        parts.append(f"It says: {_markdown(description)}")
    return "".join(f"\n{part}\n" for part in parts)


def _fenced(code: str) -> str:
    longest = max((len(run) for run in re.findall(r"`+", code)), default=0)
    fence = "`" * max(3, longest + 1)
    lines = [_printable(line, keep="\t").rstrip() for line in code.strip("\n").splitlines()]
    return "\n".join([f"{fence}promql", *lines, fence])


def _annotation(alert: Alert, *keys: str) -> str:
    """Return the first of these annotations that a rule of the alert has; empty without one."""
    return next((text for key in keys for rule in alert.rules if (text := rule.annotations.get(key, "").strip())), "")


def _spoken(text: str) -> str:
    """Return a text of Prometheus' templates in one line: a label by its name, anything else as `…`."""
    return _line(_TEMPLATE.sub("…", _LABEL.sub(lambda found: found[1], text)))


def _line(text: str) -> str:
    """Return a text in one line, without what is not printed."""
    return " ".join(_printable(text).split())


def _printable(text: str, keep: str = "") -> str:
    return "".join(sign if sign.isprintable() or sign in keep else " " for sign in text)


def _markdown(text: str) -> str:
    """Return a line as Markdown that says just that, and stays readable as plain text."""
    quoted = _SIGN.sub(lambda found: f"\\{found[0]}", _ENTITY.sub(lambda found: f"&#{ord(found[0])};", text))
    return quoted.replace("&\\#", "&#")


def _yaml(value: str) -> str:
    """Return a text as a value of YAML, quoted where it could mean anything else."""
    return value if _PLAIN.fullmatch(value) else quoted(value)
