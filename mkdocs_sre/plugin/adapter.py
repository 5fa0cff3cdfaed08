"""MkDocs' events, each handed to the engine."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel

from mkdocs_sre import knowledge
from mkdocs_sre.analyses.history import remember
from mkdocs_sre.checks.run import examine
from mkdocs_sre.checks.verdict import fails
from mkdocs_sre.documents.finding import Finding, Level
from mkdocs_sre.history.as_of import AsOf, resolve_as_of
from mkdocs_sre.history.recall import Ground
from mkdocs_sre.history.seals import LOCK
from mkdocs_sre.pages.alerts.redirects import redirects
from mkdocs_sre.pages.commands import with_whole_words
from mkdocs_sre.pages.generated import EXTENSIONS, SCRIPT, STYLE_SHEET, pages, theme_folder
from mkdocs_sre.pages.navigation import hidden_parts
from mkdocs_sre.pages.published import published, stand_ins
from mkdocs_sre.pages.search import search_keys
from mkdocs_sre.pages.site import Site
from mkdocs_sre.pages.titles import theme_keys
from mkdocs_sre.plugin.apart import SetApart
from mkdocs_sre.plugin.config import SreConfig
from mkdocs_sre.plugin.navigation import rearrange
from mkdocs_sre.plugin.offline import keep_local
from mkdocs_sre.reading.cache import FileCache, Generated, Links, SourceCache
from mkdocs_sre.reading.catalogue import read_catalogue
from mkdocs_sre.reading.catalogue_files import catalogue_patterns, load_catalogues
from mkdocs_sre.reading.folder import Found, ignores_case
from mkdocs_sre.reading.monitoring_files import Readers, load_monitoring, monitoring_files
from mkdocs_sre.reading.snippets import snippet_folders
from mkdocs_sre.reading.waivers import load_waivers, waivers_file
from mkdocs_sre.reports import Run
from mkdocs_sre.reports.text import line, summary
from mkdocs_sre.settings import Settings, SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from mkdocs_sre.history.remembered import History

log = get_plugin_logger("sre")
_LOGGED = {Level.ERROR: logging.ERROR, Level.WARNING: logging.WARNING, Level.INFO: logging.INFO}


class SrePlugin(BasePlugin[SreConfig]):  # type: ignore[no-untyped-call]  # MkDocs leaves `__init_subclass__` untyped
    """A reliability knowledge base: checked, cross-linked, with generated pages."""

    def __init__(self) -> None:
        self.command = "build"
        self.settings = Settings()
        self.site: Site | None = None
        self.directory_urls = True
        self.findings: list[Finding] = []
        self.run: Run | None = None
        self.cache = SourceCache()
        self.catalogues = FileCache(read_catalogue)
        self.monitoring = Readers(*(FileCache(read).read for read in Readers()))
        self.apart = SetApart()

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG002 MkDocs passes both by name
        """Remember the command; that this event exists keeps the plugin, and what it has read, between rebuilds."""
        self.command = command

    @event_priority(100)
    def _published_as(self, config: MkDocsConfig) -> MkDocsConfig:
        """Remember how the site is published: Material's `offline` turns the option off for a copy of it.

        The links of alerts lead to the published site, and one commit has one verdict, however it is built.
        """
        self.directory_urls = config.use_directory_urls
        return config

    def _configured(self, config: MkDocsConfig) -> MkDocsConfig:
        """Check the options; add style sheet and script, behind the user's own theme folder, and the extensions that we use."""
        try:
            self.settings = Settings.load(self.config.options())
            folder = _folder(config)
            found = [
                *catalogue_patterns(self.settings).files(folder).values(),
                *monitoring_files(self.settings, folder),
            ]
            watched = [waivers_file(self.settings, folder, Path(config.docs_dir)), folder / LOCK, *found]
        except SettingsError as error:
            raise ConfigurationError(_told(error)) from None
        config.watch += [str(file) for file in watched if file.is_file() and str(file) not in config.watch]
        custom = config.theme.custom_dir
        position = 1 if custom and config.theme.dirs[:1] == [custom] else 0
        if str(theme_folder()) not in config.theme.dirs:
            config.theme.dirs.insert(position, str(theme_folder()))
        if STYLE_SHEET not in config.extra_css:
            config.extra_css.insert(0, STYLE_SHEET)
        if SCRIPT not in map(str, config.extra_javascript):
            config.extra_javascript.append(SCRIPT)
        keep_local(config)
        ours = (*EXTENSIONS, self.apart)
        config.markdown_extensions += [one for one in ours if one not in config.markdown_extensions]
        return config

    on_config = CombinedEvent(_published_as, _configured)

    @event_priority(-90)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Read and check every page, those of other plugins too; add our pages, replace what cannot be read."""
        wanted = [*_wanted(files, Path(config.docs_dir))]
        try:
            docs_dir = Path(config.docs_dir)
            catalogue = load_catalogues(self.settings, _file(config), docs_dir, self.catalogues.read)
            monitoring = load_monitoring(self.settings, _file(config), docs_dir, self.monitoring)
            sources, urls = self.cache.sources(docs_dir, wanted), self.directory_urls
            base = knowledge.assemble(self.settings, sources, catalogue, monitoring, directory_urls=urls)
            waivers = load_waivers(self.settings, _folder(config), docs_dir)
            history = remember(base, self._ground(files, config))
            as_of = self._as_of(config, history)
            self.findings, waived = examine(base, as_of.day, waivers, history=history)
        except SettingsError as error:
            raise ConfigurationError(_told(error)) from None
        paths = [one.path for one in base.documents]
        self.run = Run(self.findings, waived, paths, as_of.day, Path(config.docs_dir), _folder(config))
        self.site = Site(base, as_of.day, config.site_name, config.use_directory_urls, history)
        for path, markdown in stand_ins(self.site):
            if (file := files.get_file_from_path(path)) is not None:
                files.remove(file)
                if markdown is not None:
                    files.append(File.generated(config, path, content=markdown))
        made = [*pages(self.site)] if self.settings.pages else []
        for page in made:
            if files.get_file_from_path(page.path) is None:
                shown = InclusionLevel.INCLUDED if page.in_navigation else InclusionLevel.NOT_IN_NAV
                files.append(File.generated(config, page.path, content=page.markdown, inclusion=shown))
        same = str.lower if ignores_case(Path(config.docs_dir)) else str  # else a page would lead to itself
        built = {same(file.dest_uri) for file in files}
        for path, html in redirects(self.site, [page.path for page in made]):
            if same(path) not in built:
                files.append(File.generated(config, path, content=html))
        for finding in self.run.told(self.findings):
            log.log(_LOGGED[finding.level], "%s", line(finding))
        return files

    @event_priority(-90)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Arrange a navigation that nobody has chosen by what people do, and by weight."""
        return rearrange(nav, files, self.site) if self.site is not None and config.nav is None else nav

    @event_priority(100)
    def _titled(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002 MkDocs passes all by name
        """Set title and other keys that themes print before a plugin that runs what they hold, such as macros, sees them."""
        if self.site is not None:
            page.meta.update(theme_keys(self.site, page.file.src_uri, page.meta))
            # MkDocs writes it into the sitemap, and takes the clock's day where nobody knows better.
            page.update_date = self.site.history.changed_on.get(page.file.src_uri, self.site.as_of).isoformat()
        return markdown

    @event_priority(-90)
    def _published(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002 MkDocs passes all by name
        """Resolve links by id, and give typed pages their head and what points at them."""
        if self.site is None:
            return markdown
        own = page.file.generated_by == "sre"
        kept = self.apart.begin(page, files, markdown).noted
        return published(self.site, page.file.src_uri, markdown, page.meta, own=own, kept=kept).markdown

    on_page_markdown = CombinedEvent(_titled, _published)

    @event_priority(100)
    def _restored(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002 MkDocs passes all by name
        """Put the HTML that was ready where it belongs, before any plugin looks at the page."""
        return self.apart.end(html)

    def _found(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002 MkDocs passes all by name
        """Tell the theme what stands beside a page, and the search what to find it by; lists of tags are made by now."""
        if self.site is not None:
            keys = search_keys(self.site, page.file.src_uri, page.meta)
            hidden = hidden_parts(self.site, page.file.src_uri, page.meta.get("hide"), _features(config))
            page.meta.update(keys if hidden is None else {**keys, "hide": hidden})
        return html

    on_page_content = CombinedEvent(_restored, _found)

    @event_priority(-90)
    def on_page_context(self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation) -> None:  # noqa: ARG002 MkDocs passes all by name
        """Make commands ready for readers when the search has read the page, which takes its time for every element."""
        if self.site is not None and page.content is not None:
            page.content = with_whole_words(self.site, page.file.src_uri, page.content)

    @event_priority(-90)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Fail a strict build on findings; MkDocs' own counter misses them with `--quiet`."""
        if self.run is None:
            return
        said = summary(self.findings, len(self.run.documents), len(self.run.waived))
        log.info("%s", said)
        if config.strict and self.command != "serve" and fails(self.findings, strict=True):
            shown = [
                line(one)
                for one in self.run.told(self.findings)
                if _LOGGED[one.level] < log.getEffectiveLevel() and one.level >= Level.WARNING
            ]
            raise Abort("\n".join([*shown, f"mkdocs-sre: strict build fails: {said}"]))

    def _as_of(self, config: MkDocsConfig, history: History) -> AsOf:
        as_of = resolve_as_of(self.settings.as_of, _folder(config), history.committed)
        if as_of.notice:
            log.info("%s", as_of.notice)
        return as_of

    def _ground(self, files: Files, config: MkDocsConfig) -> Ground:
        docs_dir = Path(config.docs_dir)
        extensions = [{name: config.mdx_configs.get(name, {})} for name in config.markdown_extensions]
        snippets = snippet_folders(extensions, _folder(config), docs_dir)
        hidden = tuple(_hidden(files, docs_dir))
        urls = self.directory_urls
        return Ground(docs_dir, _folder(config), self.cache.data, hidden, snippets, urls, _file(config))


def _file(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path or config.docs_dir)


def _folder(config: MkDocsConfig) -> Path:
    return _file(config).parent


def _wanted(files: Files, docs_dir: Path) -> Iterator[Found | Generated]:
    """Yield every page, those that other plugins have made with their bytes, and other files that are refused."""
    links = Links(docs_dir)
    for file in files:
        if not file.inclusion.is_included():  # type: ignore[no-untyped-call]  # MkDocs leaves it untyped
            continue
        own = Path(file.abs_src_path) if file.abs_src_path and not file.generated_by else None
        found = Found(file.src_uri, own) if own is not None and own.is_relative_to(docs_dir) else None
        if not file.is_documentation_page():
            if found is not None and links.refused(found) is not None:
                yield found
        elif found is not None:
            yield found
        else:
            yield Generated(file.src_uri, file.content_bytes)


def _hidden(files: Files, docs_dir: Path) -> Iterator[Found]:
    """Yield the pages in the docs folder that the site does not show."""
    for file in files:
        own = Path(file.abs_src_path) if file.abs_src_path and not file.generated_by else None
        hidden = file.is_documentation_page() and not file.inclusion.is_included()  # type: ignore[no-untyped-call]  # MkDocs leaves it untyped
        if own is not None and hidden and own.is_relative_to(docs_dir):
            yield Found(file.src_uri, own)


def _features(config: MkDocsConfig) -> list[str]:
    """Return the features of Material, or of a theme that calls its own the same."""
    features = config.theme.get("features")
    return features if isinstance(features, list) else []


def _told(error: SettingsError) -> str:
    return "\n".join(f"plugins.sre.{'.'.join(map(str, path))} {text}" for path, text in error.problems)
