"""Is what was to stay as it is still so: users and their rights, the harbour, and services that run?"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from kikori.errors import OurFault
from kikori.grading import Process, Scene, answering, assert_unprivileged, eventually, quoted, rights_of_root, say

SERVICES = ("desk", "edge", "harbour")
SHARED = (*range(1, 100), 65534)
"""The users that every Debian has, such as www-data and nobody: services get others (Debian policy, 9.2.2)."""
PROGRAM = "/srv/harbour/harbour.py"
"""What the harbour runs."""
RUN_BY_THE_DESK = ("/run-desk", "/srv/desk/desk.py", "/etc/desk/desk.conf")
"""Files alone: the desk may have a folder of its own for what it writes."""


@contextmanager
def up(scene: Scene, service: str) -> Iterator[None]:
    """Block a look inside a service that ends meanwhile: another check tells of that."""
    begun = scene.inspect(service)["State"]["StartedAt"]
    try:
        yield
    except OurFault:
        seen = scene.inspect(service)["State"]
        if seen["Running"] and seen["StartedAt"] == begun:
            raise
        pytest.skip(say(f"{service} did not stay up while it was looked at", f"見ている間に {service} が止まりました"))


@pytest.mark.guard
@pytest.mark.static
def test_desk_is_not_root(scene: Scene) -> None:
    """The desk is started for a user of its own, and not for root.

    ja: desk は root ではなく、専用のユーザーで起動されている。
    """
    user = str(scene.inspect("desk")["Config"]["User"])
    assert scene.uid("desk") != 0, say(
        f"expected a user of the desk's own, the container runs as {user or 'root'}: a limit is no reason for root",
        f"desk は専用のユーザーで動くはずが、{user or 'root'} で動いています。上限は root にする理由になりません",
    )
    assert scene.uid("desk") not in SHARED, say(
        f"expected a user of the desk's own, the container runs as {user}, whom every Debian has, for other services",
        f"desk は専用のユーザーで動くはずが、どの Debian にもあり、ほかのサービスも使う {user} で動いています",
    )


@pytest.mark.guard
@pytest.mark.timeout(40)
def test_desk_rights(scene: Scene) -> None:
    """The desk has no rights of root's, and can't change what it runs.

    ja: desk は root の権利を持たず、自分が実行するものを書き換えられない。
    """
    with up(scene, "desk"):
        assert_unprivileged(scene, "desk", *RUN_BY_THE_DESK)


@pytest.mark.guard
def test_edge_rights(scene: Scene) -> None:
    """Boards, printers and phones are not answered by root at the edge.

    ja: edge で案内板やプリンター、スマートフォンの相手をするのは root ではない。
    """

    def as_root() -> list[Process]:
        return [one for one in answering(scene, "edge") if one.is_root]

    with up(scene, "edge"):
        found = eventually(as_root, lambda seen: not seen, within=3)  # nginx that has just begun has no workers yet
        right = next(filter(None, map(rights_of_root, answering(scene, "edge"))), "")
    assert not found, say(
        f"this answers at the edge as root: {quoted(found[0].command)}. A hole in one request would be a hole in the "
        "whole edge",
        f"edge で応答しているものが root で動いています: {quoted(found[0].command)}。"
        "要求ひとつの穴が、edge 全体の穴になります",
    )
    assert not right, say(f"{right}. Who needs which right?", f"{right}。誰にどの権利が要りますか")


@pytest.mark.guard
@pytest.mark.static
def test_harbour_is_as_it_was(scene: Scene) -> None:
    """The harbour is as it was: its boards, its printers, its office.

    ja: 港は元のままである。案内板も、プリンターも、事務所も。
    """
    about = scene.inspect("harbour")["Config"]
    given = dict(pair.partition("=")[::2] for pair in about["Env"] or ())
    boards, seen = str(scene.params["boards"]), given.get("BOARDS", "")
    assert seen == boards, say(
        f"expected {boards} boards in the harbour, its container is told of {quoted(seen)}: it has no fewer for that",
        f"港の案内板は {boards} 台のはずですが、harbour のコンテナーには {quoted(seen)} と伝えられています。"
        "案内板そのものが減るわけではありません",
    )
    command = " ".join([*(about["Entrypoint"] or ()), *(about["Cmd"] or ())])
    assert command == f"python3 {PROGRAM}", say(
        f"the harbour is started with {quoted(command)} in the place of its own command",
        f"harbour が、本来のコマンドではなく {quoted(command)} で起動されています",
    )
    changed = {row["Path"] for row in scene.container("harbour").diff() or ()}
    assert PROGRAM not in changed, say(
        f"{PROGRAM} in the harbour has been changed since its container was made",
        f"harbour の {PROGRAM} が、コンテナーが作られた後に変更されています",
    )


@pytest.mark.guard
def test_no_restart_loop(scene: Scene) -> None:
    """No service is started over and over.

    ja: 何度も起動し直されているサービスはない。
    """
    counts = {name: int(scene.inspect(name)["RestartCount"]) for name in SERVICES}
    worst = max(counts, key=lambda name: counts[name])
    assert counts[worst] < 2, say(
        f"expected the services to stay, but the engine has started {worst} again {counts[worst]} times",
        f"サービスは動き続けるはずが、Docker が {worst} を {counts[worst]} 回起動し直しています",
    )
