"""A flowchart as SVG: what the browser laid out, in the site's colours, for light and dark."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from msgspec.structs import replace

from kikori.model.record import Record
from kikori.site.drawing import LETTERS, n, schemes

TAKEN = {
    "paper": "paper",
    "ink": "ink",
    "soft": "soft",
    "line": "draw-line",
    "node": "draw-node",
    "edge": "draw-edge",
    "asks": "draw-asks",
    "ask": "draw-ask",
    "group": "draw-group",
}
STYLE = schemes(TAKEN) + f"text{{font:15px {LETTERS},sans-serif;"
STYLE += """
fill:var(--ink);text-anchor:middle}
.said{fill:var(--soft);font-size:14px;stroke:var(--paper);stroke-width:6px;stroke-linejoin:round;paint-order:stroke}
.behind{fill:var(--paper)}.beneath{fill:var(--group)}
.title{fill:var(--soft);font-weight:600;stroke:var(--group);stroke-width:5px;stroke-linejoin:round;paint-order:stroke}
.paper{fill:var(--paper)}
.node{fill:var(--node);stroke:var(--edge)}.asks{fill:var(--asks);stroke:var(--ask)}
.group{fill:var(--group);stroke:var(--edge);stroke-dasharray:2 3}
.line{fill:none;stroke:var(--line);stroke-width:1.6}.dotted{stroke-dasharray:3 4}.thick{stroke-width:3}
.head{fill:var(--line)}
""".replace("\n", "")
"""The paper belongs to the picture, so that it can be read wherever it is put."""

HEAD = (
    '<marker id="h" viewBox="0 0 10 10" refX="5" refY="5" markerUnits="userSpaceOnUse" markerWidth="9" '
    'markerHeight="9" orient="auto-start-reverse"><path class="head" d="M0 0L10 5L0 10z"/></marker>'
)
NUMBER = re.compile(r"-?\d*\.?\d+(?:e-?\d+)?")
KANA = re.compile("[ぁ-ヶ]")
MARGIN = 8
BEHIND = {"said": "behind", "title": "beneath"}
"""What lies between a line and the words that it crosses: paper, or the ground of a group."""
LIFT = 8
"""How far a group's frame is raised above its title; mermaid's own margin would part lines from their frames."""
NESTED = 22
"""How much further, where another frame begins right below."""


class Shape(Record):
    """A box: a path, or a rectangle with rounded corners, at a place."""

    role: str
    x: float
    y: float
    path: str | None = None
    box: tuple[float, float, float, float, float] = (0, 0, 0, 0, 0)
    """Left, top, width, height, radius."""


class Line(Record):
    """From one box to another."""

    path: str
    look: tuple[str, ...]
    begins: bool
    """Whether there is an arrow's head at its beginning."""
    ends: bool


class Words(Record):
    """One line of text, around a place."""

    role: str
    x: float
    y: float
    text: str
    width: float = 0
    """What the browser measured, where a line may lie behind it."""
    top: float | None = None
    """Where the frame begins whose title it is."""


class Layout(Record):
    """All of a flowchart."""

    told: str
    """The same in words."""
    view: tuple[float, float, float, float]
    """Left, top, width, height."""
    shapes: tuple[Shape, ...]
    lines: tuple[Line, ...]
    words: tuple[Words, ...]


def picture(found: Layout) -> str:
    """The whole SVG."""
    left, top, width, height = found.view
    lift = max((_lift(one.y + one.box[1], found) for one in found.shapes if one.role == "group"), default=0)
    top, height = top - lift, height + lift
    view = [left - MARGIN, top - MARGIN, width + 2 * MARGIN, height + 2 * MARGIN]
    box = " ".join(str(round(side)) for side in view)
    size = f'viewBox="{box}" width="{round(view[2])}" height="{round(view[3])}"'
    lang = "ja" if KANA.search(found.told) else "en"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="d" xml:lang="{lang}">'
    words = f'<desc id="d">{escape(found.told)}</desc><style>{STYLE}</style>{HEAD}'
    paper = f'<rect class="paper" x="{round(view[0])}" y="{round(view[1])}" width="100%" height="100%" rx="6"/>'
    return "\n".join([head, words, paper, *_parts(found), "</svg>", ""])


def _parts(found: Layout) -> Iterable[str]:
    """What lies below comes first: groups, lines, boxes, words."""
    groups = [one for one in found.shapes if one.role == "group"]
    yield from (_shape(_raised(one, _lift(one.y + one.box[1], found))) for one in groups)
    yield from (_line(one) for one in found.lines)
    yield from (_shape(one) for one in dict.fromkeys(found.shapes) if one.role != "group")  # round ends come twice
    words = [one if one.top is None else replace(one, y=one.y + LIFT - _lift(one.top, found)) for one in found.words]
    yield from (_behind(one) for one in words if one.role in BEHIND and one.width)
    for one in words:
        look = f' class="{one.role}"' if one.role else ""
        yield f'<text{look} x="{n(one.x)}" y="{n(one.y)}">{escape(one.text, quote=False)}</text>'


def _lift(top: float, found: Layout) -> float:
    """How far the frame that begins there is raised: further where one within it would begin on its title."""
    tops = [one.y + one.box[1] for one in found.shapes if one.role == "group"]
    return LIFT + NESTED * any(top < other < top + NESTED for other in tops)


def _raised(group: Shape, lift: float) -> Shape:
    x, y, width, height, radius = group.box
    return replace(group, box=(x, y - lift, width, height + lift, radius))


def _behind(one: Words) -> str:
    """Ground below words that stand on a line, which would be seen between them."""
    side = f'x="{n(one.x - one.width / 2 - 3)}" y="{n(one.y - 13)}" width="{n(one.width + 6)}" height="18"'
    return f'<rect class="{BEHIND[one.role]}" {side}/>'


def _shape(one: Shape) -> str:
    if one.path is not None:
        place = f' transform="translate({n(one.x)} {n(one.y)})"' if (one.x, one.y) != (0, 0) else ""
        return f'<path class="{one.role}"{place} d="{_rounded(one.path)}"/>'
    x, y, width, height, radius = one.box
    round_ = n(max(radius, 4))
    side = f'x="{n(one.x + x)}" y="{n(one.y + y)}" width="{n(width)}" height="{n(height)}" rx="{round_}"'
    return f'<rect class="{one.role}" {side}/>'


def _line(one: Line) -> str:
    heads = "".join(f' marker-{end}="url(#h)"' for end, there in (("start", one.begins), ("end", one.ends)) if there)
    return f'<path class="{" ".join(("line", *one.look))}" d="{_rounded(one.path)}"{heads}/>'


def _rounded(path: str) -> str:
    """A path with one digit behind the point."""
    return NUMBER.sub(lambda found: n(float(found[0])), path)
