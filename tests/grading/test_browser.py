"""What a browser shows of a page: not its source."""

from __future__ import annotations

import pytest

from kikori.grading import Answer, Page, words_of

SHOWN = "Village bus, line 7 The last bus leaves at 21:30."
HTML = {"Content-Type": "text/html"}


def page(text: str, **headers: str) -> Page:
    return Page.of(Answer(status=200, text=text, headers=HTML | headers))


@pytest.mark.parametrize(
    "text",
    [
        "<!doctype html>\n<title>Bus</title>\n<h1>Village bus, line 7</h1>\n<p>The last bus leaves at 21:30.</p>\n",
        "<h1>Village bus, line <b>7</b></h1><p>The last <i>b</i>us leaves at<br>21&#58;30.",
        '<html><head><meta charset="utf-8"><style>p { color: red }</style><title>x</title></head>'
        "<body><div>Village bus, line 7</div><div>The last bus\nleaves&nbsp;at 21:30.</div></body></html>",
        "<h1>Village bus, line 7</h1><!-- 22:30 --><p>The last bus leaves at 21:30."
        "<p hidden>x<br>y<p style='display: none'>z",
        "<template>x</template><h1>Village bus, line 7</h1><p>The last bus <span hidden>x</span>leaves at 21:30</p>",
        "<table><tr><td>village bus, line 7<td>the last bus leaves at 21:30</table>",
    ],
)
def test_other_source_and_the_same_page(text: str) -> None:
    assert page(text).words == words_of(SHOWN)
    assert not page(text).alters
    assert page(text).is_shown


@pytest.mark.parametrize(
    "text",
    [
        f"<!-- <p>{SHOWN}</p> --><p>Out of order.</p>",
        f"<p hidden>{SHOWN}</p>",
        f"<div style='visibility:hidden'><p>{SHOWN}</div>",
        f"<script>{SHOWN}</script>",
        f"<title>{SHOWN}</title>",
        f"<p>{SHOWN}</p><p>Correction: 22:30.</p>",
        "<p>The last bus leaves at 21:30. Village bus, line 7</p>",
        f"<p>{SHOWN.replace(' last ', '<br>la st ')}</p>",
    ],
)
def test_what_is_not_shown_is_not_there(text: str) -> None:
    assert page(text).words != words_of(SHOWN)


def test_what_may_change_the_page_is_told() -> None:
    for source, name in {
        "<script src=x></script>": "script",
        "<META HTTP-EQUIV='Refresh' CONTENT='0;url=x'>": "meta",
        "<iframe src=x></iframe>": "iframe",
        "<style>h1 { display:none }</style>": "style",
        "<style>h1 { opacity: 0.9 }</style>": "",
    }.items():
        assert page(f"{source}<p>{SHOWN}</p>").alters == name


def test_what_a_browser_does_not_show_as_a_page() -> None:
    assert page(SHOWN, **{"Content-Type": "text/html; charset=utf-8"}).is_shown
    for headers in ({"Content-Type": "text/plain"}, {"Content-Type": "application/octet-stream"},
                    {"Content-Disposition": "attachment; filename=x"}):  # fmt: skip
        assert not page(SHOWN, **headers).is_shown
    assert not Page.of(Answer(status=200, text=SHOWN)).is_shown
    assert Page.of(Answer(status=200, text=SHOWN, headers={"content-type": "text/html"})).is_shown


@pytest.mark.parametrize(
    "odd", ["<![^\n])\\pM+){0,$ll}>", "<![CDATA[x]]>", "<![if !IE]>", "<!>", "<!x", "<![", "<?php x ?>"]
)
def test_any_bytes_are_a_page_of_some_kind(odd: str) -> None:
    """A program's source that is served as a page is read as a browser reads it, which never gives up."""
    seen = page(f"<p>The last bus</p>{odd}")
    assert seen.words[:3] == words_of("The last bus")
    assert page(f"{odd}<p>leaves</p>" if odd.endswith(">") else "<p>leaves</p>").words[-1:] == ["leaves"]
