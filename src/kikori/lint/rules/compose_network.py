"""compose.yaml: who can reach a service, and whom it can reach."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kikori.lint.finding import Location
from kikori.lint.rule import rule
from kikori.lint.subjects.compose_file import listed
from kikori.lint.subjects.source_tree import LabSource

PORT = re.compile(r"^127\.0\.0\.1::(\d{1,5}|\$\{KIKORI_[A-Z0-9_]+\})(/(tcp|udp))?$")
MASQUERADE = "com.docker.network.bridge.enable_ip_masquerade"


@rule
def ports_on_loopback(source: LabSource) -> Iterator[Location]:
    """Ports are published as `127.0.0.1::PORT`: for this computer alone, on a free port that Docker chooses."""
    for name, service in source.services.items():
        for number, port in enumerate(listed(service.get("ports"))):
            if not PORT.match(str(port)):
                line = source.compose.line("services", name, "ports", number)
                message = f"the service {name} publishes {port}"
                yield Location(source.compose.path, line, message, 'write `ports: ["127.0.0.1::PORT"]`')


@rule
def no_route_outside(source: LabSource) -> Iterator[Location]:
    """A lab has no route to the outside unless `outside` in lab.toml says why.

    Each of its networks is internal, or has masquerading off, which still lets the learner's computer reach its ports.
    """
    if source.lab.about.outside:
        return
    networks = source.compose.part("networks")
    for name in _used(source):
        network = networks.get(name, {})
        options = network.get("driver_opts") or {}
        if network.get("external") and source.stack:
            continue  # a network of the stack, which has rules of its own
        if not network.get("internal") and str(options.get(MASQUERADE)).lower() != "false":
            line = source.compose.line("networks", name) or source.compose.line("services")
            mend = f'write `driver_opts: {{ {MASQUERADE}: "false" }}`, or say in lab.toml why: [outside]'
            yield Location(source.compose.path, line, f"the network {name} leads to the outside", mend)


def _used(source: LabSource) -> list[str]:
    """The networks that services are in, ``default`` among them, and those that are only declared."""
    used = set(source.compose.part("networks"))
    for service in source.services.values():
        asked = service.get("networks")
        if asked:
            used |= set(map(str, asked)) if isinstance(asked, dict | list) else {str(asked)}
        elif "network_mode" not in service:
            used.add("default")
    return sorted(used)
