import pytest

from kikori.host import engine_facts
from kikori.host.engine_facts import SET_UP

NEW = {"Version": "26.1.5+dfsg1", "ApiVersion": "1.45"}
OLD = {"Version": "19.03.15", "ApiVersion": "1.40"}


def test_a_new_engine():
    docker, api = engine_facts.docker(NEW, "answers"), engine_facts.api(NEW, "")
    assert docker.ok
    assert docker.seen == "26.1.5+dfsg1"
    assert api.ok
    assert (docker.hint, api.hint) == ("", "")


def test_an_old_engine():
    docker, api = engine_facts.docker(OLD, "answers"), engine_facts.api(OLD, "")
    assert not docker.ok
    assert docker.wanted == "20.10 or newer"
    assert not api.ok
    assert (docker.hint, api.hint) == ("update Docker Engine", "update Docker Engine")


@pytest.mark.usefixtures("bare")
def test_no_engine_installed():
    fact = engine_facts.docker({}, "silent")
    assert (fact.ok, fact.seen, fact.hint) == (False, "not installed", SET_UP)


def test_an_engine_that_is_not_running(program):
    program("dockerd")
    fact = engine_facts.docker({}, "silent")
    assert not fact.ok
    assert "not running" in fact.seen
    assert fact.hint == SET_UP


@pytest.mark.usefixtures("bare")
def test_a_foreign_engine_that_is_not_running(dead_engine):
    fact = engine_facts.docker({}, "silent")
    assert fact.seen == f"not running: {dead_engine} does not answer"
    assert "DOCKER_HOST" in fact.hint


@pytest.mark.usefixtures("bare")
def test_an_engine_without_the_docker_command():
    fact = engine_facts.docker({}, "answers")
    assert not fact.ok
    assert "the docker command is missing" in fact.seen
    assert fact.hint == SET_UP


def test_the_api_of_a_silent_engine_has_the_engines_own_hint():
    assert engine_facts.api({}, "start it").hint == "start it"


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize("fact", [engine_facts.compose, engine_facts.buildx])
def test_a_missing_plugin(fact):
    assert (fact().ok, fact().seen, fact().hint) == (False, "missing", SET_UP)


@pytest.mark.docker
@pytest.mark.parametrize("fact", [engine_facts.compose, engine_facts.buildx])
def test_a_plugin_that_is_there(fact):
    assert fact().ok
    assert any(letter.isdigit() for letter in fact().seen)


@pytest.mark.docker
def test_an_old_plugin_is_not_installed_again_but_updated(monkeypatch):
    monkeypatch.setattr(engine_facts, "COMPOSE", (99,))
    assert not engine_facts.compose().ok
    assert engine_facts.compose().hint == "update the compose plugin of Docker"


@pytest.mark.parametrize(("state", "ok"), [("answers", True), ("denied", False), ("silent", True)])
def test_who_may_use_the_engine(state, ok):
    fact = engine_facts.group(state)
    assert fact.ok == ok
    assert fact.seen.startswith(engine_facts.docker_group.user())


@pytest.mark.parametrize(("member", "hint"), [(True, "sg docker"), (False, "sudo usermod -aG docker")])
def test_how_to_get_permission(monkeypatch, member, hint):
    monkeypatch.setattr(engine_facts.docker_group, "is_member", lambda: member)
    assert hint in engine_facts.permission_hint()


@pytest.mark.parametrize(("status", "ok"), [(200, True), (404, False)])
def test_the_base_image(engine_at, status, ok):
    engine_at({"/images/debian:trixie-slim/json": (status, b"{}")})
    fact = engine_facts.image()
    assert (fact.ok, fact.hint) == (ok, "" if ok else SET_UP)


def test_control_groups():
    assert engine_facts.cgroup({"CgroupVersion": "2"}).seen == "v2"
    assert engine_facts.cgroup({}).seen == "unknown"


def test_a_registry_that_answers(engine_at):
    engine_at({"/distribution/debian:trixie-slim/json": (200, b"{}")})
    assert engine_facts.registry().seen == "answers"


@pytest.mark.parametrize("answers", [{}, {"/distribution/debian:trixie-slim/json": (500, b"{}")}])
def test_a_registry_that_does_not_is_no_obstacle(engine_at, monkeypatch, answers):
    monkeypatch.setattr(engine_facts, "REGISTRY_PATIENCE", 0.1)
    engine_at(answers)
    fact = engine_facts.registry()
    assert fact.ok
    assert "bootstrapped" in fact.seen


def test_the_registry_of_an_engine_elsewhere_is_not_asked(monkeypatch):
    monkeypatch.setenv("DOCKER_HOST", "tcp://127.0.0.1:9")
    assert "not asked" in engine_facts.registry().seen


@pytest.mark.docker
def test_what_the_docker_command_says():
    assert engine_facts.told_json("version")["Server"]["ApiVersion"]
    assert engine_facts.told_json("no-such-word") == {}
    assert engine_facts.told("info", "--format", "no json") == "no json"


@pytest.mark.usefixtures("bare")
def test_nothing_is_said_without_a_docker_command():
    assert engine_facts.told("version") == ""
    assert engine_facts.told_json("version") == {}
