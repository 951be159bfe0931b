"""Each diagram has its picture, each picture a diagram, and what the picture shows is told in words."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from kikori import paths
from kikori.errors import OurFault
from kikori.site.assembly import markdown
from kikori.site.content import Content
from kikori.site.diagram_pictures import BLOCK, PLACE, diagrams, name_of, read, with_pictures
from tools.diagrams.browser import drawing_in
from tools.diagrams.svg import Layout, Line, Shape, Words, picture

pytestmark = pytest.mark.slow

if TYPE_CHECKING:
    from playwright.sync_api import Page

SHELF = paths.ROOT / "docs" / PLACE
SVG = "{http://www.w3.org/2000/svg}"
KINDS = {
    "flowchart",
    "sequenceDiagram",
    "stateDiagram-v2",
    "block-beta",
    "packet-beta",
    "xychart-beta",
    "gantt",
    "timeline",
}
GROUP = re.compile(r'<rect class="group" x="([-\d.]+)" y="([-\d.]+)" width="([\d.]+)" height="([\d.]+)"')
TITLE = re.compile(r'<text class="title" x="([-\d.]+)" y="([-\d.]+)">([^<]*)</text>')
LIGHT = 12_000
"""Bytes that a picture may take."""
PAGE = "# A page\n\nText.\n\n```mermaid\nflowchart LR\n  a --> b\n```\n\nMore.\n"


@pytest.fixture(scope="module")
def wanted(real: Content) -> dict[str, str]:
    """The diagrams of all pages, by the names of their pictures."""
    return {name_of(text): text for page in markdown(real) for text in diagrams(page)}


def sized(svg: str) -> str:
    """The same, with its numbers gone: fonts and browsers differ in them."""
    return re.sub(r"-?\d+(\.\d+)?", "N", svg)


def test_every_diagram_has_a_picture_and_every_picture_a_diagram(wanted: dict[str, str]) -> None:
    there = {path.name for path in SHELF.iterdir()}
    assert there == wanted.keys(), f"draw them anew: python -m tools.diagrams; {sorted(there ^ wanted.keys())}"


def test_every_diagram_is_of_a_kind_that_is_drawn(wanted: dict[str, str]) -> None:
    assert {text.split()[0] for text in wanted.values()} <= KINDS


def test_a_picture_holds_the_words_of_its_diagram(wanted: dict[str, str]) -> None:
    for name, text in wanted.items():
        svg = ElementTree.fromstring((SHELF / name).read_text(encoding="utf-8"))  # noqa: S314  # our own
        drawn = re.sub(r"\s", "", "".join(one.text or "" for one in svg.iter(f"{SVG}text")))
        assert drawn, name
        told = re.sub(r"\s", "", svg.findtext(f"{SVG}desc") or "")
        for words in re.findall(r'"([^"]+)"', text):
            close = re.sub(r"\s", "", words)
            assert close in drawn, (name, words)
            assert close in told, (name, words)


def test_a_picture_is_light_and_has_colours_for_both_schemes(wanted: dict[str, str]) -> None:
    for name in wanted:
        text = (SHELF / name).read_text(encoding="utf-8")
        assert len(text.encode()) < LIGHT, name
        light, _, dark = text.partition("prefers-color-scheme:dark")
        names = [set(re.findall(r"(--[a-z]+):#", half)) for half in (light, dark)]
        assert names[0] == names[1], name
        assert "#" not in text.partition("</marker>")[2].replace("url(#h)", "")


def test_a_page_shows_the_picture_with_its_words(tmp_path: Path) -> None:
    (text,) = diagrams(PAGE)
    file = tmp_path / PLACE / name_of(text)
    file.parent.mkdir(parents=True)
    file.write_text('<svg width="90" height="40"><desc id="d">a_b → [b] &amp; c</desc></svg>')
    shown = with_pictures("courses/c/m/why.ja.md", PAGE, tmp_path, "ja")
    assert f"(../../../{PLACE}/{file.name})" in shown
    assert "width=90 height=40" in shown
    assert r"![a\_b → \[b\] &amp; c]" in shown
    assert 'aria-label="図"' in shown
    assert not BLOCK.search(shown)


def test_a_diagram_without_a_picture_stays_as_text(tmp_path: Path) -> None:
    assert with_pictures("index.md", PAGE, tmp_path, "en") == PAGE


def test_another_text_asks_for_another_picture() -> None:
    assert name_of("flowchart LR\n  a --> b\n") == name_of("flowchart LR\n  a --> b")
    assert name_of("flowchart LR\n  a --> b\n") != name_of("flowchart LR\n  a --> c\n")


def test_built_pages_show_pictures_and_no_page_draws(site: Path, wanted: dict[str, str]) -> None:
    shown: set[str] = set()
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert 'class="mermaid"' not in text
        assert "mermaid.tiny" not in text
        shown |= set(re.findall(rf'src="[./]*{PLACE}/([^"]+)"', text))
    assert shown == wanted.keys()
    assert not list(site.rglob("*mermaid*"))


def test_the_words_reach_the_page_as_they_are(site: Path) -> None:
    page = (site / "architecture" / "index.html").read_text(encoding="utf-8")
    ((alt, name),) = re.findall(rf'<img alt="([^"]+)"[^>]* src="[./]*{PLACE}/([^"]+)"', page)
    file = SHELF / name
    assert read(file, file.stat().st_mtime_ns).told == unescape(alt)


def test_a_picture_has_what_was_laid_out_and_no_more_digits_than_are_seen() -> None:
    found = Layout(
        told="a → b",
        view=(0.0, 0.0, 99.6, 40.2),
        shapes=(Shape(role="node", x=10.123, y=20, box=(-5, -4, 10, 8, 0)),),
        lines=(Line(path="M0.123,4L5,6.789", look=("dotted",), begins=False, ends=True),),
        words=(Words(role="said", x=1.04, y=2, text="a < b"),),
    )
    svg = picture(found)
    assert '<rect class="node" x="5.1" y="16" width="10" height="8" rx="4"/>' in svg
    assert '<path class="line dotted" d="M0.1,4L5,6.8" marker-end="url(#h)"/>' in svg
    assert '<text class="said" x="1" y="2">a &lt; b</text>' in svg
    assert 'width="116" height="56"' in svg


def test_frame_of_a_group_leaves_room_above_its_title() -> None:
    group = Shape(role="group", x=100, y=50, box=(-30, -20, 60, 90, 0))
    svg = picture(Layout(told="", view=(0, 0, 200, 200), shapes=(group,), lines=(), words=()))
    assert '<rect class="group" x="70" y="22" width="60" height="98" rx="4"/>' in svg
    assert 'viewBox="-8 -16 216 224"' in svg


def test_frame_around_a_frame_leaves_room_for_both_titles() -> None:
    outer = Shape(role="group", x=0, y=0, box=(0, 0, 100, 90, 0))
    inner = Shape(role="group", x=0, y=0, box=(10, 12, 80, 60, 0))
    words = [Words(role="title", x=50, y=top + 23, text=name, top=top) for name, top in (("outer", 0), ("inner", 12))]
    svg = picture(Layout(told="", view=(0, 0, 100, 90), shapes=(outer, inner), lines=(), words=tuple(words)))
    assert '<rect class="group" x="0" y="-30" width="100" height="120" rx="4"/>' in svg
    assert '<rect class="group" x="10" y="4" width="80" height="68" rx="4"/>' in svg
    assert 'y="1">outer</text>' in svg
    assert 'y="35">inner</text>' in svg
    assert 'viewBox="-8 -38 116 136"' in svg


def test_box_that_was_laid_out_twice_is_drawn_once() -> None:
    shape = Shape(role="node", x=10, y=20, box=(-5, -4, 10, 8, 4))
    svg = picture(Layout(told="", view=(0, 0, 100, 40), shapes=(shape, shape), lines=(), words=()))
    assert svg.count('<rect class="node"') == 1


def test_line_is_not_seen_between_the_words_of_a_title() -> None:
    line = Line(path="M50,0L50,90", look=(), begins=False, ends=False)
    title = Words(role="title", x=50, y=44, text="network ridge", width=80)
    svg = picture(Layout(told="", view=(0, 0, 100, 80), shapes=(), lines=(line,), words=(title,)))
    order = [svg.index(part) for part in ('d="M50,0', '<rect class="beneath" x="7"', "network ridge")]
    assert order == sorted(order)


def test_line_is_not_seen_between_the_words_on_it() -> None:
    line = Line(path="M0,40L100,40", look=(), begins=False, ends=False)
    said = Words(role="said", x=50, y=44, text="port 80", width=48)
    svg = picture(Layout(told="", view=(0, 0, 100, 80), shapes=(), lines=(line,), words=(said,)))
    order = [svg.index(part) for part in ('d="M0,40', '<rect class="behind" x="23" y="31" width="54"', "port 80")]
    assert order == sorted(order)


def test_words_of_every_scene_lie_within_their_boxes(wanted: dict[str, str]) -> None:
    scenes = [name for name, text in wanted.items() if "subgraph" in text]
    assert len(scenes) > 40
    for name in scenes:
        text = (SHELF / name).read_text(encoding="utf-8")
        groups = [[float(side) for side in found] for found in GROUP.findall(text)]
        for x, y, words in TITLE.findall(text):
            least = sum(15 if ord(letter) > 0x2E80 else 4 for letter in unescape(words))
            there = [
                group
                for group in groups
                if abs(group[0] + group[2] / 2 - float(x)) + least / 2 + 8 <= group[2] / 2
                and 20 <= float(y) - group[1] <= 60
            ]
            assert there, (name, words)


@pytest.mark.browser
def test_the_browser_draws_what_is_kept(page: Page, wanted: dict[str, str]) -> None:
    draw = drawing_in(page)
    for name in sorted(wanted)[:2]:
        drawn = draw(wanted[name])
        assert drawn == draw(wanted[name]), "the same text, drawn twice"
        kept = (SHELF / name).read_text(encoding="utf-8")
        words = [re.findall("<text[^>]*>(.*?)</text>", svg) for svg in (drawn, kept)]
        assert words[0] == words[1]
        assert sized(drawn) == sized(kept)


@pytest.mark.browser
def test_what_mermaid_refuses_is_named(page: Page) -> None:
    with pytest.raises(OurFault, match="can't draw this"):
        drawing_in(page)("flowchart LR\n  a[[ -->\n")
