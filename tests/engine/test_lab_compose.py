"""What Kikori adds to a lab's compose file."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from kikori.content import Catalog
from kikori.engine import images, lab_compose
from kikori.engine.lab_compose import LabCompose, read_yaml
from kikori.errors import OurFault
from kikori.model import Lab


@pytest.fixture
def bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A host whose CA bundle is set."""
    (tmp_path / "ca.pem").touch()
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    return tmp_path / "ca.pem"


@pytest.fixture
def no_bundle(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in images.CA_VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(images, "CA_PLACES", ())


def override(lab_compose: LabCompose, tmp_path: Path, *, isolated: bool = False) -> dict[str, Any]:
    file = lab_compose.write_override(tmp_path / "override.json", isolated=isolated)
    return dict(json.loads(file.read_text(encoding="utf-8")))


@pytest.fixture
def first_look() -> LabCompose:
    return LabCompose(Catalog().lab("first-look"), "")


@pytest.fixture
def silent_exit(workspace: Path, lab: Lab) -> LabCompose:
    return LabCompose(lab, str(workspace))


@pytest.mark.usefixtures("no_bundle")
def test_labs_own_image_is_labelled_with_its_content(first_look: LabCompose, tmp_path: Path) -> None:
    build = override(first_look, tmp_path)["services"]["web"]["build"]
    context = Catalog().lab("first-look").folder / "images" / "web"
    assert build == {"context": str(context), "labels": {"kikori.content": first_look.image("web").content}}


@pytest.mark.usefixtures("no_bundle")
def test_image_of_the_workspace_is_built_from_it_and_belongs_to_nobody_else(
    silent_exit: LabCompose, workspace: Path, tmp_path: Path
) -> None:
    assert override(silent_exit, tmp_path)["services"]["orders"]["build"] == {"context": str(workspace)}
    assert silent_exit.is_learners("orders")


def test_bundle_of_the_host_reaches_every_build_as_a_secret(
    first_look: LabCompose, silent_exit: LabCompose, tmp_path: Path, bundle: Path
) -> None:
    for one, service in ((first_look, "web"), (silent_exit, "orders")):
        written = override(one, tmp_path)
        assert written["secrets"] == {"ca": {"file": str(bundle)}}
        assert written["services"][service]["build"]["secrets"] == ["ca"]


def test_every_service_is_hardened_and_no_network_leads_outside(first_look: LabCompose, tmp_path: Path) -> None:
    written = override(first_look, tmp_path)
    web = written["services"]["web"]
    assert (web["cap_drop"], web["security_opt"]) == (["ALL"], ["no-new-privileges:true"])
    shut = {"driver_opts": {"com.docker.network.bridge.enable_ip_masquerade": "false"}}
    assert written["networks"] == {"village": shut, "default": shut}


def test_lines_that_a_lab_has_of_its_own_do_not_stand_twice(silent_exit: LabCompose, tmp_path: Path) -> None:
    """Versions of labs from before have them, and submissions of those are replayed."""
    silent_exit.services["orders"] |= {"cap_drop": ["ALL"], "security_opt": ["no-new-privileges:true", "label:x"]}
    orders = override(silent_exit, tmp_path)["services"]["orders"]
    assert (orders["cap_drop"], orders["security_opt"]) == ([], [])


def test_a_lab_that_says_why_keeps_its_route(first_look: LabCompose, tmp_path: Path) -> None:
    about = msgspec.structs.replace(first_look.lab.about, outside=first_look.lab.about.title)
    outside = LabCompose(msgspec.structs.replace(first_look.lab, about=about), "")
    assert "networks" not in override(outside, tmp_path)
    assert override(outside, tmp_path, isolated=True)["networks"]["village"] == {"internal": True}


@pytest.mark.usefixtures("no_bundle")
def test_host_without_a_bundle_has_no_secret(first_look: LabCompose, tmp_path: Path) -> None:
    written = override(first_look, tmp_path)
    assert "secrets" not in written
    assert "secrets" not in written["services"]["web"]["build"]


def test_replay_has_no_route_outside(silent_exit: LabCompose, tmp_path: Path) -> None:
    assert override(silent_exit, tmp_path, isolated=True)["networks"]["market"] == {"internal": True}


def test_service_that_names_no_network_has_no_route_in_a_replay_either(silent_exit: LabCompose, tmp_path: Path) -> None:
    assert override(silent_exit, tmp_path, isolated=True)["networks"]["default"] == {"internal": True}


def test_replay_of_a_lab_without_networks_of_its_own_has_none_either(silent_exit: LabCompose, tmp_path: Path) -> None:
    del silent_exit.document["networks"]
    assert override(silent_exit, tmp_path, isolated=True)["networks"] == {"default": {"internal": True}}


def test_replay_builds_what_a_stranger_wrote_without_a_network(silent_exit: LabCompose, tmp_path: Path) -> None:
    assert override(silent_exit, tmp_path, isolated=True)["services"]["orders"]["build"]["network"] == "none"


def test_replay_builds_the_labs_own_image_as_always(first_look: LabCompose, tmp_path: Path) -> None:
    assert "network" not in override(first_look, tmp_path, isolated=True)["services"]["web"]["build"]


def test_service_that_is_not_built_is_hardened_and_no_more(first_look: LabCompose, tmp_path: Path) -> None:
    first_look.services["cache"] = {"image": "kikori/cache"}
    assert override(first_look, tmp_path)["services"]["cache"] == lab_compose.HARDENED
    assert first_look.built == ["web"]


@pytest.mark.parametrize("data", [b"- a", b"text", b"", b"a: [", b"\xff\xfe", None])
def test_file_that_is_no_compose_file_is_named(tmp_path: Path, data: bytes | None) -> None:
    if data is not None:
        (tmp_path / "compose.yaml").write_bytes(data)
    with pytest.raises(OurFault, match=r"compose\.yaml: not a compose file"):
        read_yaml(tmp_path / "compose.yaml")


def test_lab_with_a_broken_compose_file_is_our_fault(lab: Lab, tmp_path: Path) -> None:
    (tmp_path / "compose.yaml").write_text("services: [", encoding="utf-8")
    with pytest.raises(OurFault):
        LabCompose(msgspec.structs.replace(lab, folder=tmp_path), "")


@pytest.mark.parametrize("knows", [True, False])
def test_engine_that_can_looks_more_often_while_a_service_starts(
    first_look: LabCompose, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, knows: bool
) -> None:
    monkeypatch.setattr(lab_compose, "looks_early", lambda: knows)
    written = override(first_look, tmp_path)["services"]["web"]
    assert written.get("healthcheck") == (lab_compose.EARLY_LOOKS if knows else None)


@pytest.mark.parametrize(
    ("answer", "knows"), [('{"ApiVersion": "1.44"}', True), ('{"ApiVersion": "1.43"}', False), ("no JSON", False)]
)
def test_only_an_engine_from_version_25_on_is_asked_to(
    monkeypatch: pytest.MonkeyPatch, answer: str, knows: bool
) -> None:
    monkeypatch.setattr(lab_compose.endpoint, "socket_path", lambda: Path("/run/docker.sock"))
    monkeypatch.setattr(lab_compose.endpoint, "ask", lambda path: SimpleNamespace(body=answer))
    lab_compose.looks_early.cache_clear()
    assert lab_compose.looks_early() is knows
    lab_compose.looks_early.cache_clear()


@pytest.mark.parametrize(
    ("lab", "laid"),
    [
        ("first-look", ["web"]),
        ("half-open", ["desk"]),  # the others are its equipment
        ("memory-wall", []),  # built from the workspace
        ("blind-spot", []),  # both
        ("follow-the-request", ["database", "cache", "traces", "customers"]),
    ],
)
def test_what_a_submission_holds_is_what_a_replay_lays(lab: str, laid: list[str]) -> None:
    """The engine walks all files of a container to tell what differs, so nobody asks in vain."""
    assert LabCompose(Catalog().lab(lab), "/workspace").laid == laid
