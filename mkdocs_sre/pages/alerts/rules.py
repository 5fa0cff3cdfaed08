"""What makes an alert fire: its rules as they are written, with the place of each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mkdocs_sre.pages.escape import escape, escape_code, prose
from mkdocs_sre.pages.render import render
from mkdocs_sre.pages.standing import web_link
from mkdocs_sre.pages.tables import further
from mkdocs_sre.pages.words import length

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_sre.alerts.alert import Alert
    from mkdocs_sre.documents.monitoring import AlertRule

MAX_RULES = 12  # of one alert that its page shows
MAX_PAIRS = 30  # labels, and annotations, of one rule that are shown
MAX_TEXT = 4_000  # characters of an expression or an annotation
SAYING = ("summary", "message", "description")  # the annotations that say what is wrong, the shortest first
LONGEST_ACTION = 40  # characters of a template's action that readers are shown
_ACTION = re.compile(r"\{\{(?:[^`}]|`[^`]*+`|\}(?!\}))*+\}\}")
_ABBREVIATIONS = {"id": "ID", "slo": "SLO", "url": "URL"}


def summary(alert: Alert) -> str:
    """Return what the rules of an alert say that is wrong, in their own words; empty where none says it."""
    for key in SAYING:
        for rule in alert.rules:
            if text := rule.annotations.get(key, "").strip():
                return _short(text)
    return ""


def rules_part(alert: Alert) -> str:
    """Return the rules of an alert; empty where no rule file has it."""
    shown = [_rule(rule) for rule in alert.rules[:MAX_RULES]]
    if not shown:
        return ""
    return render("alert_rules.md.jinja", rules=shown, escape=escape) + further(len(alert.rules) - MAX_RULES)


def _rule(rule: AlertRule) -> dict[str, object]:
    pairs = [("For", prose(length(rule.duration)) if rule.duration else "at once")]
    pairs.append(("Labels", _pairs(rule.labels)))
    pairs += [(_label(key), _told(_short(text))) for key, text in [*rule.annotations.items()][:MAX_PAIRS] if text]
    return {
        "expression": escape_code(_short(rule.expression).strip("\n")),
        "pairs": [(label, text) for label, text in pairs if text],
        "place": f"<code>{escape(f'{rule.file}:{rule.place.line}')}</code>",
        "group": escape(rule.group),
    }


def _told(text: str) -> str:
    """Return what an annotation says; an address as a link, unless it is made when the alert fires."""
    bare = text.strip()
    address = bare.startswith(("https://", "http://")) and "{{" not in bare and len(bare.split()) == 1
    return web_link(bare, bare) if address else prose(_ACTION.sub(_action, text))


def _action(match: re.Match[str]) -> str:
    """Return an action of a template, of which a long one is for machines: the rule file has it whole."""
    return match[0] if len(match[0]) <= LONGEST_ACTION else "{{ … }}"


def _pairs(labels: Mapping[str, str]) -> str:
    shown = [f"<code>{escape(f'{key}={_short(value)}')}</code>" for key, value in [*labels.items()][:MAX_PAIRS]]
    return " ".join(shown)


def _label(key: str) -> str:
    words = [_ABBREVIATIONS.get(word.lower(), word) for word in key.replace("_", " ").split()]
    return " ".join([words[0][:1].upper() + words[0][1:], *words[1:]]) if words else ""


def _short(text: str) -> str:
    return text if len(text) <= MAX_TEXT else f"{text[: MAX_TEXT - 1]}…"
