"""What learners' machines may ask, and what a hostile one gets."""

from __future__ import annotations

import msgspec
import pytest
import requests
import sqlalchemy as sql

from kikori.cohort.client.connection import Refused, Server
from kikori.cohort.messages import MOST_BODY, Deleted, HelpRequest, Joining, Typed, Where
from kikori.cohort.server.learners import MOST_JOINS, MOST_JOINS_TOGETHER, Learners
from kikori.cohort.server.tables import TABLES
from kikori.web.guard import Guard

from .conftest import TOKEN, Cohort, all_bytes, told

GAMES = ("done", "scores", "teams", "moments", "rounds", "endings")


def posted(cohort: Cohort, path: str, body: bytes, token: str, **headers: str) -> requests.Response:
    headers = {"Authorization": f"Bearer {token}", **headers}
    return requests.post(cohort.url + path, data=body, headers=headers, timeout=10)


def test_a_check_in_is_seen_with_the_minutes_of_the_learners_own_clock(cohort: Cohort) -> None:
    _, ada = cohort.enrolled("ada")
    ada.check_in(told(check="page", title="The page is there", hints=2))
    (place,) = cohort.store.places()
    assert (place.name, place.lab, place.stage, place.title, place.hints) == (
        "ada",
        "first-look",
        Where.BROKEN,
        "The page is there",
        2,
    )
    assert 600 <= place.heard - place.since < 605


def test_the_longest_stuck_comes_first(cohort: Cohort) -> None:
    for name, seconds in (("ada", 60), ("ben", 600), ("cy", 300)):
        cohort.enrolled(name)[1].check_in(told(seconds=float(seconds)))
    assert [place.name for place in cohort.store.places()] == ["ben", "cy", "ada"]


def test_nobody_writes_as_another(cohort: Cohort) -> None:
    _, ada = cohort.enrolled("ada")
    _, ben = cohort.enrolled("ben")
    ada.check_in(told(hints=1))
    ben.check_in(told(hints=3))
    ben.leave()
    assert [(place.name, place.hints) for place in cohort.store.places()] == [("ada", 1)]


@pytest.mark.parametrize("name", ["ada", "ADA", " ａｄａ "])
def test_a_name_that_is_taken_is_refused(cohort: Cohort, name: str) -> None:
    cohort.enrolled("ada")
    with pytest.raises(Refused, match="joined already"):
        cohort.enrolled(name)


def test_whoever_has_no_valid_join_address_does_not_join(cohort: Cohort) -> None:
    with pytest.raises(Refused, match="not, or no longer, valid"):
        Server(cohort.url, "wrong").enrol("eve")
    cohort.store.enrolment(renewed=True)
    assert cohort.store.learners() == []


def test_a_renewed_enrolment_leaves_the_learners(cohort: Cohort) -> None:
    before = cohort.store.enrolment()
    _, ada = cohort.enrolled("ada")
    assert cohort.store.enrolment(renewed=True) != before
    ada.check_in(told())


@pytest.mark.parametrize("token", ["-", "wrong", TOKEN])
@pytest.mark.parametrize(
    "asked",
    [
        "POST check-in",
        "POST hand",
        "DELETE hand",
        "PUT submission",
        "POST game-day",
        "PUT game-day",
        "DELETE game-day",
        "DELETE all",
        "GET all",
    ],
)
def test_strangers_are_not_heard(cohort: Cohort, asked: str, token: str) -> None:
    method, path = asked.split()
    headers = {"Authorization": f"Bearer {token}"}
    said = requests.request(method, f"{cohort.url}/learner/{path}", headers=headers, timeout=10)
    assert (said.status_code, "join again" in said.text) == (401, True)


@pytest.mark.parametrize("path", ["/", "/live", "/?lab=first-look", "/game-day", "/game-day/live"])
def test_a_learner_does_not_see_the_page(cohort: Cohort, path: str) -> None:
    enrolled, _ = cohort.enrolled("ada")
    for token in (enrolled.token, cohort.enrolment):
        said = requests.get(cohort.url + path, headers={"Authorization": f"Bearer {token}"}, timeout=10)
        assert said.status_code == 403


def test_a_learner_lowers_no_hand_and_removes_nobody_on_the_page(cohort: Cohort) -> None:
    enrolled, ada = cohort.enrolled("ada")
    ada.raise_hand(HelpRequest(text="help", check_in=told()))
    for path in (f"/hands/{enrolled.learner}/lower", f"/learners/{enrolled.learner}/remove"):
        assert posted(cohort, path, b"", enrolled.token).status_code == 403
    assert len(cohort.store.hands()) == len(cohort.store.learners()) == 1


def test_a_page_elsewhere_makes_no_browser_ask(cohort: Cohort) -> None:
    enrolled, _ = cohort.enrolled("ada")
    body = msgspec.json.encode(told())
    assert posted(cohort, "/learner/check-in", body, enrolled.token, Origin="http://evil.example").status_code == 403
    assert posted(cohort, "/learner/check-in", body, enrolled.token, Host="evil.example").status_code == 403
    assert cohort.store.places() == []


@pytest.mark.parametrize(
    "changed",
    [
        {"lab": "../../etc"},
        {"lab": "x" * 81},
        {"lab": "a\nb"},
        {"stage": "root"},
        {"seconds": -1},
        {"seconds": 1e300},
        {"seconds": "1"},
        {"hints": 10**9},
        {"score": -1},
        {"score": 10**12},
        {"score": 1.5},
        {"grade": 65.0},
        {"grade": "9"},
        {"title": "x" * 301},
        {"learner": "somebody-else"},
        {"name": "ben"},
    ],
)
def test_what_is_no_check_in_is_refused(cohort: Cohort, changed: dict[str, object]) -> None:
    enrolled, _ = cohort.enrolled("ada")
    body = msgspec.json.encode(msgspec.to_builtins(told()) | changed)
    assert posted(cohort, "/learner/check-in", body, enrolled.token).status_code == 400
    assert cohort.store.places() == []


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 60000, b'{"lab": "\\ud800"}', b"null"])
def test_what_is_no_json_is_refused(cohort: Cohort, body: bytes) -> None:
    enrolled, _ = cohort.enrolled("ada")
    said = posted(cohort, "/learner/check-in", body, enrolled.token)
    assert (said.status_code, "Traceback" in said.text) == (400, False)


def test_too_much_is_refused_before_it_is_read(cohort: Cohort) -> None:
    enrolled, _ = cohort.enrolled("ada")
    assert posted(cohort, "/learner/check-in", b" " * (MOST_BODY + 1), enrolled.token).status_code == 413


def test_a_call_has_at_most_ten_commands(cohort: Cohort) -> None:
    enrolled, _ = cohort.enrolled("ada")
    lines = tuple(Typed(number=n, service="web", line="ls", exit_code=0) for n in range(11))
    body = msgspec.json.encode(HelpRequest(text="help", check_in=told(), commands=lines))
    assert posted(cohort, "/learner/hand", body, enrolled.token).status_code == 400


@pytest.mark.slow
def test_one_learner_who_asks_too_often_is_slowed_and_nobody_else(cohort: Cohort) -> None:
    enrolled, ada = cohort.enrolled("ada")
    _, ben = cohort.enrolled("ben")
    for _ in range(60):
        ada.check_in(told())
    said = posted(cohort, "/learner/check-in", msgspec.json.encode(told()), enrolled.token)
    assert said.status_code == 429
    assert 0 < int(said.headers["Retry-After"]) <= 60
    ben.check_in(told())


def test_a_stopped_lab_is_no_place_to_be_stuck_in(cohort: Cohort) -> None:
    _, ada = cohort.enrolled("ada")
    ada.check_in(told())
    ada.check_in(told(Where.STOPPED))
    assert cohort.store.places() == []


def test_a_hand_goes_up_once_and_down_again(cohort: Cohort) -> None:
    _, ada = cohort.enrolled("ada")
    for text in ("help", "more help"):
        ada.raise_hand(HelpRequest(text=text, check_in=told()))
    (hand,) = cohort.store.hands()
    assert (hand.name, hand.call.text) == ("ada", "more help")
    assert len(cohort.store.places()) == 1
    ada.lower_hand()
    assert cohort.store.hands() == []


def test_leaving_deletes_all_of_one_learner_also_from_the_files_pages(cohort: Cohort) -> None:
    _, ada = cohort.enrolled("ada-the-secret")
    _, ben = cohort.enrolled("ben-the-other")
    ada.raise_hand(HelpRequest(text="my-secret-trouble", check_in=told(title="secret-check", check="x")))
    ben.check_in(told(hints=3))
    assert b"my-secret-trouble" in all_bytes(cohort.inbox.folder.parent)
    assert ada.collected() == ada.leave() == Deleted(check_ins=1, hands=1, submissions=0)
    with cohort.store.engine.connect() as line:
        counts = {name: line.scalar(sql.select(sql.func.count()).select_from(t)) for name, t in TABLES.tables.items()}
    assert counts == {
        "learners": 1,
        "places": 1,
        "hands": 0,
        "submissions": 0,
        "settings": 1,
        **dict.fromkeys(GAMES, 0),
    }
    left = all_bytes(cohort.inbox.folder.parent)
    assert b"ben-the-other" in left
    for told_before in (b"ada-the-secret", b"my-secret-trouble", b"secret-check"):
        assert told_before not in left
    with pytest.raises(Refused, match="join again"):
        ada.check_in(told())


def test_what_arrives_after_leaving_is_not_kept(cohort: Cohort) -> None:
    enrolled, ada = cohort.enrolled("ada")
    ada.leave()
    with pytest.raises(sql.exc.IntegrityError):
        cohort.store.check_in(enrolled.learner, told())
    assert cohort.store.places() == []


def test_the_guard_is_what_keeps_the_page(cohort: Cohort) -> None:
    assert isinstance(cohort.app(), Guard)
    assert cohort.page().status_code == 200
    assert requests.get(cohort.url, timeout=10).status_code == 403


def test_a_token_is_kept_as_a_hash_only(cohort: Cohort) -> None:
    enrolled, _ = cohort.enrolled("ada")
    assert enrolled.token.encode() not in all_bytes(cohort.inbox.folder.parent)


@pytest.mark.parametrize("name", ["ad\u200ba", "a\u202ed", "\U000e0041da", "<b>ada</b>", "$(id)", "a/b", "ada\u3164"])
def test_a_name_that_hides_something_is_refused_and_told_what(cohort: Cohort, name: str) -> None:
    with pytest.raises(Refused, match="letters, digits") as refused:
        cohort.enrolled(name)
    assert refused.value.message.isprintable()
    assert cohort.store.learners() == []


@pytest.mark.parametrize("name", ["аda", "αda", "\uff21da", "ada ", "Ꭺda"])
def test_a_name_that_looks_like_one_that_is_taken_is_refused(cohort: Cohort, name: str) -> None:
    cohort.enrolled("ada")
    with pytest.raises(Refused, match="joined already"):
        cohort.enrolled(name)


@pytest.mark.parametrize("name", ["山田 太郎", "Иван", "נועה", "O’Neil-Smith, J. (2)", "葛\U000e0100城"])
def test_a_name_in_any_script_is_taken(cohort: Cohort, name: str) -> None:
    cohort.enrolled(name)
    assert len(cohort.store.learners()) == 1


def test_a_name_that_an_older_server_took_is_compared_too(cohort: Cohort) -> None:
    row = {"id": "0" * 12, "name": "аda", "folded": "аda", "token": "x", "joined": 0.0}
    with cohort.store.engine.begin() as line:
        line.execute(sql.insert(TABLES.tables["learners"]).values(row))
    with pytest.raises(Refused, match="joined already"):
        cohort.enrolled("ada")


@pytest.mark.slow
def test_a_crowd_that_joins_at_once_is_slowed_politely(cohort: Cohort) -> None:
    answers = [
        posted(cohort, "/learner/join", msgspec.json.encode(Joining(name=f"n{number}")), cohort.enrolment)
        for number in range(199)
    ]
    assert [one.status_code for one in answers[:MOST_JOINS]] == [201] * MOST_JOINS
    assert {one.status_code for one in answers[MOST_JOINS:]} == {429}
    assert len(cohort.store.learners()) == MOST_JOINS
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60
    assert "Many join just now" in answers[-1].text


@pytest.mark.slow
def test_whoever_has_joined_is_heard_while_others_join(cohort: Cohort) -> None:
    _, ada = cohort.enrolled("ada")
    for number in range(MOST_JOINS + 5):
        posted(cohort, "/learner/join", msgspec.json.encode(Joining(name=f"n{number}")), cohort.enrolment)
    ada.check_in(told())


def test_joins_from_many_addresses_have_a_bound_together(cohort: Cohort) -> None:
    joins = Learners(cohort.store, cohort.inbox, cohort.enrolment).joins
    waits = [joins.wait(f"192.0.2.{number}", now=0.0) for number in range(MOST_JOINS_TOGETHER + 1)]
    assert waits == [0.0] * MOST_JOINS_TOGETHER + [60.0]
    assert joins.wait("192.0.2.1", now=60.0) == 0.0


@pytest.mark.parametrize("lab", ["no-such-lab", "first-look-2"])
def test_a_lab_that_nobody_has_is_no_place_to_be(cohort: Cohort, lab: str) -> None:
    _, ada = cohort.enrolled("ada")
    for ask in (ada.check_in, lambda told: ada.raise_hand(HelpRequest(text="help", check_in=told))):
        with pytest.raises(Refused, match=f"no lab called '{lab}'"):
            ask(told(lab=lab))
    assert (cohort.store.places(), cohort.store.hands()) == ([], [])
