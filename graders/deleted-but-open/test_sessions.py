"""Do sessions that have ended make room, and do the others stay?"""

import time
from dataclasses import dataclass

import pytest
from sessions import files

from kikori.grading import Scene, eventually, reasons

reason = reasons(__file__)

COUNT = 3
# Minutes on either side of a session's end that leave no doubt.
SAFELY = 3


@dataclass
class Sessions:
    """Cookies of sessions whose files were made to look older than they are."""

    ended: list[str]
    in_use: list[str]


def sign_in(scene: Scene) -> str:
    """A new session's cookie; empty if there is none."""
    answer = scene.ask("POST", "web", "/login", json={"crew": scene.params["crew"]})
    return answer.headers.get("Set-Cookie", "").split(";")[0]


@pytest.fixture(scope="module")
def sessions(scene: Scene) -> Sessions:
    """Sessions that nobody used for too long, and sessions that somebody used not long ago."""
    minutes = int(scene.params["minutes"])
    cookies = [cookie for cookie in (sign_in(scene) for _ in range(2 * COUNT)) if len(cookie) > len("session=")]
    seen = Sessions(ended=cookies[:COUNT], in_use=cookies[COUNT:])
    for group, age in ((seen.ended, minutes + SAFELY), (seen.in_use, minutes - SAFELY)):
        if group and (found := files(scene.sidecar("web"), group)):
            scene.sidecar("web").date(*found, at=time.time() - 60 * age)
    sign_in(scene)  # a service may also tidy up when the next crew comes
    return seen


@pytest.mark.needs("test_sign_in")
def test_ended_sessions_go(scene: Scene, sessions: Sessions) -> None:
    """Sessions that have ended leave no files behind.

    ja: 終わったセッションは、ファイルを残さない。
    """

    def left() -> list[str]:
        return files(scene.sidecar("web"), sessions.ended)

    assert sessions.ended, reason("ended-sessions-go")
    seen = eventually(left, lambda found: not found, within=5)
    assert not seen, reason("ended-sessions-go-2", safely=SAFELY, seen=seen[0])


@pytest.mark.needs("test_sign_in", "test_ended_sessions_go")
def test_sessions_in_use_stay(scene: Scene, sessions: Sessions) -> None:
    """A crew that was active not long ago is still signed in.

    ja: 少し前まで使っていた班は、サインインしたままでいられる。
    """
    answers = [scene.get("web", "/me", headers={"Cookie": cookie}) for cookie in sessions.in_use]
    lost = [answer for answer in answers if answer.status != 200 or scene.params["crew"] not in answer.text]
    seen = lost[0] if lost else ""
    assert answers, reason("sessions-in-use-stay")
    assert not lost, reason("sessions-in-use-stay-2", minutes=scene.params["minutes"], safely=SAFELY, seen=seen)
