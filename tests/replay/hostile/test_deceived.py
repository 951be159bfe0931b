"""Containers that deceive their own programs about root: a check says what is so, whatever these say.

In each, the program that the check once asked gives an answer that would have passed, which the test shows first.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import tarfile
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kikori import host, paths
from kikori.engine.cleanup import LABEL, sweep
from kikori.engine.client import client
from kikori.grading import Scene
from kikori.learner.doctor import build_images
from kikori.learner.session import Session
from kikori.model import Attempt, Stage
from said_in import said_in

pytestmark = pytest.mark.docker

# Of this process: others may run tests of this file at the same time, and sweep what is theirs.
ATTEMPT = Attempt(
    id=f"first-look-{os.getpid()}", lab="first-look", learner="ada", seed=1, params={}, stage=Stage.BROKEN
)
LIBRARIES = "/usr/lib/x86_64-linux-gnu"
NGINX = "sed -i 's/^user .*/user www root;/' /etc/nginx/nginx.conf; exec runsvdir /etc/service"
NAMES = """
#include <nss.h>
#include <pwd.h>
#include <string.h>
static enum nss_status www(struct passwd *found) {
    memset(found, 0, sizeof *found);
    found->pw_name = "www"; found->pw_passwd = "x"; found->pw_gecos = ""; found->pw_dir = "/"; found->pw_shell = "/";
    return NSS_STATUS_SUCCESS;
}
enum nss_status _nss_systemd_getpwuid_r(uid_t uid, struct passwd *found, char *b, size_t n, int *e) {
    return uid ? NSS_STATUS_NOTFOUND : www(found);
}
enum nss_status _nss_systemd_getpwnam_r(const char *name, struct passwd *found, char *b, size_t n, int *e) {
    return strcmp(name, "www") ? NSS_STATUS_NOTFOUND : www(found);
}
"""
SAYS = '__attribute__((constructor)) static void say(void) { puts("Uid:\\t7\\t7\\t7\\t7"); fflush(stdout); _exit(0); }'


@pytest.fixture(scope="module", autouse=True)
def images() -> Iterator[None]:
    host.ready()
    build_images(Session(), ["first-look", "silent-exit"])
    yield
    sweep(ATTEMPT.project)


def grader(name: str) -> ModuleType:
    """A lab's checks, to be called by hand."""
    path = paths.ROOT / "graders" / name
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(path.parent)  # as a grading has it, for the modules beside it
        spec.loader.exec_module(module)
    return module


Deceive = Callable[..., Any]


@pytest.fixture
def deceive() -> Iterator[Deceive]:
    """``deceive(image, service, command, files)``: a container that starts with files of a liar's."""
    made: list[Any] = []

    def start(image: str, service: str, command: list[str], files: dict[str, bytes], **more: Any) -> Any:
        labels = {LABEL: ATTEMPT.project, "com.docker.compose.service": service}
        found = client().containers.create(image, command, labels=labels, entrypoint="", **more)
        made.append(found)
        with BytesIO() as packed:
            with tarfile.open(fileobj=packed, mode="w") as archive:
                for path, content in files.items():
                    member = tarfile.TarInfo(path.lstrip("/"))
                    member.size, member.mode = len(content), 0o755
                    archive.addfile(member, BytesIO(content))
            found.put_archive("/", packed.getvalue())
        found.start()
        return found

    yield start
    for container in made:
        container.remove(force=True)


def library(folder: Path, name: str, source: str) -> bytes:
    """A shared library; skips where nothing can make one."""
    if not shutil.which("gcc"):
        pytest.skip("gcc is not installed")
    made, text = folder / name, folder / "lie.c"
    text.write_text(source)
    subprocess.run(["gcc", "-shared", "-fPIC", f"-Wl,-soname,{name}", "-o", made, text], check=True)
    return made.read_bytes()


def said_by(container: Any, command: str, begun: str = "nginx: worker") -> str:
    """What the container's own programs say, once a process runs whose command begins so."""
    until = time.monotonic() + 30
    while not any(row[-1].startswith(begun) for row in container.top(ps_args="-eo pid,args")["Processes"]):
        assert time.monotonic() < until, f"no {begun} in time"
        time.sleep(0.1)
    return said_in(container, "sh", "-c", command)


def accounts(*rows: str) -> dict[str, bytes]:
    return {"/etc/passwd": "\n".join([*rows, "nobody:x:65534:65534::/:/bin/sh", ""]).encode()}


@pytest.mark.parametrize("number", ["+0", " 0"])
def test_root_by_another_name(deceive: Deceive, number: str) -> None:
    files = accounts(f"www:x:{number}:0::/:/bin/sh")
    web = deceive("kikori/first-look-web", "web", ["sh", "-c", NGINX], files)
    assert "root" not in (said := said_by(web, "ps -C nginx -o user=,args=")), said
    assert "nginx: worker" in said
    with pytest.raises(AssertionError, match="answers requests runs as root"):
        grader("first-look/test_timetable.py").test_workers_are_not_root(Scene(ATTEMPT))


def test_root_by_a_library_of_names(deceive: Deceive, tmp_path: Path) -> None:
    lie = library(tmp_path, "libnss_systemd.so.2", NAMES)
    files = {f"{LIBRARIES}/libnss_systemd.so.2": lie, "/etc/nsswitch.conf": b"passwd: systemd files\ngroup: files\n"}
    web = deceive("kikori/first-look-web", "web", ["sh", "-c", NGINX], files)
    assert "root" not in (said := said_by(web, "ps -C nginx -o user=,args=")), said
    assert "nginx: worker" in said
    with pytest.raises(AssertionError, match="answers requests runs as root"):
        grader("first-look/test_timetable.py").test_workers_are_not_root(Scene(ATTEMPT))


def test_root_behind_a_library_that_grep_loads(deceive: Deceive, tmp_path: Path) -> None:
    grep = ["docker", "run", "--rm", "kikori/python", "cat", "/usr/bin/grep"]
    asked = subprocess.run(grep, capture_output=True, check=True)
    needed = {name.decode() for name in re.findall(rb"pcre2_\w+_8", asked.stdout)}
    stubs = "\n".join(f"void {name}(void) {{}}" for name in needed)
    lie = library(tmp_path, "libpcre2-8.so.0", f"#include <stdio.h>\n#include <unistd.h>\n{stubs}\n{SAYS}\n")
    files = {"/opt/own/libpcre2-8.so.0": lie, "/etc/ld.so.conf.d/000-own.conf": b"/opt/own\n"}
    orders = deceive("kikori/python", "orders", ["sh", "-c", "ldconfig; : worker; sleep 600"], files, user="0")
    assert said_by(orders, "grep -h ^Uid: /proc/[0-9]*/status", "sleep 600") == "Uid:\t7\t7\t7\t7\n"
    with pytest.raises(AssertionError, match="runs as root"):
        grader("silent-exit/test_orders.py").test_process_is_not_root(Scene(ATTEMPT))


@pytest.mark.parametrize("user", ["00", "+0", "000:7"])
def test_root_by_another_number(deceive: Deceive, user: str) -> None:
    orders = deceive("kikori/python", "orders", ["sleep", "600"], {}, user=user)
    assert orders.attrs["Config"]["User"].split(":")[0] not in ("", "root", "0")
    checks = grader("silent-exit/test_orders.py")
    with pytest.raises(AssertionError, match="the service's own user"):
        checks.test_user_is_not_root(Scene(ATTEMPT))
    with pytest.raises(AssertionError, match="runs as root"):
        checks.test_process_is_not_root(Scene(ATTEMPT))


def test_honest_containers_pass(deceive: Deceive) -> None:
    web = deceive("kikori/first-look-web", "web", ["runsvdir", "/etc/service"], {})
    deceive("kikori/python", "orders", ["sleep", "600"], accounts("root:x:0:0::/:/bin/sh"), user="10001")
    assert "www-data" in said_by(web, "ps -C nginx -o user=,args=")
    grader("first-look/test_timetable.py").test_workers_are_not_root(Scene(ATTEMPT))
    checks = grader("silent-exit/test_orders.py")
    checks.test_user_is_not_root(Scene(ATTEMPT))
    checks.test_process_is_not_root(Scene(ATTEMPT))
