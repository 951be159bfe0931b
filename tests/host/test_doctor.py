import sys

import pytest

from kikori.host import doctor

NAMES = ["python", "docker", "api", "compose", "buildx", "group", "disk", "memory", "base image", "cgroup", "registry"]
GB = 10**9


def facts():
    return {fact.name: fact for fact in doctor.doctor()}


@pytest.mark.docker
def test_a_machine_that_has_all_that_the_labs_need():
    seen = facts()
    assert list(seen) == NAMES
    assert [fact for fact in seen.values() if not fact.ok] == []
    assert seen["docker"].seen[0].isdigit()
    assert seen["api"].seen[0].isdigit()
    assert seen["cgroup"].seen in ("v1", "v2")


@pytest.mark.usefixtures("bare", "dead_engine")
def test_a_machine_that_has_nothing_is_told_the_next_command_for_each_thing(monkeypatch):
    monkeypatch.setattr(doctor, "PYTHON", (99, 1))
    monkeypatch.setattr(doctor, "DISK", 10**9)
    monkeypatch.setattr(doctor, "MEMORY", 10**9)
    seen = facts()
    assert list(seen) == NAMES
    missing = {name for name, fact in seen.items() if not fact.ok}
    assert missing == {"python", "docker", "api", "compose", "buildx", "disk", "memory", "base image"}
    assert all(seen[name].hint and seen[name].wanted for name in missing)
    assert not any(fact.hint for fact in seen.values() if fact.ok)


def test_a_silent_engine_is_asked_by_its_socket_alone(engine_at, program, calls):
    program("docker")
    engine_at({"garbage": (0, b"")})
    assert not facts()["docker"].ok
    assert [call for call in calls() if "compose" not in call and "buildx" not in call] == []


def test_this_python():
    assert doctor.python().ok
    assert doctor.python().seen == ".".join(map(str, sys.version_info[:3]))


def test_disk_where_the_engine_keeps_its_images(monkeypatch, tmp_path):
    looked = []
    real = doctor.shutil.disk_usage
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda path: (looked.append(str(path)), real(path))[1])
    assert doctor.disk({"DockerRootDir": str(tmp_path)}).seen.endswith(" GB free")
    assert looked == [str(tmp_path)]


def test_disk_beside_the_course_when_the_engine_is_elsewhere(tmp_path):
    assert doctor.disk({"DockerRootDir": str(tmp_path / "in a virtual machine")}).seen.endswith(" GB free")
    assert doctor.disk({}).seen.endswith(" GB free")


@pytest.mark.parametrize(("total", "ok"), [(4.08 * GB, True), (2.1 * GB, False)])
def test_memory_of_the_engines_machine(total, ok):
    fact = doctor.memory({"MemTotal": int(total)})
    assert fact.ok == ok
    assert fact.seen == f"{total / GB:.1f} GB"
    assert bool(fact.hint) != ok


def test_memory_of_this_machine_without_an_engine():
    assert float(doctor.memory({}).seen.split()[0]) > 0.1
