"""Known holes in what Kikori depends on, and a bill of materials of it: ``.venv/bin/python tools/audit.py [FILE]``.

pip-audit asks for each locked package whether a hole is known. FILE (``sbom.cdx.json``) is a CycloneDX document of the
locked Python packages and of the Debian packages in the images that are built here. Both tools are those of the
dependency group ``audit``, installed into ``.audit/`` the first time.

Ends with 0 where none is known, 1 where one is, 3 where no service could say, or the tools could not be had.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
import venv
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements-dev.lock"  # the others hold less
TOOLS = ROOT / ".audit"
FILE = "sbom.cdx.json"
LABEL = "kikori.content"
BASE = "debian:trixie-slim"
QUERY = ("dpkg-query", "--show", "--showformat", "${Package}\t${Version}\t${Architecture}\n")
KNOWN, UNKNOWN = 1, 3


def ensure_tools() -> None:
    """Install the tools of the group ``audit``, apart from what Kikori itself runs with."""
    if (TOOLS / "ready").exists():
        return
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]["audit"]
    venv.create(TOOLS, with_pip=True, clear=True)
    done = subprocess.run([TOOLS / "bin/pip", "install", "--quiet", *wanted], check=False)
    if done.returncode:
        sys.exit(_cannot("pip-audit and cyclonedx-bom could not be installed"))
    (TOOLS / "ready").touch()


def audit() -> int:
    """Ask whether holes are known of the locked packages."""
    options = ("--require-hashes", "--disable-pip", "--format", "json", "--progress-spinner", "off")
    asked = subprocess.run(
        [TOOLS / "bin/pip-audit", "--requirement", LOCK, *options], capture_output=True, text=True, check=False
    )
    try:
        told = json.loads(asked.stdout)["dependencies"]
    except (ValueError, KeyError):
        return _cannot(f"pip-audit could not ask: {(asked.stderr.strip().splitlines() or ['no answer'])[-1]}")
    return judged(told)


def judged(told: list[dict[str, Any]]) -> int:
    """Say what is known; a package that was not looked up counts for nothing, and pip-audit calls it no hole."""
    holes = [(one["name"], one["version"], hole) for one in told for hole in one.get("vulns", ())]
    missed = [one["name"] for one in told if "skip_reason" in one]
    for name, version, hole in holes:
        print(f"{name} {version}: {hole['id']}, fixed in {', '.join(hole['fix_versions']) or 'no version yet'}")
    print(f"{len(told) - len(missed)} of {len(told)} locked packages were looked up, {len(holes)} known holes")
    if holes:
        return KNOWN
    return _cannot(f"nobody could say of {len(missed)}, {missed[0]} among them") if missed else 0


def _cannot(why: str) -> int:
    print(f"not audited: {why}; try again where the index of Python packages answers", file=sys.stderr)
    return UNKNOWN


def write_bill(file: Path) -> None:
    """Write the bill of materials."""
    command: list[str | Path] = [
        TOOLS / "bin/cyclonedx-py",
        "requirements",
        LOCK,
        "--pyproject",
        ROOT / "pyproject.toml",
    ]
    made = subprocess.run([*command, "--output-reproducible"], capture_output=True, text=True, check=True)
    bill = json.loads(made.stdout)
    bill["components"] += debian(map(packages_of, sorted(images())))
    file.write_text(json.dumps(bill, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    subprocess.run([TOOLS / "bin/python", "-c", CHECK, file], check=True)
    print(f"{file}: {len(bill['components'])} components")


CHECK = """
import sys
from cyclonedx.schema import OutputFormat, SchemaVersion
from cyclonedx.validation import make_schemabased_validator
found = make_schemabased_validator(OutputFormat.JSON, SchemaVersion.V1_6).validate_str(open(sys.argv[1]).read())
sys.exit(str(found) if found else 0)
"""


def images() -> set[str]:
    """List the images that are built here, and the base of all."""
    listed = ("docker", "images", "--filter", f"label={LABEL}", "--format", "{{.Repository}}:{{.Tag}}")
    return {BASE, *_said(*listed).split()}


def packages_of(image: str) -> tuple[str, str]:
    """Ask an image for its Debian packages."""
    return image, _said(
        "docker", "run", "--rm", "--pull=never", "--network=none", "--entrypoint", QUERY[0], image, *QUERY[1:]
    )


def _said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def debian(images: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    """One component for each version of a Debian package, with the images that it is in."""
    where: dict[tuple[str, ...], list[str]] = {}
    for image, lines in images:
        for line in lines.splitlines():
            where.setdefault(tuple(line.split("\t")), []).append(image)
    return [
        {
            "type": "library",
            "bom-ref": (purl := f"pkg:deb/debian/{name}@{quote(version, safe='~')}?arch={kind}"),
            "name": name,
            "version": version,
            "purl": purl,
            "properties": [{"name": "kikori:image", "value": image} for image in found],
        }
        for (name, version, kind), found in sorted(where.items())
    ]


def main() -> int:
    """Audit, and write the bill whatever came of it."""
    ensure_tools()
    code = audit()
    write_bill(Path(sys.argv[1] if len(sys.argv) > 1 else FILE))
    return code


if __name__ == "__main__":
    os.environ.pop("PYTHONPATH", None)
    sys.exit(main())
