"""The board's pages, read as a browser's script would read them."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import suppress
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from kikori.bench.api import Answer, Request, Violation

SOON = 1.0
"""Seconds after which everybody must see what was written."""


class Said(NamedTuple):
    """A remark as a page shows it."""

    id: int
    by: str
    words: str


class Article(NamedTuple):
    """A picture as a page shows it."""

    id: int
    at: str
    by: str
    image: str
    caption: str
    count: int
    remarks: tuple[Said, ...]


class Page(NamedTuple):
    """What a page says."""

    me: str
    token: str
    notice: str
    older: str
    articles: tuple[Article, ...]
    tree: LexborHTMLParser

    def number(self, name: str) -> int:
        """A counter of a profile."""
        node = self.tree.css_first(f"dd#{name}")
        text = node.text().strip() if node else ""
        if not text.isdigit():
            raise Violation("wrong-content", f"the counter {name} is {text!r}")
        return int(text)


def page(answer: Answer, request: Request) -> Page:
    """Read a page that must be there.

    Raises:
        Violation: it is not, something that every page has is missing, or a browser may show it again later.
    """
    there(answer, 200, request)
    _asked_again(answer, request)
    tree = LexborHTMLParser(answer.body)
    body = tree.body
    notice, older = tree.css_first("p#notice"), tree.css_first("a#older")
    try:
        articles = tuple(_article(node) for node in tree.css("article.picture"))
    except (AttributeError, KeyError, TypeError, ValueError) as problem:
        raise Violation("wrong-content", f"an article lacks something: {problem}", request) from None
    return Page(
        me=(body.attributes.get("data-me") or "") if body else "",
        token=(body.attributes.get("data-token") or "") if body else "",
        notice=notice.text().strip() if notice else "",
        older=(older.attributes.get("href") or "") if older else "",
        articles=articles,
        tree=tree,
    )


def _article(node: LexborNode) -> Article:
    def first(selector: str) -> LexborNode:
        found = node.css_first(selector)
        if found is None:
            raise ValueError(f"no {selector}")
        return found

    def of(one: LexborNode, name: str) -> str:
        return one.attributes[name] or ""

    remarks = tuple(
        Said(int(of(one, "data-id")), _text(one, "a"), _text(one, "span")) for one in node.css("ol.remarks > li")
    )
    return Article(
        id=int(of(node, "data-id")),
        at=of(node, "data-at"),
        by=_text(node, "a.by"),
        image=of(first("img"), "src"),
        caption=_text(node, "p.caption"),
        count=int(of(first("p.count"), "data-count")),
        remarks=remarks,
    )


def _text(node: LexborNode, selector: str) -> str:
    found = node.css_first(selector)
    if found is None:
        raise ValueError(f"no {selector}")
    return found.text()


def form(seen: Page, action: str, *fields: str) -> dict[str, str]:
    """Give the hidden fields of a form that has others to fill in.

    Raises:
        Violation: no form with this action is on the page, or it lacks a field or the token.
    """
    for node in seen.tree.css(f'form[action="{action}"]'):
        names = {one.attributes.get("name") for one in node.css("[name]")}
        if (node.attributes.get("method") or "").lower() == "post" and {*fields, "token"} <= names:
            hidden = node.css('input[type="hidden"]')
            return {one.attributes.get("name") or "": one.attributes.get("value") or "" for one in hidden}
    lacking = ", ".join([*fields, "token"])
    raise Violation("wrong-content", f"the page has no form that posts to {action} with {lacking}")


def filled(seen: Page, action: str, **fields: str) -> tuple[tuple[str, str], ...]:
    """Fill a form in, and give what a browser sends of it."""
    return tuple({**form(seen, action, *fields), **fields}.items())


def linked(seen: Page, *targets: str) -> None:
    """Find the links on a page that people need.

    Raises:
        Violation: one of them is missing.
    """
    found = {node.attributes.get("href") for node in seen.tree.css("a[href]")}
    if lacking := [target for target in targets if target not in found]:
        raise Violation("wrong-content", f"the page has no link to {lacking[0]}")


def dressed(seen: Page) -> None:
    """Find a style and scripts on a page, wherever they lie.

    Raises:
        Violation: one of the two is missing.
    """
    for what, selector in (("style", 'link[rel="stylesheet"], style'), ("script", "script")):
        if seen.tree.css_first(selector) is None:
            raise Violation("wrong-content", f"the page has no {what}")


def _asked_again(answer: Answer, request: Request) -> None:
    """Refuse a page that browsers may show again unasked."""
    kept = _kept_for(answer.headers)
    if kept > SOON:
        seen = f"browsers may show {request.path} as it is now for {kept:.0f} s, without what is written meanwhile"
        raise Violation("lost-write", seen, request)


def _kept_for(headers: Mapping[str, str]) -> float:
    """For how many seconds a browser may show an answer again unasked, by RFC 9111 and RFC 5861."""
    all_of = getattr(headers, "getall", None)
    lines = all_of("Cache-Control", []) if all_of else [headers.get("Cache-Control", "")]
    pairs = (part.strip().lower().partition("=") for line in lines for part in line.split(","))
    told = {name: value.strip(' "') for name, _, value in pairs}
    if "no-store" in told or told.get("no-cache") == "":
        return 0.0
    stale = told.get("stale-while-revalidate", "")
    late = float(stale) if stale.isdigit() else 0.0
    if told.get("max-age", "").isdigit():
        return float(told["max-age"]) + late
    if "Expires" in headers:
        return _moment(headers["Expires"]) - time.time() + late
    if "Last-Modified" in headers:  # then a browser may guess, and takes a tenth of the page's age
        return (time.time() - _moment(headers["Last-Modified"], time.time())) / 10 + late
    return late


def _moment(text: str, otherwise: float = 0.0) -> float:
    with suppress(ValueError):
        return parsedate_to_datetime(text).timestamp()
    return otherwise


def there(answer: Answer, status: int, request: Request, to: str = "") -> None:
    """An answer has its status, and leads where it should.

    Raises:
        Violation: it has not, or it never came.
    """
    if answer.status == 0:
        raise Violation(
            "timeout", f"{request.method} {request.path}: {answer.text} after {answer.seconds:.1f} s", request
        )
    if answer.status != status:
        raise Violation("wrong-status", f"{request.method} {request.path}: {answer.status}, not {status}", request)
    target = answer.headers.get("Location", "")
    if to and target.split("://")[-1].partition("/")[1:] != ("/", to.removeprefix("/")) and target != to:
        raise Violation("wrong-status", f"{request.method} {request.path} leads to {target!r}, not {to}", request)
