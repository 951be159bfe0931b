"""MkDocs hooks (mkdocs.yml): assemble the pages, order them, and write a search index for each language.

MkDocs runs ``on_config`` once per language, since mkdocs-static-i18n builds them one after the other;
everything here may therefore run again at no cost.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority

from kikori.bilingual import texts
from kikori.content import Catalog
from kikori.errors import KikoriError
from kikori.site.assembly import assemble
from kikori.site.content import Content
from kikori.site.navigation import navigation
from kikori.site.output.icons import with_names
from kikori.site.output.minify import minified
from kikori.site.render import WORDS
from kikori.site.search.index import JA, split_index

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

    from kikori.settings import Lang

MISSING = "404.html"
UNASKED = re.compile(r".*\.map|assets/javascripts/(lunr/|workers/).*")
"""Files of the theme that no page of ours fetches: maps of its sources, and the search that ours replaces."""
HOMES = (".", "./", "", JA)
ALTERNATE = re.compile(r'\s*<link rel="alternate" [^>]*>')
PHOTOGRAPH = re.compile(r'(<img (?=[^>]*src="[^"]+\.png(?:#[a-z-]+)?")[^>]*?)(?= ?/?>)')
DIALOG = 'data-md-component="search" role="dialog"'
LAST = -200
"""After mkdocs-static-i18n, which runs at -100."""


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Point MkDocs to the assembled folder, in the language that is being built.

    Raises:
        PluginError: a course, a module or a lab breaks its format; says where and what would be right.
    """
    content = _content(config)
    target = Path(config.config_file_path).parent / config.extra["assembled"]
    lang = _language(config)
    try:
        assemble(content, target)
        config.nav = navigation(content, lang)
    except KikoriError as problem:
        raise PluginError(f"{problem.message}\n{problem.hint}".strip()) from None
    config.docs_dir = str(target)
    config.extra["homepage"] = JA if lang == "ja" else "./"  # MkDocs knows one at the top of the navigation only
    return config


def _content(config: MkDocsConfig) -> Content:
    folder = Path(config.config_file_path).parent / "docs"
    return Content(folder, Catalog(), instructor=bool(config.extra["instructor"]))


def _language(config: MkDocsConfig) -> Lang:
    """The language of this build; the plugin knows none before its first one."""
    return "ja" if getattr(config.plugins["i18n"], "current_language", None) == "ja" else "en"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Leave out the theme's files that no page fetches."""
    for file in [one for one in files if UNASKED.fullmatch(one.src_uri)]:
        files.remove(file)
    return files


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: object) -> dict[str, Any]:
    """Make the language switch of the home pages relative, so that the site works in any folder.

    The theme says with ``said`` what the page's own scripts put into it.
    """
    context["said"] = texts(WORDS, _language(config))
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
    return with_names(minified(PHOTOGRAPH.sub(r'\1 loading="lazy"', _without_alternates(output, config))))


def _without_alternates(output: str, config: MkDocsConfig) -> str:
    named = f'{DIALOG} aria-label="{escape(texts(WORDS, _language(config))["search"])}"'
    return ALTERNATE.sub("", output).replace(DIALOG, named)


@event_priority(LAST)
def on_post_build(config: MkDocsConfig) -> None:
    """Give each language a search index of its own, so that a search finds each page once.

    The theme reads the index beside the home page of its language (theme/main.html).
    """
    split_index(Path(config.site_dir), _content(config))


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: object) -> LiveReloadServer:
    """Rebuild when a source changes: what MkDocs itself watches is only the assembled folder."""
    for root in Catalog().roots:
        for name in ("docs", "courses", "labs", "graders"):
            if (root / name).is_dir():
                server.watch(str(root / name))
    return server
