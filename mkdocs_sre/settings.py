"""Every option, in one model that both the plugin and the command fill from `mkdocs.yml`."""

from __future__ import annotations

import re
from datetime import date, datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated, Any, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, ValidationError
from pydantic_core import PydanticCustomError

if TYPE_CHECKING:
    from collections.abc import Mapping

LevelName = Literal["error", "warning", "info", "off"]
DEFAULT_WAIVERS = "sre-waivers.yml"


class SettingsError(Exception):
    """Options that cannot be used. `problems` holds key path and message of each."""

    def __init__(self, problems: list[tuple[tuple[str | int, ...], str]]) -> None:
        super().__init__("; ".join(f"{'.'.join(map(str, path))}: {message}" for path, message in problems))
        self.problems = problems


def _list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _yaml_bool_level(value: Any) -> Any:
    """YAML reads `off` as false."""
    return "off" if value is False else value


def _day(value: Any) -> Any:
    """A day, `today`, or nothing; YAML has made a date of it already, the command line has not."""
    if value is None or value == "today" or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise PydanticCustomError("sre_day", "must be a day, `YYYY-MM-DD`, or `today`") from None


def _zone(value: str | None) -> str | None:
    if value is not None and value not in available_timezones():
        near = get_close_matches(value, available_timezones(), 1)
        hint = f"; did you mean `{near[0]}`?" if near else ", such as `Europe/Berlin`"
        raise PydanticCustomError("sre_zone", "must be an IANA time zone{hint}", {"hint": hint})
    return value


Texts = Annotated[list[str], BeforeValidator(_list)]
LevelSetting = Annotated[LevelName, BeforeValidator(_yaml_bool_level)]


class _Options(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FolderPattern(_Options):
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


class KnownOwner(_Options):
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


class HistoryOptions(_Options):
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


class FreshnessOptions(_Options):
    """When a document must be looked at again before its day."""

    verify: Annotated[
        Literal["major", "minor", "patch"],
        Field(description="Which change of a service's version asks for its runbooks to be verified again."),
    ] = "minor"
    severity: Annotated[
        Literal["SEV1", "SEV2", "SEV3", "SEV4"],
        Field(description="The least severity of an incident whose final review asks for its runbooks to be reviewed."),
    ] = "SEV2"


class Settings(_Options):
    """All options of the plugin `sre`."""

    as_of: Annotated[
        date | Literal["today"] | None,
        PlainValidator(_day),
        Field(
            description="The day that due dates are compared with; `today` for scheduled jobs. Default: the day of the last commit."
        ),
    ] = None
    folders: Annotated[
        list[FolderPattern], Field(description="Kinds by folder; the first pattern that matches counts.")
    ] = []
    section_schemes: Annotated[
        dict[str, list[str]],
        Field(description="Your own lists of required sections, by name, for `sections` of a folder."),
    ] = {}
    levels: Annotated[
        dict[str, LevelSetting],
        Field(
            description="The level of a rule, by its code, its name or its family: error, warning, info or off. A rule's own entry counts before that of its family."
        ),
    ] = {}
    waivers: Annotated[
        str | None,
        Field(
            description=f"The file with the findings that may stay for a while, beside `mkdocs.yml`. Default: `{DEFAULT_WAIVERS}`, which may be missing."
        ),
    ] = None
    catalogues: Annotated[
        Texts,
        Field(
            description="Patterns of Backstage's catalogue files (`catalog-info.yaml`), relative to the folder of `mkdocs.yml`; `**` stands for any folders, `!` excepts."
        ),
    ] = []
    owners: Annotated[list[KnownOwner], Field(description="The known owners; when given, others are errors.")] = []
    severities: Annotated[
        dict[str, Literal["SEV1", "SEV2", "SEV3", "SEV4"]],
        Field(description="Your names of incident severities, each with SEV1 to SEV4."),
    ] = {}
    statuses: Annotated[
        dict[str, Literal["draft", "review", "final"]],
        Field(description="Your names of a review's status, each with draft, review or final."),
    ] = {}
    timezone: Annotated[
        str | None, AfterValidator(_zone), Field(description="The time zone (IANA name) of reviews that give none.")
    ] = None
    history: Annotated[HistoryOptions, Field(description="How final reviews are proved to stay as they were.")] = (
        HistoryOptions()
    )
    freshness: Annotated[
        FreshnessOptions, Field(description="What asks for a document to be looked at again before its day.")
    ] = FreshnessOptions()
    vague_phrases: Annotated[list[str], Field(description="Further phrases that make an action too vague.")] = []
    blame_phrases: Annotated[list[str], Field(description="Further phrases that blame people in a review.")] = []
    pages: Annotated[
        bool, Field(description="Whether home, indexes, the pages for each reader and the rules page are generated.")
    ] = True
    navigation: Annotated[
        bool,
        Field(
            description="Whether the navigation goes by what people do, when there is no `nav`; with Material's tabs the list of pages beside a page is then left out, unless its own `hide` says otherwise."
        ),
    ] = True

    @classmethod
    def load(cls, options: dict[str, Any]) -> Settings:
        """Return the settings that the options give. Raises SettingsError with every problem, unknown keys first."""
        try:
            return cls.model_validate(options)
        except ValidationError as error:
            problems = [
                (
                    _keys(one["loc"]),
                    expected(one["type"], one.get("ctx", {})) or _message(one["type"], one["msg"], tuple(one["loc"])),
                )
                for one in error.errors()
            ]
            raise SettingsError(problems) from None


def _keys(path: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Return the path of keys that people wrote, without the steps that pydantic adds for the branches of a type."""
    return tuple(step for step in path if isinstance(step, int) or not ("[" in step or step in ("str", "none")))


_EXPECTED = {
    "model_type": "must hold keys with values",
    "model_attributes_type": "must hold keys with values",
    "dict_type": "must hold keys with values",
    "list_type": "must be a list",
    "bool_parsing": "must be `true` or `false`",
    "bool_type": "must be `true` or `false`",
    "string_type": "must be text",
    "missing": "is missing",
}


def expected(kind: str, context: Mapping[str, Any]) -> str | None:
    """Return in our words what pydantic wanted, by its error's type and context; None when we have no words for it."""
    if kind in ("literal_error", "enum"):
        return f"must be one of {context.get('expected', '').replace(chr(39), '`')}"
    return _EXPECTED.get(kind)


_MODELS: dict[str, type[BaseModel]] = {
    "folders": FolderPattern,
    "owners": KnownOwner,
    "history": HistoryOptions,
    "freshness": FreshnessOptions,
}


def _message(kind: str, text: str, path: tuple[str | int, ...]) -> str:
    if kind == "extra_forbidden":
        model = _MODELS.get(str(path[0]), Settings) if len(path) > 1 else Settings
        near = get_close_matches(str(path[-1]), list(model.model_fields), 1)
        return "is no option" + (f"; did you mean `{near[0]}`?" if near else "")
    return text[:1].lower() + text[1:]
