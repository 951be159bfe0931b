"""A stranger's Markdown: nothing in it runs, loads or hides, and cited commands unfold."""

from __future__ import annotations

import time

import pytest

from kikori.explanation_rules import LONGEST
from kikori.model import Command
from kikori.review.evidence.markdown import MOST_CITED, prose
from kikori.review.web.page_templates import told
from kikori.visible_text import visible

TRAIL = [
    Command(number=1, at=1, service="web", line="ls </details><script>alert(1)</script>", exit_code=2, seconds=0.25),
    Command(number=2, at=2, service="web", line="rm \u202e-rf", exit_code=0, seconds=1e300),
]
EVIL = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![x](https://evil.example/a.png)",
    "![x][y]\n\n[y]: https://evil.example/a.png",
    "[x](javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    '[x](https://a.example/"onmouseover=alert(1)//)',
    "<a href=javascript:alert(1)>x</a>",
    "<style>*{display:none}</style>",
    "<iframe src=https://evil.example></iframe>",
    "<svg/onload=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<form action=https://evil.example><button>x</button></form>",
    "<base href=https://evil.example>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "`</code><script>alert(1)</script>`",
    '```x" onload="alert(1)\n</code><script>alert(1)</script>\n```',
    "| a |\n|---|\n| <script>alert(1)</script> |",
    "[#1]",
    "[x](https://a.example/[#1])",
    "<div class='missing' style='position:fixed'>x</div>",
]


@pytest.mark.parametrize("text", EVIL)
def test_nothing_runs_and_nothing_loads(text: str) -> None:
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(str(prose(text, TRAIL, told("en"))))
    forbidden = "script, img, iframe, style, svg, form, button, input, base, meta, link, object, embed, video"
    assert not [node.tag for node in tree.css(forbidden) if node.parent and node.parent.tag != "head"]
    for node in tree.css("*"):
        for name, value in (node.attributes or {}).items():
            assert name in ("href", "rel", "class"), (name, value)
            assert name != "href" or str(value).startswith(("https://", "http://"))


def test_html_is_shown_as_it_is_written() -> None:
    assert "&lt;b&gt;x&lt;/b&gt;" in prose("<b>x</b>", [], told("en"))


def test_link_says_nothing_of_where_it_was_clicked() -> None:
    assert 'rel="noopener noreferrer nofollow"' in prose("[x](https://a.example)", [], told("en"))


def test_cited_command_unfolds_in_place() -> None:
    shown = str(prose("It was **seen** with [#1].", TRAIL, told("en")))
    assert shown.index("seen") < shown.index('<details class="cited"><summary>#1</summary>') < shown.rindex(".")
    assert "ls &lt;/details&gt;&lt;script&gt;" in shown
    assert "exit code 2" in shown
    assert "0.25 s" in shown
    assert "<p>" not in shown, "what unfolds would end a paragraph"


def test_command_that_is_not_in_the_trail() -> None:
    assert "[#7] (not in the trail)" in prose("[#7]", TRAIL, told("en"))


def test_number_in_code_stays() -> None:
    assert "<code>[#1]</code>" in prose("`[#1]`", TRAIL, told("en"))


def test_what_can_not_be_seen_is_shown() -> None:
    assert visible("a\u202eb\x1b\u200bc\n\td\r\n") == "a‹U+202E›b‹U+001B›‹U+200B›c\n\td\n"
    assert "rm ‹U+202E›-rf" in prose("[#2]", TRAIL, told("en"))


def test_headings_of_a_stranger_are_not_those_of_the_page() -> None:
    shown = prose("# Big\n\nx", [], told("en"))
    assert "<h1" not in shown
    assert '<div class="heading">Big</div>' in shown


def test_only_so_many_are_unfolded() -> None:
    assert str(prose("[#1] " * (MOST_CITED + 50), TRAIL, told("en"))).count("<details") == MOST_CITED


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece", ["[", "> ", "*a ", "_a", "[a](b", "`a", "![", "<", "- " * 50 + "\n", "|a|\n|-|\n", "&"]
)
def test_no_text_takes_long(piece: str) -> None:
    began = time.monotonic()
    prose((piece * LONGEST)[: LONGEST // 2], TRAIL, told("en"))
    assert time.monotonic() - began < 20


def test_longer_than_any_explanation_is_cut_and_plain() -> None:
    shown = prose("<b>" * LONGEST, [], told("en"))
    assert shown.startswith("<pre>&lt;b&gt;")
    assert len(shown) < 10 * LONGEST


HIDDEN = ["202E", "61C", "AD", "200B", "2066", "E0041", "3164", "FEFF"]
FORMS = [
    "a&#x{n};b",
    "`a`&#{d};b",
    "[a&#x{n};b](https://a.example)",
    "| a&#{d};b |\n|---|",
    "> # a&#x{n};",
    "*a&#{d};*b",
]


@pytest.mark.parametrize("number", HIDDEN)
@pytest.mark.parametrize(
    "form",
    [
        "a&#x{n};b",
        "`a`&#{d};b",
        "[a&#x{n};b](https://a.example)",
        "| a&#{d};b |\n|---|",
        "> # a&#x{n};b",
        "**a&#{d};**b",
    ],
)
def test_what_hides_is_shown_though_markdown_alone_makes_it(number: str, form: str) -> None:
    shown = str(prose(form.format(n=number, d=int(number, 16)), TRAIL, told("en")))
    assert chr(int(number, 16)) not in shown
    assert f"‹U+{int(number, 16):04X}›" in shown


def test_named_entities_hide_nothing_either() -> None:
    for name in ("shy", "zwj", "zwnj", "lrm", "rlm", "ZeroWidthSpace", "NoBreak", "InvisibleTimes", "af"):
        assert "‹U+" in prose(f"a&{name};b", TRAIL, told("en")), name
