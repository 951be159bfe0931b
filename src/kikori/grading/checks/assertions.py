"""Checks that many labs share, each with its reasons: a new lab gets them by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from kikori.grading.scene import Scene
from kikori.grading.texts import eventually, quoted, say

T = TypeVar("T")
OTHERS_MAY_WRITE, STICKY = 0o002, 0o1000
STARTS = 30
"""Seconds in which a service has to be again as it was before a restart."""


def assert_running(scene: Scene, *services: str) -> None:
    """Assert that the containers of some services run."""
    down = [name for name in services if scene.state(name) != "running"]
    assert not down, say(  # noqa: S101  # in a grader it is a verdict
        f"not running: {', '.join(down)}; `kikori resume` starts what has ended",
        f"動いていないもの: {'、'.join(down)}。終了したものは `kikori resume` で起動できます",
    )


def assert_not_root(scene: Scene, service: str) -> None:
    """Assert that a service was started for a user who is not root, and that no process of it is root's.

    Raises:
        OurFault: its container is gone, or was started for a user whom nobody knows.
    """
    rooted = [one.command for one in scene.processes(service) if one.is_root]
    if not rooted and scene.uid(service) == 0:
        rooted = [service]
    assert not rooted, say(  # noqa: S101
        f"this runs as root: {quoted(rooted[0])}. Who needs which right?",
        f"root で動いているものがあります: {quoted(rooted[0])}。誰にどの権利が要りますか",
    )


def assert_not_writable_by_all(scene: Scene, service: str, *places: str) -> None:
    """Assert that nothing that lies in some places may be changed by everybody on the server.

    Raises:
        OurFault: the service's container is gone.
    """
    wide = [one for one in scene.files(service, *places) if one.is_open_to(OTHERS_MAY_WRITE) and not one.mode & STICKY]
    assert not wide, say(  # noqa: S101
        f"everybody on the server may change {wide[0].path} (mode {wide[0].mode:o}). Who has to?",
        f"{wide[0].path}（モード {wide[0].mode:o}）は、サーバー上の誰でも変更できます。変更する必要があるのは誰ですか",
    )


def assert_survives_restart(
    scene: Scene, *services: str, look: Callable[[], T], wanted: Callable[[T], bool], patience: int = 10
) -> None:
    """Restart services, and assert that what is looked at is as wanted before long.

    Raises:
        OurFault: a service's container is gone.
    """
    scene.restart(*services, patience=patience)
    seen = eventually(look, wanted, within=STARTS, every=0.3)
    named, listed = ", ".join(services), "、".join(services)
    assert wanted(seen), say(  # noqa: S101
        f"after a restart of {named}, saw {quoted(str(seen))}. What is only true until something starts anew?",
        f"{listed} を再起動したあとは {quoted(str(seen))} でした。起動し直すまでしか続かないのは、どこですか",
    )
