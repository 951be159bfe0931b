"""The real site, as a browser would get it: complete, local, and light."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kikori import design

FETCHED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href"}
FOREIGN = re.compile(r"^(https?:)?//")
LIGHT = 500_000
"""Bytes that a page may take."""
WHOLE = 28_000_000
"""Bytes that the site may take."""
HTML = 40_000
"""Bytes of HTML that a page may have."""
LONGER = {
    "architecture": 44,
    "author": 69,
    "cli": 58,
    "courses": 48,
    "courses/containers/from-build-to-deploy/how": 43,
    "courses/containers/life-and-death-of-pid-1/how": 47,
    "courses/containers/networks/how": 52,
    "courses/incidents/timelines-and-post-mortems/how": 44,
    "courses/legacy-servers/move-under-traffic/how": 41,
    "courses/legacy-servers/procfs-and-sysfs/how": 43,
    "courses/legacy-servers/read-the-box/how": 41,
    "courses/legacy-servers/rebuild-as-code/how": 42,
    "courses/legacy-servers/where-it-came-from/how": 43,
    "courses/linux/files-and-descriptors/how": 43,
    "courses/linux/kernel-parameters/how": 46,
    "courses/linux/looking-into-the-kernel/how": 48,
    "courses/linux/processes/how": 54,
    "courses/linux/sockets-and-buffers/how": 49,
    "courses/observability/golden-signals/how": 49,
    "courses/observability/instrumentation/how": 43,
    "courses/observability/linked-telemetry/how": 46,
    "courses/observability/paging/how": 49,
    "courses/observability/pipelines/how": 49,
    "courses/observability/semantic-monitoring/how": 46,
    "courses/performance/caches-and-static-files/how": 53,
    "courses/performance/databases-and-indexes/how": 60,
    "courses/performance/kernel-knobs/how": 50,
    "courses/performance/measure-first/how": 55,
    "courses/performance/one-change-at-a-time/how": 49,
    "courses/performance/processes-and-connections/how": 48,
    "courses/performance/where-the-queue-is/how": 48,
    "courses/security/audit-trail/how": 50,
    "courses/security/least-privilege-and-secrets/how": 51,
    "courses/security/restore-that-was-tried/how": 47,
    "courses/slo/error-budgets/how": 44,
    "courses/slo/journeys-and-indicators/how": 43,
    "courses/sre-practice/run-by-others/how": 42,
    "courses/sre-practice/slo-review/how": 41,
    "courses/toil/a-robot-with-a-brake/how": 43,
    "courses/toil/safe-twice/how": 41,
    "glossary": 108,
    "instructor": 95,
    "learner": 61,
    "lint": 49,
    "sdk": 53,
}
"""References, and lessons with many commands, have more for their own text; so many thousand bytes each."""
AROUND = 22_500
"""Bytes that may stand around the text of a page: header, footer, navigation (200 more for each decision)."""


class Fetched(HTMLParser):
    """What a browser fetches for a page, as the page names it."""

    def __init__(self, page: Path, *, whole: bool = True) -> None:
        """``whole``: with the pictures that wait until their reader comes near."""
        super().__init__()
        self.whole = whole
        self.found: list[str] = []
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "link" and said.get("rel") in ("prev", "next", "canonical"):
            return
        if said.get("loading") == "lazy" and not self.whole:
            return
        if target := said.get(FETCHED.get(tag, "")):
            self.found.append(target)


def pages_of(site: Path) -> list[Path]:
    """Every page but the one for what is not there, which names its parts from the server's root."""
    return [page for page in site.rglob("*.html") if page.name != "404.html"]


def test_both_languages_have_the_same_pages(site: Path) -> None:
    english = {str(page.relative_to(site)) for page in pages_of(site) if not page.is_relative_to(site / "ja")}
    japanese = {str(page.relative_to(site / "ja")) for page in pages_of(site / "ja")}
    assert english == japanese
    assert len(english) > 15


def test_no_page_fetches_from_another_host(site: Path) -> None:
    assert not [
        (str(page), target) for page in pages_of(site) for target in Fetched(page).found if FOREIGN.match(target)
    ]


def test_no_stylesheet_fetches_from_another_host(site: Path) -> None:
    foreign = re.compile(r"""(?:url\(\s*|@import\s+)["']?(?:https?:)?//""")
    assert not [str(sheet) for sheet in site.rglob("*.css") if foreign.search(sheet.read_text(encoding="utf-8"))]


def test_every_page_has_the_sheet_that_all_pages_share_before_its_own(site: Path) -> None:
    for page in (site / "index.html", site / "ja" / "labs" / "first-look" / "index.html"):
        sheets = re.findall(r'rel="stylesheet" href="[./]*([^"]+)"', page.read_text(encoding="utf-8"))
        assert sheets[-3:] == [f"assets/stylesheets/{name}.css" for name in ("tokens", "kikori", "no-scripts")]
    assert (site / "assets" / "stylesheets" / "tokens.css").read_text(encoding="utf-8") == design.sheet()


def test_all_that_is_fetched_is_there(site: Path) -> None:
    for page in pages_of(site):
        for target in Fetched(page).found:
            assert file_at(page, target).is_file(), f"{page}: {target}"


def file_at(page: Path, target: str) -> Path:
    """What a page fetches; whatever stands behind ? or # is for the browser."""
    return (page.parent / re.split("[?#]", target)[0]).resolve()


def test_a_page_is_light(site: Path) -> None:
    (worker,) = site.glob("assets/javascripts/search-worker.js")
    for page in pages_of(site):
        parts = {file_at(page, target) for target in Fetched(page, whole=False).found} | {page, worker}
        weight = sum(part.stat().st_size for part in parts)
        assert weight < LIGHT, f"{page.relative_to(site)}: {weight} bytes"


def test_the_html_of_a_page_is_light(site: Path) -> None:
    longer = set()
    for page in site.rglob("*.html"):
        text = page.read_bytes()
        address = page.parent.relative_to(site).as_posix().removeprefix("ja/")
        assert len(text) < LONGER.get(address, HTML / 1000) * 1000, f"{page.relative_to(site)}: {len(text)} bytes"
        longer |= {address} if len(text) >= HTML else set()
        own = text[text.index(b"<article") : text.index(b"</article>")]
        assert len(text) - len(own) < AROUND, f"{page.relative_to(site)}: {len(text) - len(own)} bytes beside its text"
    assert longer == set(LONGER), "a page of the list has become light"


def test_the_site_is_light_and_holds_nothing_that_no_page_asks_for(site: Path) -> None:
    files = [path for path in site.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < WHOLE
    named = "\n".join(path.read_text(encoding="utf-8") for path in files if path.suffix in (".html", ".css", ".js"))
    assert not [
        path.name for path in files if path.suffix in (".js", ".css", ".map", ".png") and path.name not in named
    ]


def test_the_search_index_waits_until_it_is_wanted(site: Path) -> None:
    for page in pages_of(site):
        scripts = [Path(target).name.partition(".")[0] for target in Fetched(page).found if target.endswith(".js")]
        assert scripts[-3:] == ["reachable", "search-later", "bundle"]


def test_the_language_switch_of_a_home_page_works_in_any_folder(site: Path) -> None:
    for page, links in (("index.html", ["./", "ja/"]), ("ja/index.html", ["../", "./"])):
        text = (site / page).read_text(encoding="utf-8")
        assert re.findall(r'<a href="([^"]*)" hreflang', text) == links


def test_no_page_asks_for_a_sitemap_that_is_not_there(site: Path) -> None:
    assert not [page for page in pages_of(site) if 'rel="alternate"' in page.read_text(encoding="utf-8")]


@pytest.mark.parametrize(
    ("file", "lang", "told", "home", "index"),
    [
        ("404.html", "en", "There is no such page", "/.", "/"),
        ("ja/404.html", "ja", "ページがありません", "/ja/", "/ja/"),
    ],
)
def test_what_is_not_there_is_a_page_of_each_language_with_its_own_search(
    site: Path, file: str, lang: str, told: str, home: str, index: str
) -> None:
    text = (site / file).read_text(encoding="utf-8")
    assert f'<html lang="{lang}"' in text
    assert f"<h1>{told}</h1>" in text
    assert f'action="{home}" method="get" role="search"' in text
    assert f'"base": "{index}"' in text, "where the theme looks for the index of the search"
    assert 'data-md-component="search" role="dialog" aria-label=' in text


def test_a_course_without_labs_has_no_column_for_them(instructors_site: Path) -> None:
    def columns(course: str) -> int:
        return (instructors_site / "courses" / course / "index.html").read_text(encoding="utf-8").count("<th>")

    assert columns("knots") == columns("containers") - 1
