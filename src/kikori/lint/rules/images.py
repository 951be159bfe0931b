"""Images: built from Debian, on the shared base."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kikori.lint.finding import Location
from kikori.lint.rule import rule
from kikori.lint.subjects.source_tree import LabSource, SourceTree

BASE = "debian:trixie-slim"
WORKSPACE = "${KIKORI_WORKSPACE}"
BUILD_KEYS = {"context", "args", "target"}
BETWEEN = re.compile(r"&&|\|\||[;|\n(){}`\"']")
LEADING = re.compile(r"^(?:RUN\s+|--\w+=\S+\s+|\w+=\S*\s+|\[\s*|exec\s+|sudo\s+|time\s+|then\s+|do\s+)+")
STRANGE = re.compile(
    r"^(?:\S*/)?(?:pip\d?|pipx|uv|conda|npm|npx|yarn|pnpm|gem|wget|curl|snap|add-apt-repository)(?:\s|$)"
    r"|^(?:\S*/)?python[\d.]*\s+-m\s+pip\b|^git\s+clone\b|^go\s+(?:install|get)\b|^cargo\s+install\b"
    r"|/etc/apt/(?:sources|keyrings|trusted)"
)

LOCKED = re.compile(r"\bpip\d? install (?:--[\w-]+ )*--require-hashes (?:--[\w-]+ )*-r \S+$")


@rule
def image_built(source: LabSource) -> Iterator[Location]:
    """Every service is built from a folder with a Dockerfile: images/NAME, a shared one, or the workspace.

    So all labs share the base's layers, and no image comes from a stranger.
    """
    for name, service in source.services.items():
        problem = _built_problem(source, service["build"]) if "build" in service else _unbuilt_problem(source, service)
        if problem:
            line = source.compose.line("services", name, "build" if "build" in service else "image")
            fix = f"write `build: images/{name}`, with a Dockerfile in that folder"
            yield Location(source.compose.path, line, f"the service {name} {problem}", fix)


def _unbuilt_problem(source: LabSource, service: dict[str, object]) -> str:
    image = service.get("image")
    built = {one.get("image") for one in source.services.values() if "build" in one}
    return "" if image and image in built else f"takes its image from elsewhere: {image}"


def _offline(build: dict[str, object]) -> set[str]:
    """A build may be cut off from every network; none may ask for more than the engine gives."""
    return {"network"} if build.get("network") == "none" else set()


def _built_problem(source: LabSource, build: object) -> str:
    if isinstance(build, dict) and (strange := build.keys() - BUILD_KEYS - _offline(build)):
        return f"has a build with {', '.join(sorted(strange))}"
    folder = context(source, build)
    inside = folder.is_relative_to(source.folder.resolve()) or folder.parent == source.images.resolve()
    if inside and (folder / "Dockerfile").is_file():
        return ""
    return f"is built from {_written(build)}, which is no folder of the lab with a Dockerfile"


def _written(build: object) -> str:
    return str(build.get("context", ".") if isinstance(build, dict) else build)


def context(source: LabSource, build: object) -> Path:
    """The folder that a service is built from."""
    return (source.folder / _written(build).replace(WORKSPACE, "workspace")).resolve()


@rule
def image_named(source: LabSource) -> Iterator[Location]:
    """What is built from images/ is called `kikori/LAB-...`, so that no two labs share a name.

    What is built from the workspace has no `image`, since it belongs to one attempt (docs/adr/0002).
    """
    for name, service in source.services.items():
        image = str(service.get("image", ""))
        folder = context(source, service.get("build", "."))
        wanted = "kikori/" + (folder.name if folder.parent == source.images.resolve() else source.lab.id)
        own = folder.is_relative_to(source.folder.resolve() / "workspace")
        if "build" in service and (bool(image) if own else not image.startswith(wanted)):
            line = source.compose.line("services", name, "image")
            fix = "take `image` out" if own else f"write `image: {wanted}-{name}`"
            yield Location(
                source.compose.path, line, f"the service {name} has the image {image or 'without a name'}", fix
            )


@rule
def shared_base(tree: SourceTree) -> Iterator[Location]:
    """A Dockerfile stands on `kikori/NAME`, which is a folder of labs/_images, or on `debian:trixie-slim`.

    It takes nothing from another image, and its frontend is the engine's own.
    """
    for dockerfile in tree.dockerfiles:
        for line, image in dockerfile.images():
            name = image.removeprefix("kikori/")
            if image != BASE and not (image.startswith("kikori/") and (tree.images / name).is_dir()):
                known = sorted(f"kikori/{path.name}" for path in tree.images.glob("*/"))
                message = f"takes from {image}, which is not one of ours"
                yield Location(dockerfile.path, line, message, f"write FROM {' or '.join([*known, BASE])}")


@rule
def debian_packages(tree: SourceTree) -> Iterator[Location]:
    """What a Dockerfile installs comes from Debian: no pip, npm, wget, curl, git clone, other archive, ADD of a URL.

    So versions stay put, mirrors work, and a lab can be rebuilt in years. What Debian does not have may come from PyPI
    as `pip install --require-hashes -r FILE`: then it is known to the byte.
    """
    for dockerfile in tree.dockerfiles:
        for one in dockerfile.instructions:
            strange = _fetched(one.name, one.text)
            if strange:
                message = f"fetches from outside of Debian: {strange[:60]}"
                fix = "RUN apt-get install --no-install-recommends the package, or COPY the file from the folder"
                yield Location(dockerfile.path, one.line, message, fix)


def _fetched(name: str, text: str) -> str:
    if name == "ADD":
        return next((word for word in text.split() if "://" in word or word.startswith("git@")), "")
    if name != "RUN":
        return ""
    words = " ".join(text.split('", "')) if text.startswith("[") else text
    pieces = (LEADING.sub("", piece.strip()) for piece in BETWEEN.split(words))
    return next((piece for piece in pieces if STRANGE.search(piece) and not LOCKED.search(piece)), "")


@rule
def image_used(source: LabSource) -> Iterator[Location]:
    """Every folder of images/ is built by a service."""
    used = {context(source, service["build"]) for service in source.services.values() if "build" in service}
    known = all((folder / "Dockerfile").is_file() for folder in used)
    for folder in sorted((source.folder / "images").glob("*")):
        if known and folder.is_dir() and folder.resolve() not in used:
            message = "no service is built from it"
            yield Location(folder, None, message, f"write `build: images/{folder.name}` in compose.yaml, or delete it")
