"""A stand: a host on its first day, an office with the learner's repository, and a judge, alone on a network of theirs.

The judge holds the network, so that the host can be stopped and started; the office reaches it by ssh at 127.0.0.1.
All three are of the lab's own images: of the learner there is the repository, and what it does to the host.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml
from repository import packed
from settings import Values
from snapshot import ABSENT, Mark, State, is_moving, mark, staying

from kikori.errors import OurFault
from kikori.grading import Scene, Sidecar, eventually

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docker.models.containers import Container

OFFICE = "kikori/ansible"
BANK = {"bank": "127.0.0.3"}
HOSTS = "host ansible_host=127.0.0.1 ansible_user=root\n"
SSH = (
    "-i", "/etc/ansible/key", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=no",
    "-o", "UserKnownHostsFile=/dev/null",
)  # fmt: skip
SOCKET = "/run/judge.sock"
FIRST = 8192
"""Weight at the processors, of which a container has 1024: what somebody waits for goes first on a busy computer."""
LONGEST = 150
"""Seconds that a run may take; it should take ten."""
MOST = 8_000_000
"""Bytes of what a run writes that are read; with ``-vvv`` it is a million or two."""
UP = 20
LARGEST = 2**18
PLAY = "timeout -k 2 {longest} ansible-playbook site.yml -e @values.yml -e @/etc/rebuild/secret.yml {options}"
RUN = "cd /srv/rebuild && " + PLAY + " > /tmp/said 2>&1 < /dev/null; code=$?; head -c {most} /tmp/said; exit $code"
FORCED = {
    "ANSIBLE_CONFIG": "/etc/ansible/ansible.cfg", "ANSIBLE_STDOUT_CALLBACK": "default",
    "ANSIBLE_NOCOLOR": "1", "ANSIBLE_FORCE_COLOR": "0", "ANSIBLE_DISPLAY_OK_HOSTS": "1",
    "ANSIBLE_DISPLAY_SKIPPED_HOSTS": "1", "ANSIBLE_DISPLAY_FAILED_STDERR": "0", "ANSIBLE_CHECK_MODE_MARKERS": "0",
    "ANSIBLE_VERBOSITY": "0",
}  # fmt: skip
"""How a run writes, whatever the repository wishes."""


class Played(NamedTuple):
    """A run that is over: its exit code, and what it wrote."""

    code: int
    said: str


class Stand:
    """It stands until it is closed."""

    def __init__(
        self, scene: Scene, files: dict[str, bytes], values: Values, secret: Values, banks: Sequence[int]
    ) -> None:
        self._scene, self._files = scene, files
        self._made: list[Container] = []
        self._sidecar: Sidecar | None = None
        self.banks = tuple(banks)
        self.data = {str(values[name]) for name in ("sold", "book", "gate_log")}
        try:
            self._judge = self._begin_judge(banks)
            self._office = self._begin_office(values, secret)
            self._host = self._begin_host()
        except BaseException:
            self.close()
            raise

    def _create(self, image: str, command: list[str] | None, like: str, **more: Any) -> Container:
        """Make a container with the limits and rights of a service's, swept away if the check is killed."""
        host = self._scene.inspect(like)["HostConfig"]
        made = self._scene.engine.containers.create(
            image, command, labels=self._scene.labels, cap_drop=["ALL"], security_opt=["no-new-privileges"],
            healthcheck={"test": ["NONE"]}, mem_limit=host["Memory"], pids_limit=host["PidsLimit"],
            nano_cpus=host["NanoCpus"], cpu_shares=FIRST, **more,
        )  # fmt: skip
        self._made.append(made)
        return made

    def _begin_judge(self, banks: Sequence[int]) -> Container:
        image = self._scene.inspect("peers")["Image"]
        judge = self._create(
            image, ["python3", "/srv/judge/judge.py"], "peers", network_mode="none", extra_hosts=BANK, init=True,
            environment={"BANK_PORT": ",".join(map(str, banks))},
        )  # fmt: skip
        judge.start()
        if not eventually(lambda: judge.exec_run(["test", "-S", SOCKET]).exit_code == 0, bool, within=UP, every=0.1):
            raise OurFault(f"the judge does not start: {judge.logs(tail=3).decode(errors='replace')}", "kikori check")
        return judge

    def _beside(self, like: str, image: str, command: list[str] | None = None, **more: Any) -> Container:
        """Start a container in the judge's network."""
        rights = self._scene.inspect(like)["HostConfig"]["CapAdd"] if like == "host" else None
        made = self._create(image, command, like, network_mode=f"container:{self._judge.id}", cap_add=rights, **more)
        made.start()
        return made

    def _begin_host(self) -> Container:
        host = self._beside("host", self._scene.inspect("host")["Image"], tmpfs={"/run": "mode=755"})
        if not eventually(self._answers, bool, within=UP, every=0.2):
            raise OurFault("a host of the lab's own does not start", "kikori check")
        return host

    def _begin_office(self, values: Values, secret: Values) -> Container:
        office = self._beside("office", OFFICE, ["sleep", "infinity"], init=True, environment=FORCED)
        office.put_archive("/srv/rebuild", packed(self._files))
        office.put_archive("/etc/rebuild", packed({"hosts": HOSTS.encode()}))
        self._office = office
        self.give(values, secret)
        return office

    def _answers(self) -> bool:
        # runs: ssh of the lab's own office; that the host answers decides nothing
        done = self._office.exec_run(["ssh", *SSH, "root@127.0.0.1", "true"])
        return bool(done.exit_code == 0)

    def give(self, values: Values, secret: Values) -> None:
        """Lay values in the place of the repository's, and secrets in theirs."""
        self._office.put_archive("/srv/rebuild", packed({"values.yml": yaml.safe_dump(values).encode()}))
        self._office.put_archive("/etc/rebuild", packed({"secret.yml": yaml.safe_dump(secret).encode()}, 0o600))

    def play(self, options: str = "") -> Played:
        """Run the learner's playbook, with Debian's Ansible on the lab's own office."""
        # runs: the learner's playbook is what is judged, by what becomes of the host
        command = RUN.format(longest=LONGEST, options=options, most=MOST)
        done = self._office.exec_run(["sh", "-c", command])
        told: Any = done.output
        return Played(int(done.exit_code or 0), told.decode("utf-8", "replace"))

    def ask(self, *steps: dict[str, Any]) -> list[dict[str, Any]]:
        """Have the judge do something as customers do, and tell what came of it.

        Raises:
            OurFault: the judge does not answer.
        """
        # runs: the judge is the lab's own
        done = self._judge.exec_run(["python3", "/srv/judge/ask.py", json.dumps(steps)], demux=True)
        told: Any = done.output
        out, err = told
        if done.exit_code:
            raise OurFault(f"the judge does not answer: {(err or b'').decode(errors='replace')[-200:]}", "kikori check")
        found: list[dict[str, Any]] = json.loads(out)
        return found

    def renew(self) -> None:
        """Put a host on its first day into the place of this one."""
        self._close_sidecar()
        self._made.remove(self._host)
        self._host.remove(force=True, v=True)
        self._host = self._begin_host()

    def restart(self) -> None:
        """Stop the host as a shutdown does, and start it; its memory is empty then."""
        self._close_sidecar()
        self._host.stop(timeout=5)
        self._host.start()

    @property
    def sidecar(self) -> Sidecar:
        """A container of ours that looks at the host from beside it."""
        if self._sidecar is None or not self._sidecar.is_there:
            self._host.reload()
            pid = int(self._host.attrs["State"]["Pid"])
            self._sidecar = Sidecar(self._scene.attempt.project, str(self._judge.id), pid)
        return self._sidecar

    def changes(self) -> dict[str, int]:
        """What differs from the host's image, as the engine tells it."""
        return {str(row["Path"]): int(row["Kind"]) for row in self._host.diff() or ()}

    def snapshot(self) -> State:
        """The host as it is now."""
        changes = {path: kind for path, kind in self.changes().items() if not is_moving(path, self.data)}
        found: dict[str, Mark] = {path: (ABSENT,) for path, kind in changes.items() if kind == 2}
        for one in self.sidecar.at(*changes) if changes else ():
            content = self.sidecar.read(one.path, LARGEST) if one.kind == "file" else None
            was_there = one.kind == "folder" and changes[one.path] == 0
            found[one.path] = ("seen", one.mode, one.owner, one.group) if was_there else mark(one, content)
        return State(found, staying(self.sidecar.processes()))

    def _close_sidecar(self) -> None:
        if self._sidecar:
            self._sidecar.close()
        self._sidecar = None

    def close(self) -> None:
        """Take all of it away."""
        from docker.errors import APIError

        self._close_sidecar()
        for one in reversed(self._made):
            with suppress(APIError):
                one.remove(force=True, v=True)
