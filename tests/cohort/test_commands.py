"""The commands as learners and instructors type them, against a server on this computer."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest
import requests

from kikori import paths
from kikori.attempts import Store
from kikori.cohort.client import membership
from kikori.cohort.messages import Where
from kikori.model import Stage
from kikori.web import unused_port
from terminal_user import PATIENCE, Kikori

from .conftest import Cohort, Kept, Served, until

pytestmark = pytest.mark.slow


@pytest.fixture
def joined(kikori: Kikori, cohort: Cohort) -> Cohort:
    """The cohort, with this learner in it."""
    said = kikori("cohort", "join", "--yes", stdin=f"{cohort.join_address}\n")
    assert said.returncode == 0, said.stderr
    return cohort


@pytest.fixture
def away(joined: Cohort) -> Cohort:
    """A cohort that was joined and whose server has gone."""
    member = membership.membership()
    membership.keep(membership.Membership(url="http://127.0.0.1:1", name=member.name, learner="x", token="x"))  # noqa: S106
    return joined


@pytest.fixture
def hanging(joined: Cohort) -> Iterator[socket.socket]:
    """A cohort that was joined and whose server takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        member = membership.membership()
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}"
        membership.keep(membership.Membership(url=url, name=member.name, learner="x", token="x"))  # noqa: S106
        yield deaf


def test_joining_shows_all_that_will_be_sent_and_asks(kikori: Kikori, cohort: Cohort, kept: Kept) -> None:
    kept()
    said = kikori("cohort", "join", cohort.join_address, stdin="y\n")
    assert said.returncode == 2
    for part in (cohort.url, "name: ada", "first-look", "broken, 10 min", "The page is there (page)", "Hints used: 1"):
        assert part in said.stderr
    assert "Nothing was sent" in said.stderr
    assert "--yes" in said.stderr
    assert cohort.enrolment not in said.stderr + said.stdout
    assert cohort.store.learners() == []
    assert not membership.file().exists()


@pytest.mark.parametrize(("answer", "names"), [("n", []), ("y", ["ada"])])
def test_somebody_at_a_terminal_is_asked(cohort: Cohort, answer: str, names: list[str]) -> None:
    talk = pexpect.spawn(
        sys.executable, ["-m", "kikori", "cohort", "join", cohort.join_address], encoding="utf-8", timeout=PATIENCE
    )
    talk.expect("Join\\?")
    assert cohort.store.learners() == []
    talk.sendline(answer)
    talk.expect(pexpect.EOF)
    assert [one.name for one in cohort.store.learners()] == names


def test_address_that_is_asked_for_is_not_shown_and_no_other_user_reads_it(cohort: Cohort) -> None:
    talk = pexpect.spawn(sys.executable, ["-m", "kikori", "cohort", "join"], encoding="utf-8", timeout=PATIENCE)
    talk.expect("The join address")
    assert talk.waitnoecho(timeout=10)
    talk.sendline(cohort.join_address)
    talk.expect("Join\\?")
    assert cohort.enrolment not in talk.before
    assert cohort.enrolment.encode() not in Path(f"/proc/{talk.pid}/cmdline").read_bytes()
    talk.sendline("y")
    talk.expect(pexpect.EOF)
    assert [one.name for one in cohort.store.learners()] == ["ada"]


def test_what_is_sent_is_told_in_japanese_too(kikori: Kikori, cohort: Cohort) -> None:
    said = kikori("cohort", "join", cohort.join_address, "--lang", "ja")
    assert "ほかには送られません" in said.stderr


def test_joining_keeps_the_token_where_nobody_else_reads_it(kikori: Kikori, joined: Cohort) -> None:
    assert [one.name for one in joined.store.learners()] == ["ada"]
    assert membership.file().stat().st_mode & 0o777 == 0o600
    token = membership.membership().token
    for words in (["status"], ["status", "--json"]):
        said = kikori("cohort", *words)
        assert (said.returncode, token in said.stdout + said.stderr) == (0, False)


def test_joining_twice_says_how_to_leave(kikori: Kikori, joined: Cohort) -> None:
    said = kikori("cohort", "join", joined.join_address, "--yes")
    assert said.returncode == 2
    assert "cohort leave" in said.stderr


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/join", "ftp://x/#t", "x", "http://[/#t", "http://h:x/#t", "#t"])
def test_what_is_no_join_address_is_told(kikori: Kikori, url: str) -> None:
    said = kikori("cohort", "join", url, "--yes")
    assert said.returncode == 2
    assert "no join address" in said.stderr


def test_joining_where_nobody_answers(kikori: Kikori) -> None:
    said = kikori("cohort", "join", "http://127.0.0.1:1/join#token", "--yes")
    assert said.returncode == 3
    assert "does not answer" in said.stderr
    assert not membership.file().exists()


def test_joining_what_is_no_cohort(kikori: Kikori, cohort: Cohort) -> None:
    said = kikori("cohort", "join", f"{cohort.url}/join#wrong", "--yes")
    assert said.returncode == 2
    assert "not, or no longer, valid" in said.stderr


def test_a_command_that_changes_an_attempt_checks_in(kikori: Kikori, joined: Cohort, kept: Kept) -> None:
    kept(hints=0)
    assert kikori("hint").returncode == 0
    until(lambda: len(joined.store.places()) == 1)
    (place,) = joined.store.places()
    assert (place.name, place.lab, place.stage, place.failing, place.hints) == (
        "ada",
        "first-look",
        "broken",
        "page",
        1,
    )
    until(lambda: membership.told().answer == "received")
    said = kikori("cohort", "status")
    assert "first-look: broken, 10 min, 1 hints, failing: The page is there" in said.stdout
    assert "received" in said.stdout


def test_a_command_that_changes_nothing_does_not(kikori: Kikori, joined: Cohort, kept: Kept) -> None:
    kept()
    kikori("task")
    until(lambda: membership.told().answer == "received")
    before = membership.told()
    assert kikori("task").returncode == 0
    time.sleep(1)
    assert membership.told() == before


def test_an_attempt_that_was_stopped_goes_off_the_page(kikori: Kikori, joined: Cohort, kept: Kept) -> None:
    attempt = kept()
    kikori("task")
    until(lambda: len(joined.store.places()) == 1)
    until(lambda: membership.told().answer == "received")
    Store().move(attempt, stage=Stage.STOPPED)
    kikori("list")
    until(lambda: joined.store.places() == [])


def test_a_lab_that_the_instructor_does_not_have_keeps_no_other_back(
    kikori: Kikori, joined: Cohort, kept: Kept
) -> None:
    kept(id="a-lab-of-my-own-00000b", lab="a-lab-of-my-own")
    kept(id="first-look-00000c")
    kikori("list")
    until(lambda: membership.told().answer != "")
    assert [place.lab for place in joined.store.places()] == ["first-look"]
    assert "no lab called 'a-lab-of-my-own'" in membership.told().answer
    assert len(membership.told().known) == 2, "it is not sent again before something happens there"


def loaded() -> set[str]:
    """The modules that a command imports."""
    argv = [sys.executable, "-X", "importtime", "-m", "kikori", "task"]
    done = subprocess.run(argv, capture_output=True, text=True, check=True)
    return {line.rsplit("|", 1)[-1].strip() for line in done.stderr.splitlines()}


def test_without_a_cohort_nothing_of_it_is_loaded(kept: Kept) -> None:
    kept()
    assert not {name for name in loaded() if name.startswith("kikori.cohort") or name in ("requests", "sqlalchemy")}


@pytest.mark.usefixtures("joined")
def test_with_a_cohort_the_command_itself_asks_nobody(kept: Kept) -> None:
    kept()
    names = loaded()
    assert "kikori.cohort.client.change_detection" in names
    assert not names & {"kikori.cohort.client.connection", "requests", "sqlalchemy"}


@pytest.mark.usefixtures("away")
def test_a_server_that_is_away_breaks_no_command(kikori: Kikori, kept: Kept) -> None:
    kept()
    said = kikori("task")
    assert (said.returncode, said.stderr) == (0, "")
    until(lambda: "does not answer" in membership.told().answer)
    assert "does not answer" in kikori("cohort", "status").stdout


def test_what_did_not_arrive_is_sent_later(kikori: Kikori, away: Cohort, kept: Kept) -> None:
    kept()
    kikori("task")
    until(lambda: membership.told().answer != "")
    assert membership.told().known == {}


def test_a_server_that_hangs_holds_no_command_up(kikori: Kikori, hanging: socket.socket, kept: Kept) -> None:
    kept()
    said = kikori("task")
    assert (said.returncode, said.stderr) == (0, "")
    assert membership.told().answer == "", "the command has ended, and whoever asks is still waiting"
    hanging.settimeout(20)
    hanging.accept()[0].close()
    until(lambda: "does not answer" in membership.told().answer)


def test_damaged_membership_breaks_no_command(kikori: Kikori, joined: Cohort, kept: Kept) -> None:
    kept()
    membership.file().write_text("{", encoding="ascii")
    assert kikori("task").returncode == 0
    said = kikori("cohort", "status")
    assert (said.returncode, "is damaged" in said.stderr) == (2, True)


def test_leaving_deletes_there_and_here(kikori: Kikori, joined: Cohort, kept: Kept) -> None:
    kept()
    kikori("help-me", "I am lost", "--yes")
    said = kikori("cohort", "leave")
    assert said.returncode == 0, said.stderr
    assert "1 check-ins, 1 calls for help, 0 submissions, 0 scores, 0 times of game days" in said.stdout
    assert joined.store.learners() == joined.store.places() == joined.store.hands() == []
    assert not membership.file().exists()
    assert not membership.told_file().exists()
    assert kikori("cohort", "leave").returncode == 2


@pytest.mark.usefixtures("away")
def test_leaving_while_the_server_is_away_says_so_and_can_be_tried_again(kikori: Kikori) -> None:
    said = kikori("cohort", "leave")
    assert said.returncode == 3
    assert "does not answer" in said.stderr
    assert "try again later" in said.stderr
    assert membership.file().exists()


def test_leaving_where_the_instructor_has_removed_one(kikori: Kikori, joined: Cohort) -> None:
    joined.inbox.forget(joined.store.learners()[0].id)
    assert kikori("cohort", "leave").returncode == 0
    assert not membership.file().exists()


def test_a_call_for_help_is_shown_and_then_sent(kikori: Kikori, joined: Cohort, kept: Kept) -> None:
    kept()
    refused = kikori("help-me", "the page is\x1b[2J gone")
    assert refused.returncode == 2
    for part in ("the page is", "The page is there (page)", "[#1] ls -a /srv/www", "[#2] cat /etc", "broken, 10 min"):
        assert part in refused.stderr
    assert "\x1b" not in refused.stderr
    assert joined.store.hands() == []
    assert kikori("help-me", "the page is gone", "--yes").returncode == 0
    (hand,) = joined.store.hands()
    assert (hand.name, hand.call.text, hand.call.check_in.check) == ("ada", "the page is gone", "page")
    assert [(one.number, one.line) for one in hand.call.commands] == [
        (1, "ls -a /srv/www"),
        (2, "cat /etc/nginx/nginx.conf"),
    ]
    assert joined.store.places()[0].stage is Where.BROKEN
    assert kikori("help-me", "--lower").returncode == 0
    assert joined.store.hands() == []


def test_yes_that_the_launcher_took_for_itself_counts(
    kikori: Kikori, joined: Cohort, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept()
    monkeypatch.setenv("KIKORI_YES", "1")  # packages were agreed to, and nothing else
    assert kikori("help-me", "the page is gone").returncode == 2
    monkeypatch.setenv("KIKORI_SAID_YES", "1")
    assert kikori("help-me", "the page is gone").returncode == 0


def test_all_that_a_call_sends_was_shown(kikori: Kikori, joined: Cohort, kept: Kept) -> None:
    kept()
    shown = kikori("help-me", "the page is gone", "--yes").stderr
    (hand,) = joined.store.hands()
    for value in (hand.call.text, hand.call.check_in.lab, hand.call.check_in.title, hand.call.check_in.check):
        assert value in shown
    for one in hand.call.commands:
        assert f"[#{one.number}] {one.line}  ({one.service}, exit {one.exit_code})" in shown


def test_without_a_cohort_a_call_is_a_file_to_hand_over(kikori: Kikori, own_places: Path, kept: Kept) -> None:
    kept()
    said = kikori("help-me", "the page is gone", "--yes")
    file = own_places / "help-me.txt"
    assert (said.returncode, str(file) in said.stdout) == (0, True)
    text = file.read_text(encoding="utf-8")
    assert text in said.stderr
    for part in ("ada", "the page is gone", "The page is there (page)", "[#2] cat /etc/nginx/nginx.conf"):
        assert part in text


@pytest.mark.usefixtures("away")
def test_a_call_that_does_not_arrive_is_a_file_too(kikori: Kikori, own_places: Path, kept: Kept) -> None:
    kept()
    said = kikori("help-me", "the page is gone", "--yes")
    assert said.returncode == 0
    assert "Not sent: The cohort's server at http://127.0.0.1:1 does not answer" in said.stdout
    assert "the page is gone" in (own_places / "help-me.txt").read_text(encoding="utf-8")


def test_a_call_without_words_or_attempt_says_what_to_type(kikori: Kikori, kept: Kept) -> None:
    assert "No lab is running" in kikori("help-me", "help", "--yes").stderr
    kept()
    assert "Say in a sentence" in kikori("help-me", "--yes").stderr


def test_a_submission_is_handed_in(kikori: Kikori, joined: Cohort, own_places: Path) -> None:
    file = own_places / "first-look-ada.kikori"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("manifest.json", "{}")
    said = kikori("cohort", "send", str(file))
    assert said.returncode == 0, said.stderr
    (one,) = joined.store.handed_in()
    assert (joined.inbox.folder / one.file).read_bytes() == file.read_bytes()
    asked = kikori("cohort", "leave")
    assert (asked.returncode, "1 submissions that you sent are deleted" in asked.stderr + asked.stdout) == (2, False)
    assert kikori("cohort", "leave", "--yes").returncode == 0
    assert not (joined.inbox.folder / one.file).exists()


def test_submit_says_how_to_hand_in(joined: Cohort, capsys: pytest.CaptureFixture[str]) -> None:
    from kikori.cli.learner import _submitted_and_on
    from kikori.learner.submit import Submitted

    _submitted_and_on(Submitted(lab="first-look", file="/a b.kikori", size=1))
    assert f"To hand it in at {joined.url}: ./kikori cohort send '/a b.kikori'" in capsys.readouterr().out


def test_submit_says_nothing_of_it_without_a_cohort(capsys: pytest.CaptureFixture[str]) -> None:
    from kikori.cli.learner import _submitted_and_on
    from kikori.learner.submit import Submitted

    _submitted_and_on(Submitted(lab="first-look", file="/a.kikori", size=1))
    assert "cohort" not in capsys.readouterr().out


def test_serve_prints_both_addresses_and_knows_its_learners_after_a_restart(
    kikori: Kikori, own_places: Path, kept: Kept
) -> None:
    kept()
    state, port = own_places / "instructor", str(unused_port())
    first = Served(state, "--port", port)
    try:
        assert requests.get(first.page, timeout=10).status_code == 200
        assert kikori("cohort", "join", first.join, "--yes").returncode == 0
        until(lambda: "first-look" in requests.get(first.page, timeout=10).text)
    finally:
        assert first.end() == 130
    second = Served(state, "--port", port)
    try:
        assert second.join == first.join
        assert second.page != first.page
        assert "first-look" in requests.get(second.page, timeout=10).text
        assert kikori("help-me", "help", "--yes").returncode == 0
    finally:
        second.end()
    assert (state / "kikori" / "cohort.sqlite").stat().st_mode & 0o077 == 0


def test_serve_on_a_port_that_is_taken(kikori: Kikori, cohort: Cohort) -> None:
    said = kikori("cohort", "serve", "--port", str(cohort.at.port))
    assert said.returncode == 3
    assert "can't be served" in said.stderr


def test_serve_where_no_database_is(kikori: Kikori) -> None:
    said = kikori("cohort", "serve", "--port", "0", "--database", "sqlite:////proc/none/x.sqlite")
    assert (said.returncode, "Traceback" in said.stderr) == (3, False)


def test_status_as_json(kikori: Kikori) -> None:
    said = json.loads(kikori("cohort", "status", "--json").stdout)
    assert said == {"joined": False, "url": "", "name": "", "sent": [], "at": 0.0, "answer": "", "game_day": ""}


def test_the_file_that_the_edge_looks_for_is_the_one_that_joining_writes() -> None:
    assert membership.file() == paths.state() / "cohort.json"
