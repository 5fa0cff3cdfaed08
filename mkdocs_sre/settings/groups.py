"""The options that have keys of their own, and the types that options share."""

from __future__ import annotations

import re
from datetime import date, datetime
from difflib import get_close_matches
from typing import Annotated, Any, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

LevelName = Literal["error", "warning", "info", "off"]


def _list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _yaml_bool_level(value: Any) -> Any:
    """YAML reads `off` as false."""
    return "off" if value is False else value


def day(value: Any) -> Any:
    """A day, `today`, or nothing; YAML has made a date of it already, the command line has not."""
    if value is None or value == "today" or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise PydanticCustomError("sre_day", "must be a day, `YYYY-MM-DD`, or `today`") from None


def zone(value: str | None) -> str | None:
    """Return a time zone by its IANA name; raise for any other."""
    if value is not None and value not in available_timezones():
        near = get_close_matches(value, available_timezones(), 1)
        hint = f"; did you mean `{near[0]}`?" if near else ", such as `Europe/Berlin`"
        raise PydanticCustomError("sre_zone", "must be an IANA time zone{hint}", {"hint": hint})
    return value


Texts = Annotated[list[str], BeforeValidator(_list)]
LevelSetting = Annotated[LevelName, BeforeValidator(_yaml_bool_level)]


class Options(BaseModel):
    """Options: closed to unknown keys, and never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FolderPattern(Options):
    """Gives files a kind by where they stand, so that an existing collection needs no edits."""

    match: Annotated[Texts, Field(description="Patterns as in `.gitignore`, relative to the docs folder; `!` excepts.")]
    type: Annotated[str, Field(description="The kind of every file that matches and has no `type` of its own.")]
    id_from: Annotated[
        Literal["stem"], Field(description="Where the id comes from when there is none: the file's name.")
    ] = "stem"
    date_from: Annotated[
        Literal["stem", "title"] | None,
        Field(
            description="Where the day of a review or addendum comes from when its key is left out: the file's name or the title."
        ),
    ] = None
    defaults: Annotated[dict[str, Any], Field(description="Values of keys that a file leaves out.")] = {}
    keys: Annotated[
        dict[str, str], Field(description="Your names of keys, each with the native name that it stands for.")
    ] = {}
    ignore_keys: Annotated[Texts, Field(description="Keys that are yours and not to be looked at.")] = []
    sections: Annotated[
        str | list[str] | None,
        Field(description="The required sections: a scheme's name, a list of headings, or `none`."),
    ] = None


class KnownOwner(Options):
    """A team or person that documents may name."""

    id: Annotated[str, Field(description="The handle, such as `@team-payments`.")]
    name: Annotated[str | None, Field(description="The name that people read.")] = None
    contact: Annotated[str | None, Field(description="Where to reach them: a channel, a mail address, a number.")] = (
        None
    )
    escalation: Annotated[str | None, Field(description="Whom to call when they do not answer.")] = None
    receiver: Annotated[str | None, Field(description="Their receiver in Alertmanager.")] = None


def _since(value: str) -> str:
    if value not in ("root", "seal") and not _COMMIT.fullmatch(value):
        raise PydanticCustomError(
            "sre_since", "must be `root`, `seal`, or a commit by at least 7 hexadecimal digits of its id"
        )
    return value.lower()


_COMMIT = re.compile(r"[0-9a-fA-F]{7,64}")


class HistoryOptions(Options):
    """How it is proved that final reviews stay as they were."""

    evidence: Annotated[
        Literal["both", "history", "seal"],
        Field(description="What proves that a final review is unchanged: git's history, the seals, or both."),
    ] = "both"
    finality: Annotated[
        Literal["any-ancestor", "first-parent"],
        Field(
            description="Where a review counts as final: in any commit that led here, or on the main line of commits alone, so that a branch may still change it before it is merged."
        ),
    ] = "any-ancestor"
    since: Annotated[
        str,
        AfterValidator(_since),
        Field(
            description="From when final reviews must not change: `root` (always), `seal` (for each the commit that first sealed it), or a commit (at least 7 digits of its id)."
        ),
    ] = "root"


class FreshnessOptions(Options):
    """When a document must be looked at again before its day."""

    verify: Annotated[
        Literal["major", "minor", "patch"],
        Field(description="Which change of a service's version asks for its runbooks to be verified again."),
    ] = "minor"
    severity: Annotated[
        Literal["SEV1", "SEV2", "SEV3", "SEV4"],
        Field(description="The least severity of an incident whose final review asks for its runbooks to be reviewed."),
    ] = "SEV2"


class AlertOptions(Options):
    """Where the alerts are told, and how they lead to runbooks."""

    rules: Annotated[
        Texts,
        Field(
            description="Patterns of Prometheus rule files and PrometheusRule objects, relative to the folder of `mkdocs.yml`; `**` stands for any folders, `!` excepts."
        ),
    ] = []
    alertmanager: Annotated[
        Texts, Field(description="Patterns of Alertmanager's configurations, in the same form.")
    ] = []
    results: Annotated[
        str | None,
        Field(
            description="The file with the pages that went out, CSV or JSON, relative to the folder of `mkdocs.yml`: one line a page, with `alert`, `at`, `led_to_action` and, if need be, `rotation`."
        ),
    ] = None
    link_keys: Annotated[
        Texts, Field(description="The annotations that hold the link to the runbook; the first that is there counts.")
    ] = ["runbook_url", "runbook"]
    url_prefix: Annotated[
        Texts,
        Field(
            description="What links to the site begin with, such as `https://sre.example.com/`; what follows is the address of a page."
        ),
    ] = []
    aliases: Annotated[
        Texts,
        Field(
            description="Further addresses of each alert's page, such as `runbooks/{group}/{alert}`; both in lower case."
        ),
    ] = []
    label_values: Annotated[
        dict[str, list[str]],
        Field(description="The values of labels that stand in links (`{{ $labels.type }}`); each is checked."),
    ] = {}
    paging: Annotated[Texts, Field(description="The values of the label `severity` that wake somebody.")] = [
        "page",
        "critical",
        "p1",
        "p2",
        "sev1",
        "sev2",
    ]
    owner_labels: Annotated[
        Texts, Field(description="The labels that name the owner; the first that is there counts.")
    ] = ["owner", "team"]
    retired: Annotated[
        dict[str, str],
        Field(
            description="Alerts that are no more, each with the name of the one in its place, or with why it went; their pages stay."
        ),
    ] = {}


class SloOptions(Options):
    """Where measured values of objectives come from."""

    results: Annotated[
        str | None,
        Field(
            description="The file with measured values, CSV or JSON, relative to the folder of `mkdocs.yml`: one line a span of time, with `slo`, `from`, `to`, and `measured` (percent of good) or `good` and `total`."
        ),
    ] = None
