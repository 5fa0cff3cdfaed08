"""Every option, in one model that both the plugin and the command fill from `mkdocs.yml`."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, Field, PlainValidator, ValidationError

from mkdocs_sre.settings.groups import (
    AlertOptions,
    FolderPattern,
    FreshnessOptions,
    HistoryOptions,
    KnownOwner,
    LevelSetting,
    Options,
    SloOptions,
    Texts,
    day,
    zone,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "DEFAULT_WAIVERS",
    "AlertOptions",
    "FolderPattern",
    "FreshnessOptions",
    "HistoryOptions",
    "KnownOwner",
    "Settings",
    "SettingsError",
    "expected",
]

DEFAULT_WAIVERS = "sre-waivers.yml"


class SettingsError(Exception):
    """Options that cannot be used. `problems` holds key path and message of each."""

    def __init__(self, problems: list[tuple[tuple[str | int, ...], str]]) -> None:
        super().__init__("; ".join(f"{'.'.join(map(str, path))}: {message}" for path, message in problems))
        self.problems = problems


class Settings(Options):
    """All options of the plugin `sre`."""

    as_of: Annotated[
        date | Literal["today"] | None,
        PlainValidator(day),
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
        str | None, AfterValidator(zone), Field(description="The time zone (IANA name) of reviews that give none.")
    ] = None
    history: Annotated[HistoryOptions, Field(description="How final reviews are proved to stay as they were.")] = (
        HistoryOptions()
    )
    freshness: Annotated[
        FreshnessOptions, Field(description="What asks for a document to be looked at again before its day.")
    ] = FreshnessOptions()
    alerts: Annotated[AlertOptions, Field(description="Where the alerts are told, and how they lead to runbooks.")] = (
        AlertOptions()
    )
    slos: Annotated[SloOptions, Field(description="Where measured values of objectives come from.")] = SloOptions()
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
    "alerts": AlertOptions,
    "slos": SloOptions,
}


def _message(kind: str, text: str, path: tuple[str | int, ...]) -> str:
    if kind == "extra_forbidden":
        model = _MODELS.get(str(path[0]), Settings) if len(path) > 1 else Settings
        near = get_close_matches(str(path[-1]), list(model.model_fields), 1)
        return "is no option" + (f"; did you mean `{near[0]}`?" if near else "")
    return text[:1].lower() + text[1:]
