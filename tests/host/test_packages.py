import os
import platform
import shutil
import sys

import pexpect
import pytest

from kikori.browser import ensure_browser
from kikori.errors import EnvironmentProblem, Exit
from kikori.host import packages
from terminal_user import PATIENCE

ASK = """
from kikori.host.packages import agree
agree("install apples with apt", "sudo apt-get install apples")
agree("install pears with apt", "sudo apt-get install pears")
print("agreed to all")
"""


@pytest.fixture
def debian(monkeypatch):
    monkeypatch.setattr(platform, "freedesktop_os_release", lambda: {"ID": "debian"})


@pytest.mark.parametrize(
    ("release", "expected"),
    [
        ({"ID": "debian"}, "debian"),
        ({"ID": "ubuntu", "ID_LIKE": "debian"}, "ubuntu"),
        ({"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, "ubuntu"),
        ({"ID": "raspbian", "ID_LIKE": "debian"}, "debian"),
        ({"ID": "fedora"}, ""),
    ],
)
def test_the_distribution_and_its_derivatives(program, monkeypatch, release, expected):
    program("apt-get")
    monkeypatch.setattr(platform, "freedesktop_os_release", lambda: release)
    assert packages.distribution() == expected


@pytest.mark.usefixtures("bare", "debian")
def test_no_distribution_without_apt():
    assert packages.distribution() == ""


def test_programs_in_the_folders_of_root_are_found(bare, tmp_path, program, monkeypatch):
    program("dockerd", folder=tmp_path / "sbin")
    assert packages.find("dockerd") is None
    monkeypatch.setattr(packages, "SYSTEM_PATH", f"{tmp_path}/sbin")
    assert packages.find("dockerd") == f"{tmp_path}/sbin/dockerd"


@pytest.mark.usefixtures("debian")
def test_installing_with_consent(program, calls, monkeypatch):
    monkeypatch.setenv("KIKORI_YES", "1")
    for name in ("dpkg", "apt-get"):
        program(name)
    packages.install(["apples", "pears"], "the pie")
    assert [call for call in calls() if not call.startswith("sudo")] == [
        "dpkg --configure -a",
        "apt-get update -q",
        "apt-get install -qy --fix-broken --no-install-recommends --no-remove -o DPkg::Lock::Timeout=300 apples pears",
    ]


@pytest.mark.usefixtures("debian")
def test_nothing_is_installed_without_consent(program, calls):
    program("apt-get")
    with pytest.raises(EnvironmentProblem, match="install apples with apt") as caught:
        packages.install(["apples"], "the pie")
    assert "--yes" in caught.value.hint
    assert "sudo apt-get install apples" in caught.value.hint
    assert calls() == []


@pytest.mark.usefixtures("debian")
def test_an_apt_that_fails_says_why(program, monkeypatch):
    monkeypatch.setenv("KIKORI_YES", "1")
    program("dpkg")
    program("apt-get", '[ "$1" = update ] || { echo "E: Unable to locate package apples"; exit 100; }')
    with pytest.raises(EnvironmentProblem, match="Unable to locate package apples") as caught:
        packages.install(["apples"], "the pie")
    assert caught.value.hint == "sudo apt-get install apples"
    assert caught.value.exit_code == Exit.ENVIRONMENT


@pytest.mark.usefixtures("debian")
def test_the_list_of_packages_is_asked_for_again_while_another_apt_holds_the_lock(
    program, calls, tmp_path, monkeypatch
):
    monkeypatch.setenv("KIKORI_YES", "1")
    program("dpkg")
    program("sleep")
    program("apt-get", f'[ "$1" = install ] || {{ [ -e {tmp_path}/free ] || {{ : >{tmp_path}/free; exit 100; }}; }}')
    packages.install(["apples"], "the pie")
    assert [call.split()[1] for call in calls() if call.startswith("apt-get")] == ["update", "update", "install"]


@pytest.mark.usefixtures("bare")
def test_a_system_without_apt_is_told_what_it_needs():
    with pytest.raises(EnvironmentProblem, match="apples: needed for the pie"):
        packages.install(["apples"], "the pie")


@pytest.mark.parametrize("variable", [("KIKORI_YES", "1"), ("CI", "true")])
def test_consent_given_before(bare, monkeypatch, variable):
    monkeypatch.setenv(*variable)
    packages.agree("install apples", "by hand")


@pytest.mark.parametrize("variable", [("KIKORI_YES", "0"), ("CI", "false")])
def test_no_consent(bare, monkeypatch, variable):
    monkeypatch.setenv(*variable)
    with pytest.raises(EnvironmentProblem):
        packages.agree("install apples", "by hand")


def ask(answer):
    environment = {name: os.environ[name] for name in os.environ.keys() - {"KIKORI_YES", "CI"}}
    asked = pexpect.spawn(sys.executable, ["-c", ASK], env=environment, encoding="utf-8", timeout=PATIENCE)
    asked.expect_exact("install apples with apt? [Y/n] ")
    asked.sendeof() if answer is None else asked.sendline(answer)
    asked.expect(pexpect.EOF)
    return asked.before


@pytest.mark.slow
@pytest.mark.parametrize("answer", ["", "y", "YES"])
def test_one_yes_answers_all_questions(answer):
    said = ask(answer)
    assert "agreed to all" in said
    assert "pears" not in said


@pytest.mark.slow
@pytest.mark.parametrize("answer", ["n", "what?", None])
def test_anything_else_is_a_no(answer):
    said = ask(answer)
    assert "agreed to all" not in said
    assert "you said no to: install apples with apt" in said


def test_root_needs_no_sudo_and_gets_the_folders_of_root(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setenv("PATH", "/usr/bin")
    assert packages.as_root(["true"]) == ["env", "PATH=/usr/bin:/usr/local/sbin:/usr/sbin:/sbin", "true"]


def test_everybody_else_goes_through_sudo_which_keeps_the_proxies(program, bare, calls, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:3128")
    expected = [f"{bare}/sudo", "env", "http_proxy=http://127.0.0.1:3128", "dockerd"]
    program("true")
    assert packages.as_root(["dockerd"]) == expected
    assert calls() == ["sudo true", "true "], "the password is asked for now, not in the midst of the step"


def test_a_sudo_that_refuses(program, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    program("sudo", "exit 1")
    with pytest.raises(EnvironmentProblem, match="sudo did not let us in"):
        packages.as_root(["true"])


def test_neither_root_nor_sudo(bare, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(EnvironmentProblem, match="there is no sudo"):
        packages.as_root(["true"])


def test_a_dpkg_that_a_killed_apt_left_running_is_waited_for(debian, program, calls, tmp_path, monkeypatch):
    monkeypatch.setenv("KIKORI_YES", "1")
    program("sleep")
    program("apt-get")
    program("dpkg", f"[ -e {tmp_path}/free ] || {{ : >{tmp_path}/free; exit 2; }}")
    packages.install(["apples"], "the pie")
    assert [call.split()[0] for call in calls() if call.split()[0] in ("dpkg", "apt-get")] == [
        "dpkg",
        "dpkg",
        "apt-get",
        "apt-get",
    ]


@pytest.mark.parametrize(
    ("status", "installed", "unfinished"),
    [
        ("install ok installed", True, False),
        ("install ok unpacked", False, True),
        ("install reinstreq half-installed", False, True),
        ("deinstall ok config-files", False, False),
        ("", False, False),
    ],
)
def test_an_installation_that_was_interrupted(program, status, installed, unfinished):
    program("dpkg-query", f"printf '%s' '{status}'")
    assert packages.is_installed("apples") == installed
    assert packages.is_unfinished("apples") == unfinished


@pytest.mark.skipif(shutil.which("dpkg-query") is None, reason="no Debian or Ubuntu")
def test_whether_a_package_is_installed():
    assert packages.is_installed("dpkg")
    assert not packages.is_installed("kikori-no-such-package")


@pytest.mark.usefixtures("bare")
def test_no_package_is_installed_where_there_is_no_dpkg():
    assert not packages.is_installed("dpkg")


@pytest.mark.usefixtures("debian")
@pytest.mark.parametrize(("known", "wanted"), [("exit 0", "chromium-headless-shell"), ("exit 100", "chromium")])
def test_the_browser_without_windows_is_installed_where_there_is_one(program, calls, monkeypatch, known, wanted):
    monkeypatch.setenv("KIKORI_YES", "1")
    for name, script in (("dpkg", ""), ("apt-get", ""), ("apt-cache", known)):
        program(name, script)
    ensure_browser()
    (installed,) = [call for call in calls() if call.startswith("apt-get install")]
    assert installed.split()[-2:] == [wanted, "fonts-noto-cjk"]
