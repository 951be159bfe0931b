"""compose.yaml: what a service may do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kikori.lint.finding import Location
from kikori.lint.rule import rule
from kikori.lint.subjects.compose_file import listed
from kikori.lint.subjects.source_tree import LabSource

HARMLESS = {
    "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "NET_BIND_SERVICE", "SETGID", "SETPCAP",
    "SETUID", "SYS_CHROOT",
}  # fmt: skip
"""Of what Docker itself grants: capabilities over a container's own files, users and ports."""
NO_NEW = ("no-new-privileges:true", "no-new-privileges")


@rule
def cap_drop_all(source: LabSource) -> Iterator[Location]:
    """Every service has `cap_drop: [ALL]`; what it needs is added back by name."""
    for name, service in source.services.items():
        if "ALL" not in listed(service.get("cap_drop")):
            line = source.compose.line("services", name, "cap_drop")
            message = f"the service {name} keeps capabilities that nobody named"
            yield Location(source.compose.path, line, message, "write `cap_drop: [ALL]`, and cap_add for what it needs")


@rule
def no_new_privileges(source: LabSource) -> Iterator[Location]:
    """Every service has `no-new-privileges`: no program inside gains rights that its parent lacks."""
    for name, service in source.services.items():
        if not any(option in NO_NEW for option in listed(service.get("security_opt"))):
            line = source.compose.line("services", name, "security_opt")
            message = f"the service {name} may gain privileges"
            yield Location(source.compose.path, line, message, 'write `security_opt: ["no-new-privileges:true"]`')


@rule
def confined(source: LabSource) -> Iterator[Location]:
    """No service switches seccomp, AppArmor or SELinux off: no other `security_opt` is known here."""
    for name, service in source.services.items():
        for number, option in enumerate(listed(service.get("security_opt"))):
            if not str(option).startswith("no-new-privileges"):
                line = source.compose.line("services", name, "security_opt", number)
                message = f"the service {name} is less confined than Docker's own: {option}"
                yield Location(source.compose.path, line, message, f"take {option} out of security_opt")


@rule
def not_privileged(source: LabSource) -> Iterator[Location]:
    """No service is `privileged`: it would be root of the learner's computer."""
    for name, service in source.services.items():
        if service.get("privileged") not in (None, False):
            line = source.compose.line("services", name, "privileged")
            mend = "take the line out; cap_add names the one capability that is needed"
            yield Location(source.compose.path, line, f"the service {name} is privileged", mend)


@rule
def capability_explained(source: LabSource) -> Iterator[Location]:
    """A capability that can reach further (SYS_PTRACE, NET_ADMIN, SYS_ADMIN, ...) is explained.

    Those over a container's own files, users and ports are not. The comment stands on the capability's line or on the
    line above; the same holds for `capabilities` in lab.toml.
    """
    for file, line, name in _asked(source):
        comment = _comment(source, file, line)
        if name not in HARMLESS and (len(comment.split()) < 2 or name == "ALL"):
            message = f"nothing says why {name} is needed"
            mend = "name the ones that are needed" if name == "ALL" else f"write `# {name}: why` at the end of the line"
            yield Location(file, line, message, mend)


def _asked(source: LabSource) -> Iterator[tuple[Path, int, str]]:
    for name, service in source.services.items():
        for number, capability in enumerate(listed(service.get("cap_add"))):
            line = source.compose.line("services", name, "cap_add", number) or 1
            yield source.compose.path, line, str(capability).removeprefix("CAP_")
    for capability in source.lab.about.capabilities:
        yield source.toml, source.line_of(source.toml, f'"{capability}"') or 1, capability.removeprefix("CAP_")


def _comment(source: LabSource, file: Path, line: int) -> str:
    lines = source.text(file).splitlines()
    above = lines[line - 2].strip() if line > 1 else ""
    own = lines[line - 1].partition(" #")[2]
    return (own or (above if above.startswith("#") else "")).strip("# ")
