"""MkDocs hooks (mkdocs.yml): assemble the pages, order them, and split the search index by language.

MkDocs runs ``on_config`` once per language, since mkdocs-static-i18n builds them one after the other;
everything here may therefore run again at no cost.
"""

from __future__ import annotations

import json
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
from kikori.site.render import WORDS

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.pages import Page

    from kikori.settings import Lang

INDEX = "search/search_index.json"
JA = "ja/"
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
    root = Path(config.config_file_path).parent
    content = Content(root / "docs", Catalog(), instructor=bool(config.extra["instructor"]))
    target = root / config.extra["assembled"]
    try:
        assemble(content, target)
        config.nav = navigation(content, _language(config))
    except KikoriError as problem:
        raise PluginError(f"{problem.message}\n{problem.hint}".strip()) from None
    config.docs_dir = str(target)
    return config


def _language(config: MkDocsConfig) -> Lang:
    """The language of this build; the plugin knows none before its first one."""
    return "ja" if getattr(config.plugins["i18n"], "current_language", None) == "ja" else "en"


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: object) -> dict[str, Any]:
    """Make the language switch of the home pages relative, so that the site works in any folder.

    The theme says with ``said`` what the page's own scripts put into it.
    """
    context["said"] = texts(WORDS, _language(config))
    if page.is_homepage or page.url == JA:
        for other in vars(config.extra)["alternate"]:  # an attribute beside the items; the theme reads it first
            other["link"] = JA if other["lang"] == "ja" else "./"
    return context


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """Keep the English page for what is not there: each language would write over the one before."""
    return "" if template_name == "404.html" and _language(config) == "ja" else output_content


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Leave out the links to the other language that only machines see, name the search, let photographs wait.

    The theme would ask for a sitemap beside each of those links; a dialog without a name is not announced; and a
    photograph is fetched when its reader comes near it.
    """
    named = f'{DIALOG} aria-label="{escape(texts(WORDS, _language(config))["search"])}"'
    return PHOTOGRAPH.sub(r'\1 loading="lazy"', ALTERNATE.sub("", output)).replace(DIALOG, named)


@event_priority(LAST)
def on_post_build(config: MkDocsConfig) -> None:
    """Give each language a search index of its own, so that a search finds each page once.

    The theme reads the index beside the home page of its language (theme/main.html).
    """
    root = Path(config.site_dir)
    index = json.loads((root / INDEX).read_text(encoding="utf-8"))
    japanese = [entry for entry in index["docs"] if entry["location"].startswith(JA)]
    english = [entry for entry in index["docs"] if not entry["location"].startswith(JA)]
    moved = [entry | {"location": entry["location"].removeprefix(JA)} for entry in japanese]
    _write_index(root / INDEX, index["config"] | {"lang": ["en"]}, english)
    _write_index(root / JA / INDEX, index["config"], moved)


def _write_index(path: Path, settings: dict[str, Any], entries: list[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"config": settings, "docs": entries}, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text, encoding="utf-8")


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: object) -> LiveReloadServer:
    """Rebuild when a source changes: what MkDocs itself watches is only the assembled folder."""
    for root in Catalog().roots:
        for name in ("docs", "courses", "labs", "graders"):
            if (root / name).is_dir():
                server.watch(str(root / name))
    return server
