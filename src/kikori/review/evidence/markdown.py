"""A stranger's Markdown as harmless HTML, with the commands that it cites unfolded in place.

Parsed by markdown-it: the library that the site uses takes minutes for sixty kilobytes of brackets.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, partial
from html import escape
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from kikori.explanation_rules import CITATION, LONGEST
from kikori.model import Command
from kikori.visible_text import visible

MOST_CITED = 100
"""Commands that are unfolded in one text; more are left as they are written."""
TAGS = {"div", "br", "em", "strong", "s", "code", "pre", "ul", "ol", "li", "hr", "a", "blockquote"}
TABLE = {"table", "thead", "tbody", "tr", "th", "td"}
UNFOLDED = {"details", "summary", "span"}
CLASSES = {
    "div": {"paragraph", "heading", "block"},
    "details": {"cited"},
    "span": {"line", "fact", "failed", "missing"},
}


def prose(text: str, trail: Sequence[Command], told: Mapping[str, str]) -> Markup:
    """What a learner wrote, as HTML; ``told`` are this page's words for a command's place, end and time."""
    if len(text) > LONGEST:
        return Markup("<pre>{}</pre>").format(visible(text[:LONGEST]))
    parser = _parser()
    tokens = parser.parse(visible(text))
    for token in tokens:
        _as_block(token)
    unfold = partial(_unfolded, commands={one.number: one for one in trail}, told=told, left=[MOST_CITED])
    rendered = parser.renderer.render(tokens, parser.options, {"unfold": unfold})
    cleaned = nh3.clean(rendered, **_allowed())
    return Markup(visible(cleaned))  # noqa: S704  # cleaned by a list of what is allowed; &#8238; is a letter only now


def page_of(text: str) -> Markup:
    """One of our own pages, such as a task."""
    return prose(text, (), {})


@cache
def _parser() -> MarkdownIt:
    """CommonMark and tables; HTML is shown as it is written, images are not fetched."""
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable("image")
    parser.add_render_rule("text", _text)
    return parser


def _allowed() -> dict[str, Any]:
    return {
        "tags": TAGS | TABLE | UNFOLDED,
        "attributes": {"a": {"href"}},
        "allowed_classes": CLASSES,
        "url_schemes": {"http", "https"},
        "link_rel": "noopener noreferrer nofollow",
    }


def _as_block(token: Token) -> None:
    """Paragraphs and headings as plain blocks: a command unfolds in either, and the page has headings of its own."""
    if token.type.startswith(("paragraph", "heading")):
        token.tag = "div"
        if token.nesting == 1:
            token.attrs = {"class": token.type.removesuffix("_open")}


def _text(self: Any, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    """The renderer's rule for plain text."""
    written = escape(tokens[at].content)
    unfold = env.get("unfold")
    return CITATION.sub(unfold, written) if unfold else written


def _unfolded(found: re.Match[str], commands: Mapping[int, Command], told: Mapping[str, str], left: list[int]) -> str:
    """A cited command: its number, and what was typed once it is opened."""
    if not told or left[0] <= 0:
        return found[0]
    left[0] -= 1
    command = commands.get(int(found[1]))
    if command is None:
        return f'<span class="missing">{found[0]} {escape(told["no-such-command"])}</span>'
    facts = [command.service, f"{told['exit']} {command.exit_code}", f"{command.seconds:.4g} s"]
    shown = "".join(f'<span class="fact">{escape(visible(fact)[:100])}</span> ' for fact in facts)
    typed = escape(visible(command.line)[:2000])
    return (
        f'<details class="cited"><summary>#{command.number}</summary>'
        f'<span class="line">{typed}</span> {shown}</details>'
    )
