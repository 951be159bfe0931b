"""The search of the built site: the worker that a page loads answers, from the index that the page fetches."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kikori.settings import Lang
from kikori.site.content import LANGS, Content
from kikori.site.search.index import address_of, places

ASK = Path(__file__).with_name("ask_search.cjs")
FIRST = 3

WORDS = [
    ("再起動", "restart", "linux/processes|incidents/stop-gap-and-lasting-fix|toil/a-robot-with-a-brake"),
    ("名前解決", "name resolution", "containers/networks"),
    ("コンテナ", "container", "containers/what-a-container-is"),
    ("PID 1", "PID 1", "containers/life-and-death-of-pid-1"),
    ("ゾンビ", "zombie", "containers/life-and-death-of-pid-1"),
    ("メモリ", "memory", "linux/memory-and-page-cache"),
    ("ページキャッシュ", "page cache", "linux/memory-and-page-cache"),
    ("inode", "inodes", "linux/files-and-descriptors"),
    ("ファイルディスクリプタ", "file descriptor", "linux/files-and-descriptors"),
    ("バックログ", "backlog", "linux/sockets-and-buffers"),
    ("インデックス", "index", "performance/databases-and-indexes"),
    ("N+1", "N+1", "performance/databases-and-indexes"),
    ("キャッシュ", "cache", "performance/caches-and-static-files"),
    ("エラーバジェット", "error budget", "slo/error-budgets"),
    ("SLO", "SLO", "slo/journeys-and-indicators"),
    ("バーンレート", "burn rate", "slo/error-budgets"),
    ("トレース", "trace", "observability/linked-telemetry"),
    ("ヒストグラム", "histogram", "observability/golden-signals"),
    ("アラート", "alert", "observability/paging"),
    ("トイル", "toil", "start-here/sharpening-the-axe"),
]
"""What a learner types, in both languages, and the module that is to be among the first results, or one of some."""


def index_of(site: Path, lang: Lang) -> Path:
    """The search index of one language."""
    return (site / "ja" if lang == "ja" else site) / "search" / "search_index.json"


def pages_in(site: Path, lang: Lang) -> list[dict[str, Any]]:
    """The pages that a search in one language reads."""
    found: list[dict[str, Any]] = json.loads(index_of(site, lang).read_text(encoding="utf-8"))["docs"]
    return found


def asked(site: Path, lang: Lang, queries: Sequence[str]) -> list[list[list[dict[str, Any]]]]:
    """What is shown for each query: pages, each with its sections."""
    (worker,) = site.glob("assets/javascripts/search-worker.js")
    argv = ["node", str(ASK), str(worker), str(index_of(site, lang))]
    done = subprocess.run(argv, input=json.dumps(queries), capture_output=True, text=True, check=True)
    found: list[list[list[dict[str, Any]]]] = json.loads(done.stdout)
    return found


def addresses(items: list[list[dict[str, Any]]]) -> list[str]:
    """The page of each result."""
    return [sections[0]["location"].partition("#")[0] for sections in items]


@cache
def answered(site: Path, lang: Lang) -> dict[str, list[str]]:
    """The pages found for each of the words above."""
    words = [ja if lang == "ja" else en for ja, en, _ in WORDS]
    return dict(zip(words, map(addresses, asked(site, lang, words)), strict=True))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("ja", "en", "module"), WORDS)
def test_the_right_page_is_among_the_first_three(site: Path, lang: Lang, ja: str, en: str, module: str) -> None:
    first = answered(site, lang)[ja if lang == "ja" else en][:FIRST]
    assert any(re.match(rf"courses/({module})/", page) for page in first), first


@pytest.mark.parametrize("lang", LANGS)
def test_every_term_leads_to_its_sentence_and_to_the_module_that_teaches_it(
    site: Path, real: Content, lang: Lang
) -> None:
    terms = list(real.terms.values())
    found = asked(site, lang, [term.name(lang) for term in terms])
    missed = {}
    for term, items in zip(terms, found, strict=True):
        pages = addresses(items)[:FIRST]
        if not any(page.startswith(f"courses/{term.taught}/") for page in pages):
            missed[term.name(lang)] = pages
    assert not missed
    assert not [
        term.name(lang) for term, items in zip(terms, found, strict=True) if "glossary/" not in addresses(items)
    ]


@pytest.mark.parametrize("word", ["再起動", "名前解決", "終了コード", "の"])
def test_japanese_is_found_wherever_it_stands_and_nowhere_else(site: Path, word: str) -> None:
    having = {
        page["location"]
        for page in pages_in(site, "ja")
        if any(word in text for one in page["sections"] for text in (one["title"], one["text"]))
        or word in " › ".join(page["where"])
    }
    (items,) = asked(site, "ja", [word])
    assert set(addresses(items)) == having


@pytest.mark.parametrize(
    ("typed", "written"),
    [("メモリー", "メモリ"), ("サーバ", "サーバー"), ("ＰＩＤ　１", "PID 1"), ("SLO", "slo")],
)
def test_another_spelling_finds_the_same(site: Path, typed: str, written: str) -> None:
    one, other = asked(site, "ja", [typed, written])
    for first, others in ((one, other), (other, one)):  # which of two equals comes first may differ
        assert {*addresses(first)[:FIRST]} <= {*addresses(others)[: 2 * FIRST]}


def test_a_sentence_is_cut_into_what_the_pages_have(site: Path) -> None:
    sentence, plural, both = asked(
        site, "ja", ["コンテナが落ちる理由", "再起動回数", "エラーバジェットポリシーとリトライ"]
    )
    assert all(any("コンテナ" in one["title"] + one["text"] for one in page) for page in sentence[:FIRST])
    assert plural
    assert both


def test_a_short_word_is_no_beginning_of_another(site: Path) -> None:
    (items,) = asked(site, "en", ["SLO"])
    slow_only = [
        page["location"] for page in pages_in(site, "en") if page["location"].endswith("/linux/processes/how/")
    ]
    assert items
    assert not set(slow_only) & set(addresses(items))


def test_an_english_word_is_found_by_its_plural_and_by_its_beginning(site: Path) -> None:
    one, plural, begun = (addresses(items) for items in asked(site, "en", ["index", "indexes", "histog"]))
    assert set(one) == set(plural)
    assert "courses/observability/golden-signals/why-again/" in begun[:FIRST]


def test_what_is_nowhere_is_not_found_and_nothing_breaks(site: Path) -> None:
    queries = ["", "  ", "xyzzyx", "(", "[a-z]+", "\\", "<img src=x onerror=alert(1)>", "鑿鑿鑿"]
    found = asked(site, "en", queries)
    assert [found[place] for place in (0, 1, 2, 7)] == [[], [], [], []]
    shown = json.dumps(found)
    assert "<img" not in shown
    assert "onerror=alert" not in shown


@pytest.mark.parametrize(
    ("lang", "query", "address", "place"),
    [
        ("en", "page cache", "courses/linux/memory-and-page-cache/why/", "Linux › Memory and the page cache › Why"),
        (
            "ja",
            "ページキャッシュ",
            "courses/linux/memory-and-page-cache/why/",
            "Linux › メモリとページキャッシュ › なぜ",
        ),
        ("en", "strace", "labs/silent-process/", "Linux › Processes, and what they wait for"),
    ],
)
def test_a_result_names_its_course_and_module(site: Path, lang: Lang, query: str, address: str, place: str) -> None:
    (items,) = asked(site, lang, [query])
    (title,) = [one["title"] for sections in items for one in sections if one["location"] == address]
    assert title.startswith(f'<span class="kikori-place">{place}</span> ')


@pytest.mark.parametrize("lang", LANGS)
def test_decisions_and_references_are_not_searched(site: Path, lang: Lang) -> None:
    found = {page["location"] for page in pages_in(site, lang)}
    assert not [page for page in found if page.startswith(("adr/", "proofs/", "cli/", "lint/", "sdk/", "lab-toml/"))]
    assert {"learner/", "glossary/", "labs/first-look/", "courses/linux/processes/why/"} <= found


@pytest.mark.parametrize("lang", LANGS)
def test_each_language_searches_its_own_pages(site: Path, lang: Lang) -> None:
    home = site / "ja" if lang == "ja" else site
    found = [page["location"] for page in pages_in(site, lang)]
    assert len(found) == len(set(found)) > 100
    assert not [page for page in found if page.startswith("ja/")]
    assert all((home / page / "index.html").is_file() for page in found)
    (lesson,) = [page for page in pages_in(site, lang) if page["location"] == "courses/linux/processes/why/"]
    assert ("黙" in json.dumps(lesson, ensure_ascii=False)) == (lang == "ja")


@pytest.mark.parametrize("lang", LANGS)
def test_the_glossary_is_found_by_its_terms(site: Path, real: Content, lang: Lang) -> None:
    home = site / "ja" if lang == "ja" else site
    text = (home / "glossary" / "index.html").read_text(encoding="utf-8")
    (glossary,) = [page for page in pages_in(site, lang) if page["location"] == "glossary/"]
    anchors = [one["anchor"] for one in glossary["sections"] if one["anchor"]]
    assert anchors == list(real.terms)
    assert all(f'id="{anchor}"' in text for anchor in anchors)


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("index.md", ""),
        ("courses/index.md", "courses/"),
        ("labs/first-look.md", "labs/first-look/"),
        ("cli.md", "cli/"),
    ],
)
def test_a_page_has_the_address_that_mkdocs_gives_it(site: Path, page: str, address: str) -> None:
    assert address_of(page) == address
    assert (site / address / "index.html").is_file()


def test_a_page_stands_where_the_navigation_has_it() -> None:
    found = places([{"Start": ["index.md", {"Guide": "guide.md"}]}, {"Labs": "labs/index.md"}])
    assert found == {"": ("Start",), "guide/": ("Start", "Guide"), "labs/": ("Labs",)}
