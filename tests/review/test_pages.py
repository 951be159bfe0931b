"""The reviewer's pages as a browser without JavaScript gets them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
import sqlalchemy as sql
from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser as Html

from kikori import design
from kikori.content import Catalog
from kikori.errors import KikoriError
from kikori.replay.verdict import FileChange, Verdict
from kikori.review.marks import OVERALL, Level, Mark, marks_of, note
from kikori.review.store import ReviewStore, opened
from kikori.review.web import app
from kikori.review.web.app import Pages
from kikori.review.web.file_templates import TEMPLATES
from kikori.review.web.serving import open_review_folder
from web.served import served

from .essays import CLASS, Essay, hand_in, handed_in, judged

pytestmark = pytest.mark.slow

EVIL = "\"><script>alert(1)</script><img src=x onerror=alert(2)>'{{7*7}}"


class Reader:
    """A browser at the pages of a class, with the book beside it."""

    def __init__(self, base: str, token: str, folder: Path, store: ReviewStore, ids: dict[str, str]) -> None:
        self.base, self.folder, self.store, self.ids = base, folder, store, ids
        self.session = requests.Session()
        self.session.headers["Accept-Language"] = "en"
        assert self.session.get(f"{base}/?token={token}").ok

    def get(self, path: str = "/", status: int = 200) -> Html:
        answer = self.session.get(self.base + path)
        assert answer.status_code == status, answer.text
        return Html(answer.text)

    def one(self, learner: str, query: str = "", status: int = 200) -> Html:
        return self.get(f"/one/{self.ids[learner]}{query}", status)

    def save(self, learner: str, query: str = "", **fields: object) -> requests.Response:
        form = {"machine": "verified"} | {name.replace("_", "-"): value for name, value in fields.items()}
        place = f"{self.base}/one/{self.ids[learner]}{query}"
        return self.session.post(place, data=form, headers={"Origin": self.base}, allow_redirects=False)

    def marks(self, learner: str) -> dict[str, Mark]:
        return {mark.criterion: mark for mark in marks_of(self.store, self.ids[learner])}

    def queue(self, query: str = "") -> list[str]:
        return [link.text() for link in self.get(f"/{query}").css(".queue tbody a")]


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    monkeypatch.setattr("kikori.review.review_folder.PATIENCE", 0)
    folder = tmp_path / "class"
    ids = handed_in(folder, *CLASS)
    with open_review_folder(folder, Catalog()) as review_folder, served(Pages(review_folder).app()) as at:
        yield Reader(f"http://{at.hosts[0]}", at.token, folder, review_folder.store, ids)


def text(page: Html, selector: str) -> str:
    return " ".join(" ".join(node.text() for node in page.css(selector)).split())


# --- the queue


def test_queue_is_in_order_and_says_why(reader: Reader) -> None:
    assert reader.queue() == ["gus", "ben", "chiyo", "dana", "fay", "aoi", "hana", "emre"]
    rows = {row.css_first("a").text(): text(row, ".doubts, .quiet") for row in reader.get().css(".queue tbody tr")}
    assert "services/orders.tar is damaged" in rows["gus"]
    assert "last check passed; the replay did not" in rows["ben"]
    assert "asked a second time" in rows["chiyo"]
    assert "as of 3e8da29f0c11" in rows["dana"]
    assert "at least 10 are needed" in rows["fay"]
    assert re.search("and that of hana are 9[0-9] % alike", rows["aoi"])
    assert rows["emre"] == "nothing speaks against it"


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?learner=A", {"aoi", "dana", "fay", "hana"}),
        ("?verdict=not+verified", {"ben"}),
        ("?state=marked", set()),
        ("?lab=silent-exit&learner=gus", {"gus"}),
        ("?lab=first-look", set()),
        ("?page=7", {one.learner for one in CLASS}),
        ("?page=-1", {one.learner for one in CLASS}),
        ("?page=%F0%9D%9F%9A", {one.learner for one in CLASS}),
    ],
)
def test_filter(reader: Reader, query: str, shown: set[str]) -> None:
    assert set(reader.queue(query)) == shown


def test_filter_goes_along(reader: Reader) -> None:
    page = reader.one("gus", "?verdict=verified")
    assert page.css_first(".home").attributes["href"] == "/?verdict=verified"
    assert reader.get("/?learner=ben").css_first(".queue a").attributes["href"].endswith("?learner=ben")


def test_long_queue_has_pages(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kikori.review.web.views.PAGE", 3)
    assert reader.queue("?page=3") == ["hana", "emre"]
    page = reader.get("/?page=2&state=open")
    assert page.css_first("link[rel=prev]").attributes["href"] == "/?state=open&page=1"
    assert page.css_first("link[rel=next]").attributes["href"] == "/?state=open&page=3"


def test_what_comes_and_goes_is_seen_without_a_restart(reader: Reader) -> None:
    reader.ids["ivo"] = hand_in(
        reader.folder, reader.store, Essay(learner="ivo", verdict=Verdict.NOT_VERIFIED), "z.kikori"
    )
    assert reader.queue()[1:3] == ["ivo", "ben"], "ivo's text is emre's, too"
    (reader.folder / "y.kikori").write_bytes(b"not replayed")
    assert "1 not replayed yet" in text(reader.get(), ".warning")
    (reader.folder / "z.kikori").unlink()
    assert "ivo" not in reader.queue()
    assert text(reader.one("ivo", status=404), "h1") == "There is no such submission"


def test_second_hand_in_of_a_learner_is_told_and_is_no_copy(reader: Reader) -> None:
    again = replace(CLASS[4], minutes=50)
    hand_in(reader.folder, reader.store, again, "again.kikori")
    assert reader.queue().count("emre") == 2
    assert "Handed in more than once" in text(reader.one("emre"), ".head .doubts")
    assert "emre" not in text(reader.one("emre"), ".similar")


# --- one submission


def test_all_of_it_is_on_one_screen(reader: Reader) -> None:
    page = reader.one("ben")
    assert text(page, "h1") == "ben Started, and gone"
    assert "Ten to seven in the morning" in text(page, ".evidence > details .prose")
    assert "What did the customers of the shop see" in text(page, "h3")
    assert "connection refused" in text(page, ".answer")
    assert "component orders · cause privileged-port" in text(page, ".diagnosis")
    assert [node.text() for node in page.css(".answer .cited summary")] == ["#2", "#4", "#3"]
    assert "docker inspect orders" in text(page, ".answer .cited .line")
    rows = [[" ".join(cell.text().split()) for cell in row.css("th, td")] for row in page.css(".checks tbody tr")]
    assert rows[0] == ["A customer who opens the shop's page gets an answer.", "failed", "passed"]
    assert rows[2][0].endswith("expected the order in the list, saw an empty list")
    assert rows[2][1:] == ["passed", "failed"]
    assert rows[4][0].endswith("guard")
    assert [node.attributes["class"] for node in page.css(".steps li")] == ["said", "said", "said", "not-taken"]
    assert text(page, ".diff ins") == "+COPY --chmod=640 --chown=root:orders orders.conf /etc/orders/orders.conf"
    assert text(page, ".moments").startswith("0 s broken")
    assert "1 h" not in text(page, "#timeline ~ p")
    assert text(page, ".criterion legend").startswith("1 Says what the customers saw")
    assert "Names what the kernel compared" in text(page, ".full")
    assert len(page.css(".criterion .level")) == 5 * 5


def test_mode_and_owner_are_shown_though_no_line_changed(reader: Reader) -> None:
    closed = FileChange(
        service="web", path="/srv/index.html", diff="", mode=("0600", "0644"), owner=("root:root", "www-data:www-data")
    )
    reader.ids["ivo"] = hand_in(reader.folder, reader.store, Essay(learner="ivo", changes=(closed,)), "z.kikori")
    page = reader.one("ivo")
    assert text(page, "#changes ~ details summary") == "web: /srv/index.html"
    assert [" ".join(one.text().split()) for one in page.css(".access")] == [
        "Mode 0600 → 0644",
        "Owner root:root → www-data:www-data",
    ]
    assert page.css(".diff") == []
    reader.session.headers["Accept-Language"] = "ja"
    assert text(reader.one("ivo"), ".access") == "モード 0600 → 0644 所有者 root:root → www-data:www-data"


@pytest.mark.parametrize(
    "written", ["", "---\ncomponent:\ncause:\n---\n## seen <!-- seen -->\n\n## how <!-- how -->\n"]
)
def test_missing_explanation_is_said_once(reader: Reader, written: str) -> None:
    assert "No explanation was submitted" not in reader.one("ben").html
    told = Essay(learner="ivo", text=written, explanation="missing")
    reader.ids["ivo"] = hand_in(reader.folder, reader.store, told, "z.kikori")
    page = reader.one("ivo")
    assert text(page, "#explanation ~ .warning").startswith("No explanation was submitted")
    assert page.css("#explanation ~ h3") == []
    assert text(page, ".head .doubts") == "No explanation was submitted: not one question is answered."
    reader.session.headers["Accept-Language"] = "ja"
    assert text(reader.one("ivo"), "#explanation ~ .warning").startswith("説明が提出されていません。")


def test_incident_is_told_where_one_was_declared(reader: Reader) -> None:
    assert not reader.one("ben").css("#incident")
    told = Essay(learner="ivo", incident="the shop is shut", minutes=50, hints=0, text="# nothing\n")
    reader.ids["ivo"] = hand_in(reader.folder, reader.store, told, "z.kikori")
    page = reader.one("ivo")
    assert text(page, "#incident ~ ul").startswith("Noticed after 45.0 min: then the incident was declared.")
    assert "Stop-gap 1, still in place: the shop is shut (risk: the shop is shut;" in text(page, ".stop-gaps")
    rows = [[" ".join(cell.text().split()) for cell in row.css("td")] for row in page.css(".incident tbody tr")]
    assert [row[1] for row in rows[:3]] == ["Kikori", "commands", "pager"]
    assert ["5 s", "pager", "the shop is shut"] in rows
    assert ["45 min", "responder", "Declared an incident of severity 2: the shop is shut"] in rows
    assert "privileged-port" not in text(page, ".incident")
    reader.session.headers["Accept-Language"] = "ja"
    assert "重大度2のインシデントを宣言した" in text(reader.one("ivo"), ".incident")


def test_next_and_previous(reader: Reader) -> None:
    page = reader.one("ben")
    assert page.css_first("link[rel=prev]").attributes["href"].endswith(reader.ids["gus"])
    assert page.css_first("link[rel=next]").attributes["href"].endswith(reader.ids["chiyo"])
    assert reader.one("gus").css_first("link[rel=prev]") is None


def test_similar_ones_side_by_side(reader: Reader) -> None:
    link = reader.one("aoi").css_first(".similar a:last-child").attributes["href"]
    page = reader.get(str(link))
    assert [node.text() for node in page.css("h2 a")] == ["aoi", "hana"]
    assert len(page.css("mark")) >= 2
    assert "終了コード1で終わり" in text(page, "mark")
    assert "利用者" not in text(page, "mark")
    reader.get(f"/side?one={reader.ids['aoi']}&other=x", 404)
    reader.get("/side", 404)


def test_submission_that_can_not_be_read_has_its_page(reader: Reader) -> None:
    (reader.folder / "broken.kikori").write_bytes(b"PK")
    from kikori.review.store import digest_of

    digest = digest_of(reader.folder / "broken.kikori")
    reader.store.note(digest, judged(Essay(learner="", lab="", verdict=Verdict.COULD_NOT_VERIFY), "broken.kikori"))
    page = reader.get(f"/one/{digest}")
    assert text(page, "h1").startswith("broken.kikori")
    assert "no explanation that could be read" in text(page, ".quiet")


# --- marks


def test_marks_are_kept_and_the_next_is_shown(reader: Reader) -> None:
    answer = reader.save("fay", level_symptom="1", comment_symptom=" Say what they saw.\r\n", **{"comment-": "Thanks."})
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/one/{reader.ids['aoi']}?saved={reader.ids['fay']}"
    assert "Saved: fay, silent-exit." in text(reader.get(answer.headers["Location"]), "[role=status]")
    kept = reader.marks("fay")
    assert kept.keys() == {"symptom", OVERALL}
    assert (kept["symptom"].level, kept["symptom"].comment) == (Level.A_LITTLE, "Say what they saw.")
    assert (kept[OVERALL].comment, kept[OVERALL].machine) == ("Thanks.", "verified")
    page = reader.one("fay")
    assert page.css_first("[name=level-symptom][value='1']").attributes.keys() >= {"checked"}
    assert text(page, "[name=comment-symptom]") == "Say what they saw."
    assert text(page, ".head .state") == "marked in part"
    assert text(page, ".head .sum") == "0.5/14 pt"


LEVELS = {"symptom": 3, "evidence": 2, "stop-gap": 2, "mechanism": 0, "prevention": 1}
ALL = {f"level-{name}": str(level) for name, level in LEVELS.items()}


def test_marked_ones_come_last_and_a_mark_can_be_taken_back(reader: Reader) -> None:
    reader.save("fay", **ALL)
    assert reader.queue()[-1] == "fay"
    assert reader.queue("?state=marked") == ["fay"]
    reader.save("fay", **ALL | {"level-evidence": ""})
    assert reader.marks("fay")["evidence"].level is None
    assert reader.queue("?state=begun") == ["fay"]


def test_after_the_last_one_comes_the_list(reader: Reader) -> None:
    answer = reader.save("emre", "?learner=emre", **ALL)
    assert answer.headers["Location"] == f"/?learner=emre&saved={reader.ids['emre']}"
    assert "Saved: emre" in text(reader.get(answer.headers["Location"]), "[role=status]")


def test_filter_by_state_does_not_lose_the_way(reader: Reader) -> None:
    """What was marked leaves the filter, and the next one is still the one after it."""
    answer = reader.save("dana", "?state=open", **ALL)
    assert answer.headers["Location"] == f"/one/{reader.ids['fay']}?state=open&saved={reader.ids['dana']}"


def test_verdict_by_hand_needs_a_reason_and_wins(reader: Reader) -> None:
    refused = reader.save("fay", verdict="not verified", **ALL)
    assert refused.status_code == 422
    assert "needs a reason" in text(Html(refused.text), "[role=alert]")
    assert Html(refused.text).css_first("[name=level-symptom][value='3'][checked]"), "what was typed is still there"
    assert reader.marks("fay") == {}
    assert reader.save("fay", verdict="not verified", **ALL, **{"comment-": "We talked."}).status_code == 303
    assert text(reader.one("fay"), ".head .verdict") == "not verified"
    assert reader.queue("?verdict=not+verified") == ["ben", "fay"]


def test_what_the_machine_says_later_is_flagged_at_the_top(reader: Reader) -> None:
    reader.save("emre", verdict="verified", **ALL, **{"comment-": "We talked."})
    assert reader.queue()[-1] == "emre"
    reader.store.note(reader.ids["emre"], judged(replace(CLASS[4], verdict=Verdict.NOT_VERIFIED, reason="Now."), "x"))
    assert reader.queue()[0] == "emre"
    page = reader.one("emre")
    assert "now it says: not verified" in text(page, ".head .doubts")
    assert text(page, ".head .verdict") == "verified", "a mark by hand always wins"
    reader.save("emre", machine="not verified", verdict="verified", **ALL, **{"comment-": "Still."})
    assert reader.queue()[-1] == "emre"


def test_verdict_that_changed_while_somebody_read(reader: Reader) -> None:
    reader.store.note(reader.ids["emre"], judged(replace(CLASS[4], verdict=Verdict.NOT_VERIFIED, reason="Now."), "x"))
    answer = reader.save("emre", **ALL)
    assert answer.status_code == 422
    assert "replayed while you read" in text(Html(answer.text), "[role=alert]")
    assert reader.marks("emre") == {}


def test_mark_is_flagged_though_the_replay_came_between_reading_and_writing(reader: Reader) -> None:
    """What counts is the verdict that the person saw, not that of the moment in which the mark is written down."""
    note(
        reader.store, Mark(submission=reader.ids["emre"], level=Level.ALL, criterion="symptom", machine="not verified")
    )
    assert reader.queue()[0] == "emre"


def test_marks_of_another_window_are_not_overwritten_unseen(reader: Reader) -> None:
    stamp = str(reader.one("emre").css_first("[name=stamp]").attributes["value"])
    assert reader.save("emre", stamp=stamp, **ALL).status_code == 303
    answer = reader.save("emre", stamp=stamp, **{"comment-symptom": "Typed beside it."})
    assert answer.status_code == 422
    page = Html(answer.text)
    assert "marked in another window" in text(page, "[role=alert]")
    assert text(page, "[name=comment-symptom]") == "Typed beside it."
    assert reader.marks("emre")["symptom"].level is Level.ALL
    anew = str(page.css_first("[name=stamp]").attributes["value"])
    assert reader.save("emre", stamp=anew, **{"comment-symptom": "Typed beside it."}).status_code == 303
    assert reader.marks("emre")["symptom"].level is None


def test_marks_of_a_form_are_kept_together_or_not_at_all(reader: Reader) -> None:
    marks = [Mark(submission=reader.ids["emre"], criterion=name, level=Level.ALL) for name in ("symptom", "evidence")]
    with pytest.raises(sql.exc.ProgrammingError):
        note(reader.store, marks[0], replace(marks[1], comment=object()))  # type: ignore[arg-type]
    assert reader.marks("emre") == {}


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"verdict": "splendid", "comment-": "x"}, "no such verdict"),
        ({"comment-symptom": "x" * 10_001}, "at most 10,000 letters"),
    ],
)
def test_form_that_no_page_of_ours_sends(reader: Reader, fields: dict[str, str], told: str) -> None:
    answer = reader.save("emre", **fields)
    assert (answer.status_code, told in answer.text) == (422, True)
    assert reader.marks("emre") == {}
    reader.save("emre", **{"level-symptom": "9", "level-nothing": "3"})
    assert reader.marks("emre").keys() == {OVERALL}


def test_marks_of_a_submission_that_is_not_there(reader: Reader) -> None:
    reader.ids["nobody"] = "f" * 32
    assert reader.save("nobody", **ALL).status_code == 404
    assert marks_of(reader.store) == []


def test_earlier_comments_can_be_picked(reader: Reader) -> None:
    for learner in ("dana", "fay"):
        reader.save(learner, **{"comment-symptom": "Say it in their words."})
    reader.save("gus", machine="could not verify", **{"comment-symptom": "Once."})
    page = reader.one("aoi")
    offered = [node.attributes["value"] for node in page.css("#criterion-1 .pick input")]
    assert offered == ["Say it in their words.", "Once."], "what was said most often first"
    assert not page.css("#criterion-2 .pick")
    reader.save("aoi", **{"comment-symptom": "Well.", "again-symptom": ["Say it in their words.", "Once."]})
    assert reader.marks("aoi")["symptom"].comment == "Well.\nSay it in their words.\nOnce."


def test_marks_by_peers_stand_beside_and_do_not_count(reader: Reader) -> None:
    note(
        reader.store,
        Mark(submission=reader.ids["aoi"], criterion="symptom", by="ben", level=Level.MOST, comment="Clear."),
    )
    page = reader.one("aoi")
    assert [cell.text() for cell in page.css(".peers tbody tr > *")] == [
        "ben",
        "Says what the customers saw, and what the container's state and log saidClear.",
        "2",
    ]
    assert text(page, ".head .state") == "not marked"
    assert not page.css("[name=level-symptom][value='2'][checked]")


def test_marks_by_another_command_are_seen(reader: Reader) -> None:
    assert text(reader.one("aoi"), ".head .state") == "not marked"
    with opened(reader.folder) as other:
        note(other, Mark(submission=reader.ids["aoi"], criterion="symptom", level=Level.ALL))
    assert text(reader.one("aoi"), ".head .state") == "marked in part"


# --- hostile submissions


@pytest.fixture
def hostile(reader: Reader) -> Reader:
    essay = Essay(
        learner=EVIL,
        lab=EVIL,
        fault=EVIL,
        reason=EVIL,
        verdict=Verdict.NOT_VERIFIED,
        explanation=EVIL,
        version=EVIL,
        title=EVIL,
        incident=EVIL,
        text=f"---\ncomponent: {EVIL}\ncause: {EVIL}\n---\n## {EVIL} <!-- seen -->\n{EVIL} [#1]\n",
        trail=[EVIL],
        changes=(FileChange(service=EVIL, path=EVIL, diff=f"--- {EVIL}\n+++ {EVIL}\n@@ -1 +1 @@\n-{EVIL}\n+{EVIL}\n"),),
    )
    reader.ids["evil"] = hand_in(reader.folder, reader.store, essay, "evil.kikori")
    twin = replace(essay, learner="twin", text=str(essay.text) + "Z")
    reader.ids["twin"] = hand_in(reader.folder, reader.store, twin, "twin.kikori")
    note(reader.store, Mark(submission=reader.ids["evil"], by=EVIL, criterion=EVIL, comment=EVIL))
    note(reader.store, Mark(submission=reader.ids["evil"], comment=EVIL))
    return reader


def test_nothing_of_a_hostile_submission_is_markup(hostile: Reader) -> None:
    ours = hostile.one("emre")
    side = f"/side?one={hostile.ids['evil']}&other={hostile.ids['twin']}"
    for path in ("/", f"/?lab={EVIL}&learner={EVIL}", f"/one/{hostile.ids['evil']}?learner={EVIL}", side):
        page = hostile.get(path)
        assert "49'" not in str(page.html)
        assert len(page.css("script")) == len(ours.css("script")) == 1
        assert [one.attributes["src"] for one in page.css("img")] == ["/static/kikori.svg"]
        assert not page.css("iframe, object, style")
        assert not [node for node in page.css("*") if any(name.startswith("on") for name in node.attributes)]
        assert "<script>alert(1)" in (page.body.text() if page.body else "")


def test_page_of_ours_has_nothing_inline_and_loads_nothing_from_elsewhere(reader: Reader) -> None:
    for page in (reader.get(), reader.one("ben"), reader.get("/one/x", 404)):
        for node in page.css("*"):
            attributes = node.attributes
            assert "style" not in attributes
            assert not [name for name in attributes if name.startswith("on")]
            for name in ("src", "href", "action"):
                assert str(attributes.get(name) or "/").startswith(("/", "#")), attributes
        assert all(not node.text() for node in page.css("script"))
        assert not page.css("style")


def test_pages_have_the_sheet_that_all_pages_share(reader: Reader) -> None:
    sheets = [link.attributes["href"] for link in reader.get().css("link[rel=stylesheet]")]
    assert sheets == ["/static/tokens.css", "/static/review.css"]
    assert reader.session.get(f"{reader.base}/static/tokens.css").text == design.sheet()
    assert reader.session.get(f"{reader.base}/static/review.css").ok


def test_failure_of_ours_is_told_without_a_traceback(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "queue_page", lambda *_: {}["nothing"])
    page = reader.get("/", 500)
    assert "That is a fault of Kikori" in text(page, "main")
    assert "Traceback" not in str(page.html)
    assert "KeyError" in Path(text(page, "code")).read_text(encoding="utf-8")


# --- language


def test_language_of_the_browser_and_the_switch(reader: Reader) -> None:
    reader.session.headers["Accept-Language"] = "ja,en;q=0.5"
    page = reader.one("ben", "?state=open")
    assert page.css_first("html").attributes["lang"] == "ja"
    assert "店の客には何が起きていたか" in text(page, "h3")
    switch = str(page.css_first("a.language").attributes["href"])
    back = reader.session.get(reader.base + switch)
    assert back.url == f"{reader.base}/one/{reader.ids['ben']}?state=open"
    assert Html(back.text).css_first("html").attributes["lang"] == "en"


@pytest.mark.parametrize(
    "to",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "evil",
        "",
        "/\t/evil.example",
        "/\n/evil.example",
        "/a\0",
    ],
)
def test_switch_leads_nowhere_else(reader: Reader, to: str) -> None:
    answer = reader.session.get(f"{reader.base}/language/ja", params={"to": to}, allow_redirects=False)
    assert answer.headers["Location"] == "/"


def test_both_languages_say_the_same_things() -> None:
    both = tomllib.loads((TEMPLATES / "review-words.toml").read_text(encoding="utf-8"))
    assert list(both["en"]) == list(both["ja"])
    for key, said in both["en"].items():
        assert sorted(re.findall(r"{\w+}", said)) == sorted(re.findall(r"{\w+}", both["ja"][key])), key
    used = "".join(file.read_text(encoding="utf-8") for file in TEMPLATES.glob("review*.j2"))
    for key in set(re.findall(r"\bt\.(\w+)|\bt\['([\w-]+)'\]", used)):
        assert "".join(key) in both["en"]


# --- the command's errors


def test_folder_that_was_not_reviewed(tmp_path: Path) -> None:
    with pytest.raises(KikoriError, match="nothing was replayed there yet"), open_review_folder(tmp_path, Catalog()):
        pass
    with opened(tmp_path):
        pass
    with pytest.raises(KikoriError, match="no submission there"), open_review_folder(tmp_path, Catalog()):
        pass
