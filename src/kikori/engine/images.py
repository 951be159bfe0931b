"""Images of labs: what each is made of, whether it is as it should be, and what building one leaves."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kikori import paths
from kikori.engine.client import Steps, client, translate_errors
from kikori.engine.compose import Compose
from kikori.engine.outside import has_ps
from kikori.errors import EnvironmentProblem
from kikori.model.record import Record

if TYPE_CHECKING:
    from docker import APIClient

LABEL = "kikori.content"
SIDECAR = "kikori/python"
"""The shared image that sidecars run in: Debian's Python and the tools of a shell."""
ASKED, PERHAPS = re.compile(r"\.(sidecar|debug)\("), re.compile(r"\.(sidecar|debug|processes)\(")
"""How a check asks for one, and where the engine's computer can't list processes."""
FROM = re.compile(r"^FROM\s+kikori/([a-z0-9][a-z0-9_-]*)(?=\s|$)", re.MULTILINE | re.IGNORECASE)
# Where hosts keep their CA bundle: what is set for other programs first, then the distributions' places.
CA_VARIABLES = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "PIP_CERT")
CA_PLACES = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem")
AT_ONCE = 1000
"""Records of one question: the engine looks at all that it has for each, which takes a second or two of thousands."""


class Image(Record):
    """An image that is built from a folder."""

    tag: str
    context: Path
    content: str
    """Hash of all that goes into it, base images included."""


def ca_bundle() -> Path | None:
    """The host's CA bundle, which image builds may mount as the secret ``ca``."""
    candidates = [os.environ.get(name, "") for name in CA_VARIABLES] + list(CA_PLACES)
    return next((Path(path) for path in candidates if path and Path(path).is_file()), None)


def shared_images(context: Path, shelf: Path) -> list[Image]:
    """The images of ``labs/_images`` that a build context stands on, lowest first."""
    found: list[Image] = []
    for name in FROM.findall(_dockerfile(context)):
        folder = shelf / name
        if folder.is_dir():
            below = shared_images(folder, shelf)
            content = _content_of(folder, below)
            found += [*below, Image(tag=f"kikori/{name}", context=folder, content=content)]
    return found


def _dockerfile(context: Path) -> str:
    """What it says; nothing where it can't be read, since the build itself says that best."""
    try:
        return (context / "Dockerfile").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def beside(graders: Path) -> list[Image]:
    """The image of sidecars, and those below it, where checks ask for one."""
    asked = ASKED if has_ps() else PERHAPS
    if not any(asked.search(file.read_text(encoding="utf-8")) for file in graders.rglob("*.py")):
        return []
    shelf = paths.ROOT / "labs" / "_images"
    folder = shelf / SIDECAR.removeprefix("kikori/")
    return [*shared_images(folder, shelf), image_of(SIDECAR, folder, shelf)]


def image_of(tag: str, context: Path, shelf: Path) -> Image:
    """The image that a service of a compose file builds."""
    return Image(tag=tag, context=context, content=_content_of(context, shared_images(context, shelf)))


def _content_of(folder: Path, below: list[Image]) -> str:
    digest = hashlib.sha256("".join(image.content for image in below).encode())
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(folder)}\0{path.stat().st_mode & 0o777}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def is_stale(image: Image) -> bool:
    """Whether the engine has no such image, or one made from other content."""
    from docker.errors import ImageNotFound

    try:
        with translate_errors():
            config: dict[str, Any] = client().images.get(image.tag).attrs["Config"]
    except ImageNotFound:
        return True
    labels = config.get("Labels") or {}
    return bool(labels.get(LABEL) != image.content)


def is_here(tag: str) -> bool:
    """Whether the engine has an image of that name."""
    from docker.errors import ImageNotFound

    try:
        with translate_errors():
            client().images.get(tag)
    except ImageNotFound:
        return False
    return True


def build_shared(images: list[Image], compose: Callable[[], Compose], steps: Steps) -> None:
    """Build shared images, lowest first.

    Raises:
        EnvironmentProblem: no network, or the disk is full.
        OurFault: the Dockerfile is wrong.
    """
    for image in images:
        with steps.step(f"Building the image {image.tag}") as tell:
            compose().docker("build", *_build_options(image), str(image.context), tell=tell)


def _build_options(image: Image) -> list[str]:
    options = ["--progress", "plain", "--tag", image.tag, "--label", f"{LABEL}={image.content}"]
    bundle = ca_bundle()
    return options + (["--secret", f"id=ca,src={bundle}"] if bundle else [])


@contextmanager
def passing_cache() -> Iterator[None]:
    """Take away what builds of the block add to the engine's build cache.

    What is a layer of an image stays, and so does what was there before. An engine that does not answer keeps it all,
    which is no reason for a review to end.
    """
    before: frozenset[str] | None = None
    with suppress(EnvironmentProblem):
        before = frozenset(_records())
    try:
        yield
    finally:
        if before is not None:
            with suppress(EnvironmentProblem):
                _remove([one for one in _records() if one not in before])


def _records() -> list[str]:
    """The ids of the cache's records, the newest first."""
    with translate_errors():
        api: APIClient = client().api
        answer = api.get(f"{api.base_url}/v{api.api_version}/system/df", params={"type": "build-cache"})
        answer.raise_for_status()
        found = answer.json()["BuildCache"] or []
    return [one["ID"] for one in sorted(found, key=lambda one: one["CreatedAt"], reverse=True)]


def _remove(records: list[str]) -> None:
    """Remove records, those that stand on others first; each question is one expression of ids."""
    with translate_errors():
        for start in range(0, len(records), AT_ONCE):
            ids = "|".join(records[start : start + AT_ONCE])
            client().api.prune_builds(filters={"id": f"^({ids})$"})  # type: ignore[arg-type]  # the stub lacks it
