"""The picture of a lab's scene is what its compose files say, and tells no fault."""

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from kikori.model import Kind, Lab
from kikori.site.assembly import tree
from kikori.site.content import Content
from kikori.site.scene_diagram import flowchart, services

pytestmark = pytest.mark.slow

COMPOSE = """
services:
  shop:
    build: {context: "${KIKORI_WORKSPACE}/shop"}
    networks: [street, cellar]
    ports: ["127.0.0.1::8080", {target: 9090, published: 0}]
  end:
    networks: {cellar: {aliases: [database]}}
networks: {street: , cellar: , unused: }
"""

Draft = Callable[..., Lab]


@pytest.fixture
def draft(real: Content, tmp_path: Path) -> Draft:
    """A lab with compose files of its own."""

    def write(compose: str = COMPOSE, *, learners: str = "", kind: Kind = Kind.REPAIR) -> Lab:
        (tmp_path / "compose.yaml").write_text(compose)
        if learners:
            (tmp_path / "workspace").mkdir()
            (tmp_path / "workspace" / "compose.yaml").write_text(learners)
        (lab, *_) = real.labs
        return replace(lab, folder=tmp_path, about=replace(lab.about, kind=kind))

    return write


def test_services_networks_ports_and_workspace_are_drawn(draft: Draft) -> None:
    text = flowchart(draft(), "en")
    assert 'service_shop["shop"]' in text
    assert "service_shop --- network_street" in text
    assert "service_shop --- network_cellar" in text
    assert '"port 8080, 9090" --> service_shop' in text
    assert 'workspace("your workspace") -. "apply" .-> service_shop' in text


def test_a_service_of_one_network_stands_in_it(draft: Draft) -> None:
    text = flowchart(draft(), "en")
    group = text[text.index("subgraph network_cellar") :].partition("\n  end\n")[0]
    assert 'service_end["end"]' in group
    assert "unused" not in text


def test_what_the_learners_file_adds_is_drawn(draft: Draft) -> None:
    learners = "services:\n  end:\n    networks: !override [street]\n    ports: ['127.0.0.1::53/udp']\n"
    one = {service.name: service for service in services(draft(learners=learners))}["end"]
    assert one.ports == ("53",)
    assert one.yours


CROWDED = """
services:
  front: {ports: ["127.0.0.1::80"], volumes: ["${KIKORI_WORKSPACE}:/work"], networks: [street]}
  shop: {ports: ["127.0.0.1::81"], volumes: ["${KIKORI_WORKSPACE}:/work"], networks: [street]}
  store: {networks: [street]}
"""


def test_a_workspace_of_several_services_with_ports_is_a_frame_around_them(draft: Draft) -> None:
    text = flowchart(draft(CROWDED), "en")
    frame = text[text.index('subgraph workspace["your workspace: apply"]') :].partition("    end\n")[0]
    assert [name for name in ("front", "shop", "store") if f'["{name}"]' in frame] == ["front", "shop"]
    assert "-." not in text, "no arrow that others would cross"
    assert text.count('["front"]') == 1


def test_a_workspace_of_services_in_two_networks_has_arrows(draft: Draft) -> None:
    text = flowchart(draft(CROWDED.replace("networks: [street]", "networks: [yard]", 1)), "en")
    assert text.count("-. ") == 2
    assert "subgraph workspace" not in text


def test_a_lab_to_write_has_no_picture(draft: Draft) -> None:
    assert flowchart(draft(kind=Kind.WRITE), "en") == ""
    assert flowchart(draft("services: {}\n"), "en") == ""


def test_a_service_in_swarm_mode_is_drawn(real: Content) -> None:
    (lab,) = (lab for lab in real.labs if lab.stack)
    assert "(Swarm)" in flowchart(lab, "en")


def test_each_lab_shows_its_own_services_and_only_them(real: Content) -> None:
    pages = tree(real)
    for lab in real.labs:
        names = {service.name for service in services(lab) if lab.about.kind is not Kind.WRITE}
        text = flowchart(lab, "en")
        assert all(f'["{name}' in text for name in names)
        assert not [fault for fault in lab.faults if fault in text and fault not in names]
        assert (b"kikori-diagram" in pages[f"labs/{lab.id}.md"]) == bool(names), "what has no service has no scene"
