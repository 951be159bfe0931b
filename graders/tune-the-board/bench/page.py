"""The board's pages, read as a browser's script would read them."""

from __future__ import annotations

from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from kikori.bench.api import Answer, Request, Violation


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
        Violation: it is not, or something that every page has is missing.
    """
    there(answer, 200, request)
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
