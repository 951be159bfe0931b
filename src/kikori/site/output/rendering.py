"""Pages of which nothing changed, taken from an earlier build: their Markdown as HTML, and each page whole."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from mkdocs.structure.toc import AnchorLink, get_toc
from mkdocs.utils import CountHandler

from kikori.site.output.earlier import Earlier

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.pages import Page

TEMPLATE = "kept.html"
"""What a page that is taken as it was is made with: it says ``kept`` and nothing else."""
Kept = dict[str, Any]
"""What MkDocs knows of a page's Markdown, as JSON has it."""


class Rendering:
    """The pages of one language while they are built."""

    def __init__(self, earlier: Earlier, files: Iterable[File] = (), nav: Iterable[object] = ()) -> None:
        """``files`` are all that a page can link to, ``nav`` the items of the navigation."""
        self.earlier = earlier
        self._nav = nav
        self._files = {file.src_uri: file for file in files}
        self._reachable = earlier.key(sorted((file.src_uri, file.url, str(file.inclusion)) for file in files))
        self._whole: dict[str, str] = {}
        """The key of each page as a whole, by its file."""

    def remember(self, page: Page, markdown: str) -> None:
        """Let a page's Markdown be rendered only if no earlier build did, with the same files to link to."""
        render = page.render
        key = self.earlier.key(page.file.src_uri, markdown, self._reachable)

        def kept_or_rendered(config: MkDocsConfig, files: Files) -> None:
            kept = self.earlier.get(key)
            if kept is not None:
                self._restore(page, kept)
                return
            said = CountHandler(level=logging.WARNING)
            logging.getLogger("mkdocs").addHandler(said)
            render(config, files)
            logging.getLogger("mkdocs").removeHandler(said)
            if not said.get_counts():  # what is said of a page is said in each build
                self.earlier.put(key, _kept(page))

        vars(page)["render"] = kept_or_rendered

    def _restore(self, page: Page, kept: Kept) -> None:
        page.content, page.toc = kept["content"], get_toc(kept["toc"])
        page.present_anchor_ids = set(kept["anchors"])
        page.links_to_anchors = {self._files[name]: links for name, links in kept["links"].items()}
        page._title_from_render = kept["title"]  # MkDocs gives no other way

    @cached_property
    def _around(self) -> str:
        """The key of the navigation, which has its titles when all pages are rendered."""
        return self.earlier.key(_entries(self._nav))

    def choose(self, page: Page) -> None:
        """Let a page be taken whole from an earlier build, if nothing that stands on it has changed."""
        key = self.earlier.key(self._reachable, self._around, _stands(page))
        if self.earlier.get(key) is not None:
            page.meta["template"] = TEMPLATE
        self._whole[page.file.src_uri] = key

    def kept(self, page: Page) -> str | None:
        """Give the whole page of an earlier build."""
        found: str | None = self.earlier.get(self._whole[page.file.src_uri])
        return found

    def keep(self, page: Page, output: str) -> None:
        """Keep a whole page for later builds."""
        self.earlier.put(self._whole[page.file.src_uri], output)


def _kept(page: Page) -> Kept:
    return {
        "content": page.content,
        "toc": _tokens(page.toc),
        "title": page._title_from_render,
        "anchors": sorted(page.present_anchor_ids or ()),
        "links": {file.src_uri: links for file, links in (page.links_to_anchors or {}).items()},
    }


def _tokens(links: Iterable[AnchorLink]) -> list[dict[str, Any]]:
    return [{"name": one.title, "id": one.id, "level": one.level, "children": _tokens(one.children)} for one in links]


def _stands(page: Page) -> list[object]:
    """List what the theme shows of a page, and of those before and after."""
    beside = [one and [one.url, one.title] for one in (page.previous_page, page.next_page)]
    others = {name: file.url for name, file in getattr(page.file, "alternates", {}).items()}
    return [page.content, _tokens(page.toc), page.meta, page.title, page.url, page.is_homepage, beside, others]


def _entries(items: Iterable[Any]) -> list[object]:
    """List the titles and addresses of the navigation, as they are nested."""
    return [[one.title, getattr(one, "url", ""), _entries(one.children or ())] for one in items]
