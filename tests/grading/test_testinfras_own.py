"""testinfra's own tests of its modules, from its source archive, against the stock docker backend and against ours."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
from importlib.metadata import version
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kikori import host, paths

PLACE = Path(__file__).parent / "testinfras_own"
IMAGE = "kikori-test/testinfras-own"
FOREIGN = "ansible or salt or puppet or facter or iptables or ip6tables or pip or systemd"
"""What needs a tool or a privilege that no container of a lab has."""


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of testinfra's tests in the version that is installed, its hash checked against the lock file."""
    host.ready()
    subprocess.run(["docker", "build", "--quiet", "--tag", IMAGE, str(PLACE)], check=True, capture_output=True)
    folder = tmp_path_factory.mktemp("testinfra")
    name = f"pytest-testinfra=={version('pytest-testinfra')}"
    lock = (paths.ROOT / "requirements.lock").read_text(encoding="utf-8")
    (hashes,) = re.findall(rf"^{re.escape(name)} \\\n((?: +--hash=.*\n)+)", lock, re.MULTILINE)
    (folder / "locked.txt").write_text(f"{name} \\\n{hashes}")
    fetch = ["download", "--quiet", "--no-deps", "--no-binary", ":all:", "--require-hashes", "-r", "locked.txt"]
    subprocess.run([sys.executable, "-m", "pip", *fetch], cwd=folder, check=True)
    (archive,) = folder.glob("*.tar.gz")
    with tarfile.open(archive) as file:
        file.extractall(folder, filter="data")
    (tests,) = folder.glob("*/test")
    shutil.copy(PLACE / "conftest.py", tests / "conftest.py")
    return tests


def results(theirs: Path, backend: str) -> dict[str, str]:
    """How each of their tests ended with a backend: passed, or the first words of why not."""
    report = theirs / f"{backend}.xml"
    run = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", f"not ({FOREIGN})", f"--junitxml={report}"]
    environment = os.environ | {"KIKORI_TEST_BACKEND": backend, "KIKORI_TEST_IMAGE": IMAGE}
    subprocess.run(
        [sys.executable, *run, "test_modules.py"], cwd=theirs, env=environment, capture_output=True, check=False
    )
    cases = ElementTree.parse(report).iter("testcase")  # noqa: S314 - written by our own pytest
    return {case.attrib["name"]: _ending(case) for case in cases}


def _ending(case: ElementTree.Element) -> str:
    bad = next((found for found in case if found.tag in ("failure", "error", "skipped")), None)
    if bad is None:
        return "passed"
    return f"{bad.tag}: {bad.attrib['message'][:40]}"  # what follows may hold the backend's own name


@pytest.mark.docker
@pytest.mark.stands_on
def test_their_tests_end_alike_with_both_backends(theirs: Path) -> None:
    stock, ours = results(theirs, "docker"), results(theirs, "kikori")
    different = {name: (ending, ours.get(name)) for name, ending in stock.items() if ours.get(name) != ending}
    assert not different
    assert sum(ending == "passed" for ending in stock.values()) >= 20, stock
