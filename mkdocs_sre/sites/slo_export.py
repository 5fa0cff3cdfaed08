"""The objectives of a site, written for other programs: all of them, or none."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from mkdocs_sre.alerts.links import addresses_of
from mkdocs_sre.analyses.burn_runbooks import burn_runbook
from mkdocs_sre.analyses.standing import unread_objectives
from mkdocs_sre.checks.run import examine
from mkdocs_sre.documents.finding import Fault, Level
from mkdocs_sre.documents.kinds.runbook import Runbook
from mkdocs_sre.documents.kinds.service import Service
from mkdocs_sre.documents.kinds.slo import ServiceLevelObjective
from mkdocs_sre.reading.waivers import load_waivers
from mkdocs_sre.sites.generated_files import compare
from mkdocs_sre.sites.read import read_site
from mkdocs_sre.slo.exports import Context, exporters, mark
from mkdocs_sre.slo.exports.names import clashes
from mkdocs_sre.slo.exports.prometheus import FORM, TEST_FOLDER, TESTS
from mkdocs_sre.slo.targets import targets_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from mkdocs_sre.documents.burn_alerting import Calls
    from mkdocs_sre.documents.finding import Finding
    from mkdocs_sre.knowledge import KnowledgeBase
    from mkdocs_sre.reading.configuration import Configuration
    from mkdocs_sre.reports.slo_export import Comparison
    from mkdocs_sre.slo.exports import Export, ExportedFile
    from mkdocs_sre.slo.targets import Target

WEB = ("https://", "http://")


class UnknownObjectivesError(LookupError):
    """Ids that no objective of the site has; `problems` holds a line for each."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be exported: the form, its options, and the ids of the objectives, none for all of them."""

    form: str
    ids: tuple[str, ...] = ()
    sloth_form: bool = False
    with_tests: bool = False

    @property
    def marks(self) -> tuple[str, ...]:
        """The words by which files of such an export are known, tests also where none are wanted any more."""
        return mark(self.form), *((mark(TESTS),) if self.form == FORM else ())


class Exported(NamedTuple):
    """What an export makes of a site; nothing when there are findings. `notices` are what people are told beside it."""

    export: Export | None
    findings: tuple[Finding, ...] = ()
    faults: tuple[Fault, ...] = ()
    notices: tuple[str, ...] = ()


def exported(site: Configuration, wanted: Wanted) -> Exported:
    """Return the files of an export, or the errors that keep it from being made: those of the documents themselves.

    Drafts and what is deprecated are left out unless their ids are given. Raises UnknownObjectivesError, and
    SettingsError for options that cannot be used.
    """
    base, history, day = read_site(site)
    documents = base.all_of_kind(ServiceLevelObjective)
    targets = [target for slo in base.of_kind(ServiceLevelObjective) for target in targets_of(slo)]
    chosen = _chosen(base, targets, wanted.ids)
    paths = {target.slo.path for target in chosen}
    if not wanted.ids:  # nothing may look as if it were no objective any more, because it cannot be read
        paths = {*(slo.path for slo in documents), *unread_objectives(base)}
    waivers = load_waivers(site.settings, site.folder, site.docs_dir)
    findings = examine(base, day.day, waivers, history=history).findings
    wrong = tuple(one for one in findings if one.level is Level.ERROR and one.location.path in paths)
    faults = tuple(_clash(*one) for one in clashes(chosen))
    told = (day.notice,) if day.notice else ()
    if wrong or faults:
        return Exported(None, wrong, faults, told)
    context = context_of(base, site, wanted)
    export = exporters()[wanted.form](chosen, context)
    return Exported(export, notices=(*told, *_no_address(context, chosen)))


def compared(files: Sequence[ExportedFile], folder: Path, wanted: Wanted) -> Comparison:
    """Return how what stands in a folder compares with an export. Raises GeneratedFilesError for what cannot be read."""
    return compare(files, folder, wanted.marks, whole=not wanted.ids, below=(TEST_FOLDER,))


def _chosen(base: KnowledgeBase, targets: Sequence[Target], ids: Sequence[str]) -> list[Target]:
    if not ids:
        return [target for target in targets if target.slo.in_force]
    wanted = {one.lower() for one in ids}
    found = [target for target in targets if wanted & {target.id.lower(), target.slo.id.lower()}]
    known = {name for target in found for name in (target.id.lower(), target.slo.id.lower())}
    unknown = [_unknown(base, one) for one in dict.fromkeys(ids) if one.lower() not in known]
    if unknown:
        raise UnknownObjectivesError(unknown)
    return found


def _unknown(base: KnowledgeBase, identifier: str) -> str:
    found = base.find(identifier)
    if found is not None and found.kind != ServiceLevelObjective.kind:
        return f"`{identifier[:80]}` is no objective, but of the kind {found.kind}"
    if found is not None:
        return f"`{identifier[:80]}` is no objective that can be read; `mkdocs-sre check` tells why"
    near = base.nearest(identifier[:200], (ServiceLevelObjective.kind,))
    return f"no objective has the id `{identifier[:80]}`" + (f"; did you mean `{near}`?" if near else "")


def _clash(target: Target, other: Target, what: str) -> Fault:
    message = f"{target.id} and {other.id} have {what} in common, so one would be taken for the other"
    place = target.slo.value_at(*target.path, "name") if target.path else target.slo.value_at("id")
    return Fault(place, message, "give one of them another id", (other.slo.value_at("id"),))


def _no_address(context: Context, targets: Sequence[Target]) -> Iterator[str]:
    if targets and not any(context.page_url(target) for target in targets):
        yield "nobody knows where the site stands, so nothing links to it: set `site_url`, or `alerts.url_prefix`"


def context_of(base: KnowledgeBase, site: Configuration, wanted: Wanted) -> Context:
    """Return what an export needs to know of a site beside its objectives."""
    by_id = {target.id.lower(): target for slo in base.of_kind(ServiceLevelObjective) for target in targets_of(slo)}
    prefix = _prefix(site)

    @cache
    def address(path: str) -> str:
        return prefix + quote(next(addresses_of(path, directory_urls=site.directory_urls))) if prefix else ""

    def runbook_url(target: Target, calls: Calls) -> str:
        found = base.document(burn_runbook(base, target, calls), Runbook)
        return address(found.path) if found is not None else ""

    def owner(target: Target) -> str:
        service = base.document(target.service, Service)
        return target.slo.owner or (service.owner if service is not None else "") or ""

    options = site.settings.alerts
    return Context(
        page_url=lambda target: address(target.slo.path),
        runbook_url=runbook_url,
        owner=owner,
        find=lambda identifier: by_id.get(identifier.lower()),
        paging=next(iter(options.paging), "page"),
        owner_labels=tuple(options.owner_labels),
        sloth_form=wanted.sloth_form,
        with_tests=wanted.with_tests,
    )


def _prefix(site: Configuration) -> str:
    """Return what addresses of the site begin with, `/` at its end: what links of alerts do, else `site_url`; empty if neither."""
    known = [*site.settings.alerts.url_prefix, site.site_url]
    found = next((one for one in known if one.lower().startswith(WEB)), "")
    return f"{found.rstrip('/')}/" if found else ""
