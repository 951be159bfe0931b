"""Is the village's timetable there for its users, and is the server as safe as before?"""

import pytest

from kikori.grading import Scene, eventually, say


@pytest.mark.guard
def test_server_is_up(scene: Scene) -> None:
    """The server itself is running.

    ja: サーバー自体は動いている。
    """
    assert scene.state("web") == "running", say(
        f"the server's container is {scene.state('web')}; `kikori resume` starts it again",
        f"サーバーのコンテナーは {scene.state('web')} です。`kikori resume` で起動できます",
    )


@pytest.mark.needs("test_server_is_up")
def test_answer(scene: Scene) -> None:
    """A user who asks for the timetable gets an answer.

    ja: 時刻表を求めた利用者に、応答が返る。
    """
    answer = eventually(lambda: scene.get("web", "/"), lambda seen: seen.status == 200)
    assert answer.status == 200, say(
        f"expected status 200 for /, saw {answer}; what does that tell about how far the request came?",
        f"/ には 200 が返るはずですが、{answer} でした。要求はどこまで届いたのでしょうか",
    )


@pytest.mark.needs("test_answer")
def test_timetable(scene: Scene) -> None:
    """The page shows the timetable that the users know.

    ja: ページには、利用者が知っている時刻表が載っている。
    """
    page = scene.get("web", "/").text
    wanted = [f"line {scene.params['line']}", scene.params["stop"], f"21:{scene.params['minute']}"]
    missing = [word for word in wanted if word not in page]
    assert not missing, say(
        f"a page comes, but it is not the timetable: {len(missing)} of 3 facts are missing. Where is the real one?",
        f"ページは出ますが、時刻表ではありません。3つの情報のうち {len(missing)} つがありません。本物はどこでしょう",
    )


@pytest.mark.guard
@pytest.mark.needs("test_server_is_up")
def test_page_is_not_open_to_writers(scene: Scene) -> None:
    """Only the owner can change what the server shows.

    ja: サーバーが見せるものを変えられるのは、所有者だけ。
    """
    loose = scene.host("web").check_output("find /srv /etc/nginx -perm /022 -not -type l")
    assert not loose, say(
        f"anyone on the server could now rewrite {loose.splitlines()[0]}; who needs which right?",
        f"サーバー上の誰もが {loose.splitlines()[0]} を書き換えられます。誰にどの権利が要りますか",
    )


@pytest.mark.guard
@pytest.mark.needs("test_server_is_up")
def test_workers_are_not_root(scene: Scene) -> None:
    """Requests are not answered by root.

    ja: 要求に答えるのは root ではない。
    """
    users = scene.host("web").run("ps -C nginx -o user=,args=").stdout.splitlines()
    workers = [line for line in users if "worker" in line]
    assert not any(line.startswith("root") for line in workers), say(
        "nginx's workers run as root: a hole in one request would be a hole in the whole server",
        "nginx の worker が root で動いています。要求ひとつの穴が、サーバー全体の穴になります",
    )
