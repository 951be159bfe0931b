"""Pods as the manifests start them, in containers of ours: what do their probes say of a good one and of a bad one?"""

from __future__ import annotations

import io
import json
import re
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from cluster import Object, Workload, about, namespace
from docker.errors import APIError
from forecast_service import LOOKUP, SOURCE

from kikori.grading import Scene, archive_of, eventually

IMAGE = "kikori/desired-state-forecast"
WALLS = {
    "network_mode": "none", "cap_drop": ["ALL"], "security_opt": ["no-new-privileges"],
    "mem_limit": "128m", "nano_cpus": 500_000_000, "pids_limit": 64,
}  # fmt: skip
PATIENCE = 10
"""Seconds for a probe, whatever its own bound: a busy computer is no failed probe."""
ENGINE = 30
"""Seconds for that with the engine's own part."""
HELD = 2
"""Seconds for a question while the program is held still: it gives no answer."""
START = 15
"""Seconds in which the program starts on a busy computer."""
PORT = 8080
"""Where the program listens."""
HERE = "127.0.0.1"
LARGEST = 2**20
"""Bytes of the program."""
KEPT = {"ConfigMap": "configMap", "Secret": "secret"}
"""What keeps texts, and how a volume names it."""
VARIABLE = re.compile(r"\$(?:(\$)|\(([-._a-zA-Z][-._a-zA-Z0-9]*)\))")
"""A place in a text where Kubernetes puts a variable's value, or a dollar sign for two."""


def expanded(text: str, told: dict[str, str]) -> str:
    """Put the values of those variables that there are into a text."""
    return VARIABLE.sub(lambda found: found[1] or told.get(found[2], found[0]), text)


def names(workload: Workload) -> dict[str, str]:
    """What a pod may call the Services that have an address; here nobody answers there."""
    found: dict[str, str] = {}
    for one in workload.cluster.objects:
        spec = one.get("spec", {})
        if one.get("kind") == "Service" and spec.get("clusterIP") != "None" and spec.get("type") != "ExternalName":
            name, where = about(one)["name"], namespace(one)
            longer = [f"{name}.{where}{end}" for end in ("", ".svc", ".svc.cluster.local")]
            found |= dict.fromkeys([*([name] if where == workload.namespace else []), *longer], HERE)
    return found


class Pod:
    """A container of a pod, of the image that holds the service."""

    def __init__(
        self, scene: Scene, workload: Workload, program: Object, *, beside: str = "", lost: bool = False
    ) -> None:
        """Start it as the manifest says, with the network of the container that it runs ``beside``, if of any.

        One that is ``lost`` looks for another station than it is told, and looks like a good one from outside.
        """
        self.workload = workload
        self.scene = scene
        near: dict[str, Any] = {"network_mode": f"container:{beside}"} if beside else {"extra_hosts": names(workload)}
        told = self._environment(program)
        self._container = scene.engine.containers.create(
            IMAGE,
            entrypoint=[expanded(one, told) for one in program.get("command", [])] or None,
            command=[expanded(one, told) for one in program.get("args", [])] or None,
            environment=told,
            labels=scene.labels,
            **(WALLS | near),
        )
        self.name = str(self._container.id)
        try:
            self._lay_files(program)
            if lost:
                self._lose_station()
            self._container.start()
        except APIError:
            return  # what can't be started answers nothing

    def _environment(self, program: Object) -> dict[str, str]:
        """What its image, the ConfigMaps that it names and its own lines tell it."""
        found = {"MOUNTAIN": self.scene.params["mountain"], "STATION": self.scene.params["station"]}
        for source in program.get("envFrom", []):
            for kind, key in (("ConfigMap", "configMapRef"), ("Secret", "secretRef")):
                told = self.workload.told(kind, source.get(key, {}))
                found |= {f"{source.get('prefix', '')}{name}": value for name, value in told.items()}
        own: dict[str, str] = {}
        for one in program.get("env", []):
            value = expanded(one["value"], own) if "value" in one else self._value(one.get("valueFrom", {}))
            own |= {} if value is None else {one["name"]: value}
        return found | own

    def _value(self, source: Object) -> str | None:
        """A variable's value; None where it is not set, since the key is not there and need not be."""
        for kind, key in (("ConfigMap", "configMapKeyRef"), ("Secret", "secretKeyRef")):
            if key in source:
                return self.workload.told(kind, source[key]).get(source[key]["key"])
        about = {
            "metadata.name": f"{self.workload.name}-0",
            "metadata.namespace": self.workload.namespace,
            "spec.nodeName": "node-1",
            "status.hostIP": "127.0.0.1",
            "status.podIP": "127.0.0.1",
        }
        return about.get(source.get("fieldRef", {}).get("fieldPath"), "")

    def _lay_files(self, program: Object) -> None:
        """What its ConfigMaps and Secrets lay into it as files: a probe may run one."""
        volumes = {one["name"]: one for one in self.workload.pod.get("volumes", [])}
        packed = io.BytesIO()
        with tarfile.open(fileobj=packed, mode="w") as archive:
            for mount in program.get("volumeMounts", []):
                if not {"configMap", "secret", "projected"} & volumes.get(mount["name"], {}).keys():
                    folder = tarfile.TarInfo(mount["mountPath"].strip("/"))  # empty, and everybody's
                    folder.type, folder.mode = tarfile.DIRTYPE, 0o777
                    archive.addfile(folder)
                for name, text, mode in self._files(volumes.get(mount["name"], {}), mount.get("subPath")):
                    place = mount["mountPath"] if mount.get("subPath") else f"{mount['mountPath']}/{name}"
                    entry = tarfile.TarInfo(place.lstrip("/"))
                    entry.size, entry.mode = len(text), mode & 0o777
                    archive.addfile(entry, io.BytesIO(text))
        self._container.put_archive("/", packed.getvalue())

    def _lose_station(self) -> None:
        """Put an error into the program, under its own name."""
        packed = io.BytesIO()
        tar = archive_of(self._container, SOURCE, LARGEST) or b""
        with tarfile.open(fileobj=io.BytesIO(tar)) as old, tarfile.open(fileobj=packed, mode="w") as new:
            (entry,) = old.getmembers()
            text = old.extractfile(entry).read().replace(LOOKUP.encode(), b"STATIONS[STATION + '-2']")  # type: ignore[union-attr]
            entry.size = len(text)
            new.addfile(entry, io.BytesIO(text))
        self._container.put_archive(SOURCE.rpartition("/")[0], packed.getvalue())

    def _files(self, volume: Object, only: str | None) -> Iterator[tuple[str, bytes, int]]:
        together = volume.get("projected", {})
        parts = [volume, *together.get("sources", [])]
        sources = [(kind, one.get(key)) for one in parts for kind, key in KEPT.items() if one.get(key)]
        for kind, source in sources:
            held = self.workload.told(kind, {"name": source.get("name", source.get("secretName", ""))})
            listed = source.get("items", [{"key": key, "path": key} for key in held])
            for one in listed:
                if one["key"] in held and only in (None, one["path"]):
                    mode = one.get("mode", source.get("defaultMode", together.get("defaultMode", 0o644)))
                    yield one["path"], held[one["key"]].encode(), mode

    def runs(self, *command: str, patience: int = PATIENCE) -> tuple[bool, str]:
        """Whether a command in it ends well, and what it says."""
        # runs: it is a container of ours, and the command is what is judged
        done = self.scene.docker("exec", self.name, "timeout", str(patience), *command, within=ENGINE)
        return done.returncode == 0, done.stdout

    def status(self, path: str, port: int = PORT, scheme: str = "http", headers: tuple[str, ...] = ()) -> int:
        """The status of its answer to a request; 0 where it gives none."""
        told = [part for one in headers for part in ("--header", one)]
        url = f"{scheme}://127.0.0.1:{port}/{path.removeprefix('/')}"
        _, said = self.runs("curl", "-ks", "-o", "/dev/null", "-w", "%{http_code}", *told, "--", url)
        return int(said) if said.isdigit() else 0

    def answers(self, probe: Object) -> bool:
        """Whether a probe finds it well, as the kubelet asks."""
        if "exec" in probe:
            return self.runs(*probe["exec"].get("command", []))[0]
        if "httpGet" in probe:
            return self._answers_request(probe["httpGet"])
        if "tcpSocket" in probe:
            port = self.workload.port(probe["tcpSocket"]["port"])
            code = f"import socket; socket.create_connection(('127.0.0.1', {port or 0}), 5)"
            return "host" not in probe["tcpSocket"] and self.runs("python3", "-c", code)[0]
        return False  # the service speaks no gRPC

    def answers_in_vain(self, probe: Object) -> bool:
        """Tell whether a probe's command is content with a program held still.

        A program that is not its container's first process goes on answering: of such a pod nothing is said.
        """
        if "exec" not in probe:
            return False  # a request or a connection is not remembered
        self._container.kill(signal="SIGSTOP")
        try:
            heard, _ = self.runs("curl", "-s", "-o", "/dev/null", f"http://127.0.0.1:{PORT}/", patience=HELD)
            bound = min(int(probe.get("timeoutSeconds") or 1), PATIENCE)  # the kubelet takes more for a no
            return not heard and self.runs(*probe["exec"].get("command", []), patience=bound)[0]
        finally:
            self._container.kill(signal="SIGCONT")

    def _answers_request(self, get: Object) -> bool:
        port = self.workload.port(get["port"])
        if port is None or "host" in get:  # another host is not the pod
            return False
        headers = tuple(f"{one['name']}: {one['value']}" for one in get.get("httpHeaders", []))
        return 200 <= self.status(get.get("path", "/"), port, get.get("scheme", "HTTP").lower(), headers) < 400

    def is_told(self) -> bool:
        """Whether its forecast is one, and not any answer at all."""
        _, said = self.runs("curl", "-s", "--", f"http://{HERE}:{PORT}/forecast")
        try:
            told = json.loads(said)
        except ValueError:
            return False
        return isinstance(told, dict) and told.keys() >= {"mountain", "station", "morning"}

    def begun(self) -> int:
        """The status of its forecast as soon as it answers at all; 0 where it does not in the time for its start."""
        return eventually(lambda: self.status("/forecast"), bool, within=START, every=0.3)

    def ended(self) -> int | None:
        """How it ended; None while it runs."""
        self._container.reload()
        state = self._container.attrs["State"]
        return None if state["Running"] else int(state["ExitCode"])

    def memory(self) -> int:
        """Bytes that it holds and that can't be taken from it, as the kernel counts them; files are not among them."""
        told: dict[str, Any] = self.scene.engine.api.stats(self._container.id, stream=False, one_shot=True)[
            "memory_stats"
        ]
        stats = told.get("stats", {})
        return int(stats.get("anon", stats.get("rss", 0)))

    def close(self) -> None:
        """Take it away."""
        self._container.remove(force=True, v=True)


class Trials:
    """One good pod and one bad one of each workload, started when they are first asked for."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._pods: dict[tuple[str, bool], Pod] = {}

    def good(self, workload: Workload) -> Pod:
        """A pod as the manifest starts it."""
        return self._pod(workload, good=True)

    def bad(self, workload: Workload) -> Pod:
        """A pod that runs and can make no forecast."""
        return self._pod(workload, good=False)

    def _pod(self, workload: Workload, *, good: bool) -> Pod:
        key = (f"{workload.kind} {workload.namespace} {workload.name}", good)
        if key not in self._pods:
            self._pods[key] = Pod(self.scene, workload, workload.programs[0], lost=not good)
        return self._pods[key]

    @contextmanager
    def container(self, workload: Workload, container: Object, *, beside: Pod | None = None) -> Iterator[Pod]:
        """Another container of a pod, for as long as it is looked at."""
        found = Pod(self.scene, workload, container, beside=beside.name if beside else "")
        try:
            yield found
        finally:
            found.close()

    def close(self) -> None:
        """Take all of them away."""
        for pod in self._pods.values():
            pod.close()


@contextmanager
def trials(scene: Scene) -> Iterator[Trials]:
    """Pods for as long as checks ask them."""
    found = Trials(scene)
    try:
        yield found
    finally:
        found.close()
