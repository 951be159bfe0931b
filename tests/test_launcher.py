"""The launcher's decisions, seen from the programs that it calls; the real set-up is marked ``docker``, being slow."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pexpect
import pytest

pytestmark = [pytest.mark.slow, pytest.mark.stands_on(code=())]

ROOT = Path(__file__).resolve().parents[1]
PYTHON = Path(sys.executable).resolve()
SYSTEM = ["sh", "cat", "cmp", "date", "dirname", "env", "grep", "ls", "mkdir", "readlink", "rm", "sed", "sleep", "tail"]
UV = """case $1 in
    venv)
        for venv; do :; done
        mkdir -p "$venv/bin"
        printf '%s\\n' '#!/bin/sh' 'echo "yes=$KIKORI_YES" "$#"' 'printf "%s\\n" "$@"' >"$venv/bin/python"
        chmod +x "$venv/bin/python" ;;
    pip) [ ! -e "$0.wrong" ] || { cat "$0.wrong"; exit 1; }
        [ ! -e "$0.slow" ] || sleep "$(cat "$0.slow")" ;;
esac"""
STARTED = ["-P", "-m", "kikori"]
LOCKS = ["requirements.lock", "requirements-dev.lock"]


class Machine:
    """A copy of the launcher on a machine that has nothing but what a test puts there.

    Its uv makes an environment whose Python tells what it is called with.
    """

    def __init__(self, folder: Path) -> None:
        self.bin, self.root, self.noted = folder / "bin", folder / "a course", folder / "calls"
        self.environment = {"PATH": str(self.bin), "HOME": str(folder)}
        self.bin.mkdir()
        for name in [*SYSTEM, "chmod"]:
            (self.bin / name).symlink_to(shutil.which(name) or name)
        (self.root / "src/kikori/host").mkdir(parents=True)
        for name in ("kikori", "pyproject.toml", *LOCKS, "src/kikori/host/apt-install.sh"):
            shutil.copy(ROOT / name, self.root / name)
        self.program("id", "echo 0")
        self.program("python3", f'exec {PYTHON} "$@"')
        self.program("uv", UV)

    def program(self, name: str, script: str = "") -> None:
        """Put a program on the PATH; it notes each of its calls."""
        place = self.bin / name
        place.write_text(f'#!/bin/sh\necho "{name} $*" >>{self.noted}\n{script}\n')
        place.chmod(0o755)

    def without(self, *names: str) -> None:
        for name in names:
            (self.bin / name).unlink()

    def calls(self, program: str) -> list[str]:
        """What a program was called with so far."""
        lines = self.noted.read_text().splitlines() if self.noted.exists() else []
        return [line.removeprefix(program).strip() for line in lines if line.split()[0] == program]

    def start(self, *words: str, launcher: Path | None = None, **options) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [launcher or self.root / "kikori", *words],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **options,
        )

    def run(self, *words: str, **options) -> tuple[int, list[str], str]:
        """Exit code, lines of output, complaints."""
        process = self.start(*words, **options)
        out, complaints = process.communicate(timeout=120)
        return process.returncode, out.splitlines(), complaints


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


def test_the_first_call_sets_up_and_the_second_only_runs(machine):
    code, out, said = machine.run("status")
    assert (code, out) == (0, ["yes= 4", *STARTED, "status"])
    assert re.search(r"kikori: installing the Python packages: \d+ s\n$", said)
    venv, lock, itself = machine.calls("uv")
    assert venv == f"venv -q --allow-existing --python {PYTHON} {machine.root}/.venv"
    assert lock == f"pip install --no-deps --require-hashes -r {machine.root}/requirements.lock"
    assert itself == f"pip install --no-deps --no-build-isolation -e {machine.root}"
    assert machine.run("status") == (0, out, "")
    assert len(machine.calls("uv")) == 3


JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")


@pytest.mark.parametrize(
    ("words", "locale"),
    [(["status"], "ja_JP.UTF-8"), (["--lang", "ja", "status"], "C"), (["status", "--lang=ja"], "C")],
)
def test_set_up_is_told_in_japanese(machine, words, locale):
    machine.environment["LANG"] = locale
    code, _, said = machine.run(*words)
    assert code == 0
    assert re.search(r"kikori: Python パッケージのインストール: \d+秒\n$", said)


@pytest.mark.parametrize("words", [["shell", "--", "--lang", "ja"], ["status", "--lang", "en"]])
def test_set_up_is_told_in_english_where_nobody_asks_for_japanese(machine, words):
    machine.environment["LANG"] = "ja_JP.UTF-8" if "en" in words else "C"
    assert "kikori: installing the Python packages: " in machine.run(*words)[2]


def test_whatever_the_launcher_says_it_says_in_both_languages():
    script = (ROOT / "kikori").read_text(encoding="utf-8").replace("\\\n", " ").replace('told "$1" "$2"', "")
    said = re.findall(r"""(?:fail|\btold) +(["'])(.+?)\1 +(["'])(.+?)\3(?=[ );]|$)""", script, re.MULTILINE)
    assert len(said) >= 15
    assert [
        english for _, english, _, japanese in said if JAPANESE.search(english) or not JAPANESE.search(japanese)
    ] == []
    assert len(said) == len(re.findall(r"(?:\bfail|\btold) +[\"']", script))


def test_who_runs_the_tests_gets_what_they_need_and_keeps_it(machine):
    def installed():
        return [call.rpartition("/")[2] for call in machine.calls("uv") if "--require-hashes" in call]

    machine.run("status")
    assert machine.run("test", "--fast")[1] == ["yes= 5", *STARTED, "test", "--fast"]
    machine.run("status")
    assert installed() == LOCKS
    (machine.root / LOCKS[1]).write_text((machine.root / LOCKS[1]).read_text().replace("rich==", "rich==1"))
    machine.run("status")
    assert installed() == [*LOCKS, LOCKS[1]]


def test_arguments_arrive_as_they_are(machine):
    words = ["start", "two words", "*", "", "-x", 'a"b', "$HOME", "\\n"]
    assert machine.run(*words)[1] == ["yes= 11", *STARTED, *words]


def test_yes_is_consent_wherever_it_stands_before_a_double_dash(machine):
    assert machine.run("images", "--yes")[1] == ["yes=1 4", *STARTED, "images"]
    assert machine.run("--yes", "images")[1] == ["yes=1 4", *STARTED, "images"]
    assert machine.run("shell", "--", "apt", "--yes")[1] == ["yes= 7", *STARTED, "shell", "--", "apt", "--yes"]


def test_yes_reaches_the_commands_that_ask_themselves(machine):
    machine.run("status")
    fake = machine.root / ".venv/bin/python"
    fake.write_text('#!/bin/sh\necho "said=$KIKORI_SAID_YES"\n')
    assert machine.run("cohort", "leave", "--yes")[1] == ["said=1"]
    assert machine.run("cohort", "leave")[1] == ["said="]


def test_a_variable_of_the_same_name_does_not_keep_yes_from_being_dropped(machine):
    machine.environment["theirs"] = "1"
    assert machine.run("images", "--yes")[1] == ["yes=1 4", *STARTED, "images"]


def test_through_links_from_another_folder(machine, tmp_path):
    (tmp_path / "links").mkdir()
    (tmp_path / "links/relative").symlink_to("../a course/kikori")
    (tmp_path / "links/kikori").symlink_to(tmp_path / "links/relative")
    assert machine.run("status", launcher=tmp_path / "links/kikori", cwd="/")[0] == 0
    assert (machine.root / ".venv/kikori.stamp").exists()


@pytest.mark.parametrize("launcher", ["kikori", "./kikori", "../a course/kikori"])
def test_by_a_shell_from_its_own_folder(machine, launcher):
    code, out, _ = machine.run(launcher, "status", launcher=machine.bin / "sh", cwd=machine.root)
    assert (code, out[-1]) == (0, "status")


@pytest.mark.parametrize(
    ("name", "old", "new", "times"),
    [
        ("requirements.lock", "rich==", "rich==1", 2),
        ("pyproject.toml", '"rich>=14"', '"rich>=15"', 2),
        ("pyproject.toml", 'kikori = "kikori.cli:main"', 'other = "kikori.cli:main"', 2),
        ("pyproject.toml", "line-length = 120", "line-length = 100", 1),
    ],
)
def test_set_up_anew_when_what_it_is_made_from_changes(machine, name, old, new, times):
    machine.run("status")
    text = (machine.root / name).read_text()
    assert old in text
    (machine.root / name).write_text(text.replace(old, new))
    machine.run("status")
    assert len([call for call in machine.calls("uv") if call.startswith("venv")]) == times


def test_set_up_anew_when_the_folder_moved(machine, tmp_path):
    machine.run("status")
    machine.root = machine.root.rename(tmp_path / "moved")
    assert machine.run("status")[0] == 0
    assert machine.calls("uv")[-1].endswith(f"-e {tmp_path}/moved")


def test_set_up_anew_when_its_python_is_gone(machine):
    machine.run("status")
    (machine.root / ".venv/bin/python").unlink()
    assert machine.run("status")[1][-1] == "status"


def test_an_environment_elsewhere(machine, tmp_path):
    machine.environment["KIKORI_VENV"] = "else where"
    machine.run("status", cwd=tmp_path)
    assert (tmp_path / "else where/kikori.stamp").exists()
    assert not (machine.root / ".venv").exists()


def test_a_folder_of_somebody_else_is_left_alone(machine, tmp_path):
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis/bin").touch()
    machine.environment["KIKORI_VENV"] = str(tmp_path / "thesis")
    code, _, said = machine.run("status")
    assert code == 3
    assert "is no virtual environment" in said
    assert [path.name for path in (tmp_path / "thesis").iterdir()] == ["bin"]


def test_a_folder_that_can_not_be_made(machine, tmp_path):
    (tmp_path / "file").touch()
    machine.environment["KIKORI_VENV"] = str(tmp_path / "file/venv")
    code, _, said = machine.run("status")
    assert code == 3
    assert "KIKORI_VENV=" in said


def test_half_a_clone(machine):
    (machine.root / "requirements.lock").unlink()
    code, _, said = machine.run("status")
    assert (code, "requirements.lock is missing" in said) == (3, True)


def test_a_python_that_is_too_old(machine):
    machine.program("python3", "case $1 in --version) echo Python 3.9.6 ;; -c) exit 1 ;; esac")
    code, out, said = machine.run("status")
    assert (code, out) == (3, [])
    assert "Python 3.9.6 is too old. Put Python 3.11 or newer first on PATH" in said
    assert "kikori" in said.splitlines()[-1].split("run: ")[1]


def test_no_python_and_no_apt(machine):
    machine.without("python3")
    code, _, said = machine.run("status")
    assert code == 3
    assert "no apt here to install python3" in said


@pytest.fixture
def no_python(machine):
    """A Debian without python3, whose apt brings it."""
    machine.without("python3")
    machine.program("dpkg")
    bring = f"printf '#!/bin/sh\\nexec {PYTHON} \"$@\"\\n' >{machine.bin}/python3; chmod +x {machine.bin}/python3"
    machine.program("apt-get", f'[ "$1" = update ] || {{ {bring}; }}')
    return machine


def test_nothing_is_installed_unasked(no_python):
    code, _, said = no_python.run("start", "first-look")
    assert code == 3
    assert "python3 python3-venv ca-certificates must be installed with apt" in said
    assert said.rstrip().endswith("kikori --yes start first-look")
    assert no_python.calls("apt-get") == []


@pytest.mark.parametrize("consent", [["--yes"], []])
def test_python_is_installed_with_consent_and_the_command_goes_on(no_python, consent):
    if not consent:
        no_python.environment["CI"] = "true"
    code, out, said = no_python.run("status", *consent)
    assert (code, out[-1]) == (0, "status")
    assert no_python.calls("apt-get") == [
        "update -q",
        "install -qy --fix-broken --no-install-recommends --no-remove -o DPkg::Lock::Timeout=300 "
        "python3 python3-venv ca-certificates",
    ]
    assert re.search(r"installing python3 python3-venv ca-certificates with apt: \d+ s", said)


def test_through_sudo_with_the_proxies(no_python):
    no_python.program("id", "echo 1000")
    no_python.program("true")
    no_python.program("sudo", 'exec "$@"')
    no_python.environment |= {"http_proxy": "http://127.0.0.1:3128", "no_proxy": "localhost"}
    assert no_python.run("status", "--yes")[0] == 0
    first, second = no_python.calls("sudo")
    assert first == "true"
    assert second.startswith("env http_proxy=http://127.0.0.1:3128 no_proxy=localhost sh ")
    assert len(no_python.calls("apt-get")) == 2


def test_a_sudo_that_refuses(no_python):
    no_python.program("id", "echo 1000")
    no_python.program("sudo", "exit 1")
    code, _, said = no_python.run("status", "--yes")
    assert (code, no_python.calls("apt-get")) == (3, [])
    assert "Run as root: apt-get install python3 python3-venv ca-certificates" in said


def test_neither_root_nor_sudo(no_python):
    no_python.program("id", "echo 1000")
    code, _, said = no_python.run("status", "--yes")
    assert (code, no_python.calls("apt-get")) == (3, [])
    assert "neither root nor sudo here" in said


def test_an_apt_that_fails_says_its_last_lines_and_the_next_command(no_python):
    no_python.program(
        "apt-get", '[ "$1" = update ] || { echo Reading; printf "E: Unable to locate python3"; exit 100; }'
    )
    code, _, said = no_python.run("status", "--yes")
    assert code == 3
    assert "Reading\nE: Unable to locate python3\n" in said
    assert "apt could not install" in said.splitlines()[-1]


@pytest.mark.parametrize("with_uv", [True, False])
def test_a_python_that_can_not_make_environments(no_python, with_uv):
    """As Ubuntu's without python3-venv; with uv nothing is missing."""
    no_python.program("python3", f'case "$*" in *ensurepip*) exit 1 ;; *) exec {PYTHON} "$@" ;; esac')
    no_python.program("apt-get", '[ "$1" = update ] || exit 100')
    if not with_uv:
        no_python.without("uv")
    code, _, said = no_python.run("status", "--yes")
    assert code == (0 if with_uv else 3)
    assert ("python3-venv" in said) != with_uv
    assert any(call.endswith(" python3-venv") for call in no_python.calls("apt-get")) != with_uv


def ask(machine, answer):
    shown = pexpect.spawn(
        str(machine.root / "kikori"), ["status"], env=machine.environment, encoding="utf-8", timeout=20
    )
    shown.expect_exact(
        "install python3 python3-venv ca-certificates with apt, and Docker Engine if there is none? [Y/n] "
    )
    shown.sendeof() if answer is None else shown.sendline(answer)
    shown.expect(pexpect.EOF)
    shown.close()
    return shown.exitstatus, shown.before.replace("\r\n", "\n")


@pytest.mark.parametrize("answer", ["", "y", "Yes"])
def test_one_yes_is_also_the_consent_to_docker(no_python, answer):
    code, said = ask(no_python, answer)
    assert code == 0
    assert "yes=1 4" in said
    assert said.count("[Y/n]") == 0


@pytest.mark.parametrize("answer", ["n", "what?", None])
def test_anything_else_is_a_no(no_python, answer):
    code, said = ask(no_python, answer)
    assert code == 3
    assert "nothing was installed" in said
    assert no_python.calls("apt-get") == []


def test_the_bar_moves_and_leaves_only_the_time(no_python):
    lines = "printf 'Reading 5%%\\rReading 9%%\\n\\n'; echo Unpacking"
    no_python.program("apt-get", f'[ "$1" = update ] || {{ {lines}; exit 100; }}')
    _, said = ask(no_python, "y")
    assert "[####------] Reading 9%" in said
    assert "[-####-----] Unpacking" in said
    assert "5%\rReading" not in said


def test_a_set_up_that_fails_is_mended_by_the_next_call(machine):
    (machine.bin / "uv.wrong").write_text("ERROR: no matching hash\nand no newline at the end")
    code, out, said = machine.run("status")
    assert (code, out) == (3, [])
    assert "ERROR: no matching hash\nand no newline at the end\n" in said
    assert "Check network, proxy and disk" in said
    (machine.bin / "uv.wrong").unlink()
    assert machine.run("status")[:2] == (0, ["yes= 4", *STARTED, "status"])


def test_a_set_up_that_failed_half_way_is_not_taken_for_the_old_one(machine):
    machine.run("status")
    lock = (machine.root / "requirements.lock").read_text()
    (machine.root / "requirements.lock").write_text(lock.replace("rich==", "rich==1"))
    (machine.bin / "uv.wrong").write_text("no network")
    assert machine.run("status")[0] == 3
    (machine.root / "requirements.lock").write_text(lock)
    (machine.bin / "uv.wrong").unlink()
    assert "installing the Python packages" in machine.run("status")[2]


def test_a_set_up_that_is_killed_is_mended_by_the_next_call(machine):
    (machine.bin / "uv.slow").write_text("30")
    first = machine.start("status", start_new_session=True)
    while len(machine.calls("uv")) < 2:
        time.sleep(0.02)
    os.killpg(first.pid, signal.SIGKILL)
    first.communicate()
    assert (machine.root / ".venv/tmp").exists()
    assert (machine.root / ".venv/bin/python").exists(), "killed in the midst"
    (machine.bin / "uv.slow").unlink()
    code, out, said = machine.run("status")
    assert (code, out) == (0, ["yes= 4", *STARTED, "status"])
    assert "installing the Python packages" in said
    assert not (machine.root / ".venv/tmp").exists()


@pytest.mark.slow
def test_of_two_calls_at_once_one_sets_up_and_the_other_waits(machine):
    (machine.bin / "uv.slow").write_text("3")
    first = machine.start("status")
    while len(machine.calls("uv")) < 2:
        time.sleep(0.02)
    code, out, said = machine.run("status")
    assert (code, out[-1]) == (0, "status")
    assert said == "kikori: another call is setting up; waiting for it …\n"
    assert len(machine.calls("uv")) == 3
    assert first.communicate()[0].splitlines()[-1] == "status"


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_host_and_has_hashes_for_every_package(name):
    text = (ROOT / name).read_text()
    assert "://" not in text
    assert not re.search(r"^-", text, re.MULTILINE), "no option such as an index"
    packages = re.split(r"\n(?=[a-z0-9])", re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE).strip())
    bad = [package.split()[0] for package in packages if not re.match(r"\S+==\S+ (.*\\)?\n?.*--hash=sha256:", package)]
    assert len(packages) > 40
    assert bad == []


def locked(lock):
    """Each package of a lock, with its version."""
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", lock.read_text(), re.MULTILINE))


def test_the_locks_have_every_dependency_and_agree():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    learners, developers = (locked(ROOT / name) for name in LOCKS)
    for lock, wanted in (
        (learners, [*project["project"]["dependencies"], *groups["build"]]),
        (developers, [name for name in groups["dev"] if isinstance(name, str)]),
    ):
        assert {re.split(r"[<>=\[]", name)[0].lower() for name in wanted} <= lock.keys()
    assert learners.items() < developers.items()


@pytest.mark.parametrize("lock", sorted(ROOT.glob("graders/*/requirements.lock")), ids=lambda lock: lock.parent.name)
def test_what_a_lab_locks_is_what_its_checks_are_proved_with(lock):
    assert locked(lock).items() <= locked(ROOT / LOCKS[1]).items()


# ---- for real: pip, and a machine with nothing but Debian


def real(venv, *words, **options):
    environment = {name: value for name, value in os.environ.items() if name != "CI"} | {"KIKORI_VENV": str(venv)}
    return subprocess.Popen(
        [ROOT / "kikori", *words],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


@pytest.mark.long
@pytest.mark.docker
def test_a_real_set_up_killed_in_the_midst_and_mended(tmp_path):
    venv = tmp_path / "venv"
    first = real(venv, "--help", start_new_session=True)
    while not (venv / "bin/pip").exists():
        time.sleep(0.05)
    time.sleep(3)
    os.killpg(first.pid, signal.SIGKILL)
    first.communicate()
    assert not (venv / "kikori.stamp").exists()
    second, third = real(venv, "--help"), real(venv, "--help")
    said = [process.communicate(timeout=300)[1] for process in (second, third)]
    assert [second.returncode, third.returncode] == [0, 0], said
    assert sum("installing the Python packages: " in text for text in said) == 1
    again = real(venv, "--help")
    assert again.communicate(timeout=60)[1] == ""


BARE = "kikori-test-bare"
SHIPPED = ["kikori", "pyproject.toml", *LOCKS, "README.md", "src", "labs", "graders", "courses"]


def docker(*words, **options):
    return subprocess.run(["docker", *words], capture_output=True, text=True, check=True, **options).stdout


@pytest.fixture
def bare_machine():
    """A container that has nothing but Debian and a copy of the repository; no Python, no Docker."""
    name = f"{BARE}-{os.getpid()}"
    bundle = next((os.environ[name] for name in ("PIP_CERT", "SSL_CERT_FILE") if os.environ.get(name)), None)
    trust = ["-v", f"{bundle}:/ca.crt:ro", "-e", "PIP_CERT=/ca.crt"] if bundle else []
    proxies = [word for name in ("http_proxy", "https_proxy", "no_proxy") for word in ("-e", name)]
    volume = ["-v", "/var/lib/docker"]
    docker("run", "-d", "--privileged", *volume, *trust, *proxies, "--name", name, "debian:trixie-slim", "sleep", "900")
    try:
        docker("exec", name, "mkdir", "/course")
        tar = subprocess.run(
            ["tar", "-C", ROOT, "--exclude=__pycache__", "-cf", "-", *SHIPPED], capture_output=True, check=True
        ).stdout
        subprocess.run(["docker", "exec", "-i", name, "tar", "-C", "/course", "-xf", "-"], input=tar, check=True)
        yield name
    finally:
        docker("rm", "-fv", name)


@pytest.mark.long
@pytest.mark.docker
@pytest.mark.skipif(Path("/.dockerenv").exists(), reason="a container already: this would be the third engine in a row")
def test_a_machine_with_nothing_but_debian(bare_machine):
    ready = [
        "sh",
        "-c",
        "cd /course && ./kikori --yes doctor; .venv/bin/python -c 'from kikori import host; host.ready()'",
    ]
    done = subprocess.run(
        ["docker", "exec", "-e", "KIKORI_YES=1", bare_machine, *ready], capture_output=True, text=True, check=False
    )
    steps = re.findall(r"^kikori: (.*): \d+(?:\.\d+)? s$", done.stderr, re.MULTILINE)
    assert steps[:2] == ["installing python3 python3-venv ca-certificates with apt", "installing the Python packages"]
    assert done.returncode == 0, done.stderr
    assert "not installed" in done.stdout, "what doctor said before"
    images = ["docker", "images", "--format", "{{.Repository}}:{{.Tag}}"]
    assert "debian:trixie-slim" in docker("exec", bare_machine, *images)
    again = subprocess.run(["docker", "exec", bare_machine, *ready], capture_output=True, text=True, check=False)
    assert (again.returncode, again.stderr) == (0, "")
    assert "not installed" not in again.stdout
