"""MkDocs hooks (mkdocs.yml): assemble the pages, order them, and write a search index for each language.

MkDocs runs all of them but ``on_startup`` once for each language, since mkdocs-static-i18n builds the second one within
the build of the first. What they share is a ``Build``.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority

from kikori import paths
from kikori.bilingual import texts
from kikori.content import Catalog
from kikori.errors import KikoriError
from kikori.site.assembly import assemble
from kikori.site.content import Content
from kikori.site.navigation import navigation
from kikori.site.output.earlier import Earlier
from kikori.site.output.icons import with_names
from kikori.site.output.minify import minified
from kikori.site.output.rendering import TEMPLATE, Rendering
from kikori.site.render import WORDS
from kikori.site.search.index import JA, Found, sections, write_indices

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

    from kikori.settings import Lang

MISSING = "404.html"
UNASKED = re.compile(r".*\.map|assets/javascripts/(lunr/|workers/).*|assets/images/favicon\.png")
"""Files of the theme that no page of ours fetches: maps of its sources, and the search that ours replaces."""
HOMES = (".", "./", "", JA)
ALTERNATE = re.compile(r'\s*<link rel="alternate" [^>]*>')
PHOTOGRAPH = re.compile(r'(<img (?=[^>]*src="[^"]+\.png(?:#[a-z-]+)?")[^>]*?)(?= ?/?>)')
DIALOG = 'data-md-component="search" role="dialog"'
LAST = -200
"""After mkdocs-static-i18n, which runs at -100."""


class Build:
    """One build of the site in all languages."""

    def __init__(self, config: MkDocsConfig) -> None:
        instructor = bool(config.extra["instructor"])
        self.earlier = Earlier(paths.state() / "site-pages" / ("instructor" if instructor else "all"))
        docs = Path(config.config_file_path).parent / "docs"
        self.content = Content(docs, Catalog(), instructor=instructor, earlier=self.earlier)
        self.rendering = Rendering(self.earlier)
        """The pages of the language that is being built."""
        self.found: list[Found] = []
        """What a search finds, of all languages."""


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Point MkDocs to the assembled folder, in the language that is being built.

    Raises:
        PluginError: a course, a module or a lab breaks its format; says where and what would be right.
    """
    target = Path(config.config_file_path).parent / config.extra["assembled"]
    lang = _language(config)
    try:
        if not _is_within(config):
            config.extra["build"] = Build(config)
            assemble(_build(config).content, target)
        config.nav = navigation(_build(config).content, lang)
    except KikoriError as problem:
        raise PluginError(f"{problem.message}\n{problem.hint}".strip()) from None
    config.docs_dir = str(target)
    config.extra["homepage"] = JA if lang == "ja" else "./"  # MkDocs knows one at the top of the navigation only
    return config


def _build(config: MkDocsConfig) -> Build:
    found: Build = config.extra["build"]
    return found


def _is_within(config: MkDocsConfig) -> bool:
    """Tell whether this is a language that the plugin builds within the build of another."""
    return bool(getattr(config.plugins["i18n"], "building", False))


def _language(config: MkDocsConfig) -> Lang:
    """The language of this build; the plugin knows none before its first one."""
    return "ja" if getattr(config.plugins["i18n"], "current_language", None) == "ja" else "en"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Leave out the theme's files that no page fetches."""
    for file in [one for one in files if UNASKED.fullmatch(one.src_uri)]:
        files.remove(file)
    return files


@event_priority(LAST)
def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Begin with the pages of a language."""
    _build(config).rendering = Rendering(_build(config).earlier, files, nav)
    return nav


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Let a page be taken from an earlier build."""
    _build(config).rendering.remember(page, markdown)
    return markdown


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Gather what a search finds, and choose the pages that are taken whole from an earlier build.

    The theme's search is left without any text: it takes longer to read the pages than all else.
    """
    build = _build(config)
    env.bytecode_cache = build.earlier.templates()
    for file in files.documentation_pages():
        if page := file.page:
            build.rendering.choose(page)
            said = page.meta.get("search", {})
            if not said.get("exclude"):
                build.found += sections(page.url, str(page.title), page.content or "", said.get("boost", 1))
            page.meta["search"] = {"exclude": True}
    return env


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: object) -> dict[str, Any]:
    """Make the language switch of the home pages relative, so that the site works in any folder.

    The theme says with ``said`` what the page's own scripts put into it.
    """
    context["said"] = texts(WORDS, _language(config))
    context["kept"] = _build(config).rendering.kept(page)
    if page.url in HOMES:
        for other in vars(config.extra)["alternate"]:  # an attribute beside the items; the theme reads it first
            other["link"] = JA if other["lang"] == "ja" else "./"
    return context


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """Write the Japanese page for what is not there beside the other pages: it would write over the English one."""
    if template_name != MISSING:
        return output_content
    page = with_names(minified(_without_alternates(output_content, config)))
    if _language(config) != "ja":
        return page
    own = Path(config.site_dir) / JA / MISSING
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(page, encoding="utf-8")
    return ""


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Leave out the links to the other language that only machines see, name the search, let photographs wait.

    The theme would ask for a sitemap beside each of those links; a dialog without a name is not announced; and a
    photograph is fetched when its reader comes near it.
    """
    if page.meta.get("template") == TEMPLATE:
        return output
    light = with_names(minified(PHOTOGRAPH.sub(r'\1 loading="lazy"', _without_alternates(output, config))))
    _build(config).rendering.keep(page, light)
    return light


def _without_alternates(output: str, config: MkDocsConfig) -> str:
    named = f'{DIALOG} aria-label="{escape(texts(WORDS, _language(config))["search"])}"'
    return ALTERNATE.sub("", output).replace(DIALOG, named)


@event_priority(LAST)
def on_post_build(config: MkDocsConfig) -> None:
    """Give each language a search index of its own, so that a search finds each page once.

    The theme reads the index beside the home page of its language (theme/main.html).
    """
    if not _is_within(config):
        write_indices(Path(config.site_dir), _build(config).content, _build(config).found)
        _build(config).earlier.forget()


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: object) -> LiveReloadServer:
    """Rebuild when a source changes: what MkDocs itself watches is only the assembled folder."""
    for root in Catalog().roots:
        for name in ("docs", "courses", "labs", "graders"):
            if (root / name).is_dir():
                server.watch(str(root / name))
    return server
