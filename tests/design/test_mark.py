"""One mark: one file, in colours of the sheet, that every page and the README name."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
import requests
import yaml
from selectolax.lexbor import LexborHTMLParser
from starlette.applications import Starlette

from kikori import design, paths
from kikori.panel.site_build import stamp
from kikori.site.assembly import tree
from kikori.site.content import Content
from web.served import served

SRC = Path(design.__file__).parents[1]
SVG = "{http://www.w3.org/2000/svg}"
FILES = {"feedback.html.j2", "report.html.j2"}
"""Pages that are mailed: opened from a disk, they ask nobody for an icon."""
FROM_STATIC = re.compile(r'<link rel="icon" href="/static/kikori\.svg" type="image/svg\+xml">')


class Loader(yaml.SafeLoader):
    """mkdocs.yml without the tags that call Python."""


Loader.add_multi_constructor("", lambda loader, suffix, node: None)


def heads() -> dict[str, str]:
    """Every template of a page that a server gives, by its name."""
    files = [file for file in SRC.rglob("*.*") if file.suffix in (".html", ".j2")]
    texts = {file.name: file.read_text(encoding="utf-8") for file in files}
    return {name: text for name, text in texts.items() if "<head" in text and name not in FILES}


def test_there_is_one_drawing_of_it() -> None:
    assert [str(file) for file in SRC.rglob("*.svg")] == [str(design.MARK)]
    text = design.MARK.read_bytes()
    drawn = [*paths.ROOT.glob("docs/**/*.svg"), *paths.ROOT.glob("courses/**/*.svg")]
    assert not [file for file in drawn if file.read_bytes() == text or file.name == design.MARK.name]


def test_it_says_what_it_shows_in_both_languages_and_takes_colours_of_the_sheet() -> None:
    mark = ElementTree.parse(design.MARK).getroot()  # noqa: S314  # our own
    titles = [one.get("{http://www.w3.org/XML/1998/namespace}lang") for one in mark.iter(f"{SVG}title")]
    assert titles == ["en", "ja"]
    used = {one.get("fill") for one in mark.iter() if one.get("fill")}
    assert 1 < len(used) <= 3, "two colours on a ground"
    assert used <= {value for pair in design.tokens().values() for value in pair}
    assert mark.get("viewBox") == "0 0 48 48"
    assert len(design.MARK.read_bytes()) < 2000, "pages hold it, too"


def test_each_page_of_a_server_names_it() -> None:
    found = heads()
    assert {"base.html", "join.html", "review.html.j2", "review-failed.html.j2", "slides.html.j2"} == found.keys()
    others = {name for name, text in found.items() if not FROM_STATIC.search(text)}
    assert others == {"slides.html.j2"}
    assert '<link rel="icon" href="{{ icon }}">' in found["slides.html.j2"]


@pytest.mark.slow
def test_the_site_and_the_readme_show_it(real: Content) -> None:
    theme = yaml.load((paths.ROOT / "mkdocs.yml").read_text(encoding="utf-8"), Loader)["theme"]  # noqa: S506  # safe
    assert theme["logo"] == theme["favicon"]
    assert tree(real)[theme["logo"]] == design.MARK.read_bytes()
    first = (paths.ROOT / "README.md").read_text(encoding="utf-8").splitlines()[0]
    (shown,) = re.findall(r'src="([^"]+)"', first)
    assert paths.ROOT / shown == design.MARK


def test_a_page_of_refusal_holds_it_and_may_show_it() -> None:
    with served(Starlette()) as at:
        answer = requests.get(f"http://127.0.0.1:{at.port}/", headers={"Accept": "text/html"}, timeout=10)
    page = LexborHTMLParser(answer.text)
    (icon,), (picture,) = page.css("link[rel=icon]"), page.css("img")
    assert icon.attributes["href"] == picture.attributes["src"] == design.icon()
    assert picture.attributes["alt"] == "Kikori"
    assert "img-src 'self' data:" in answer.headers["Content-Security-Policy"]


@pytest.fixture(scope="module")
def real() -> Content:
    """The real content."""
    from kikori.content import Catalog

    return Content(paths.ROOT / "docs", Catalog([paths.ROOT]))


@pytest.mark.parametrize("name", [design.MARK.name, design.SHEET.name, "course_drawing.py"])
def test_another_look_builds_the_site_anew(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    folder = tmp_path / "src" / "kikori" / "design"
    folder.mkdir(parents=True)
    before = stamp()
    (folder / name).write_text("another look")
    assert stamp() != before
