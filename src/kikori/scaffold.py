"""``lab new``: a small lab that already proves, to be changed step by step into one's own."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from kikori import paths
from kikori.content import Catalog, blind_rounds, samples
from kikori.engine.images import shared_images
from kikori.errors import KikoriError
from kikori.model import Kind
from kikori.model.record import Record

MARKS = "mutants.toml"
MODEL = "first-look"
FAULT = "closed-page"
ID = re.compile(r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")


class New(Record):
    """A lab that was written."""

    lab: str
    files: tuple[str, ...]
    next: str


def new_lab(
    catalog: Catalog, root: Path, name: str, course: str, module: str, kind: Kind, *, workspace: bool = False
) -> New:
    """Write labs/NAME and graders/NAME below a content root: something to fix, build, tune or write, fixes and traps.

    What is to be fixed lies inside a service or, with ``workspace``, in the learner's own folder.

    Raises:
        KikoriError: the name is taken or no id, or there is no such module.
    """
    _refuse(catalog, name, f"{course}/{module}")
    lab, graders = root / "labs" / name, root / "graders" / name
    _copy_repair(lab, graders) if kind is Kind.REPAIR and not workspace else _copy_model(kind, lab, graders)
    _copy_images(lab, root / "labs/_images")
    about = (lab / "lab.toml").read_text(encoding="utf-8")
    (lab / "lab.toml").write_text(_about(about, name, course, module), encoding="utf-8")
    written = sorted(str(path) for folder in (lab, graders) for path in folder.rglob("*") if path.is_file())
    extra = "" if root == paths.ROOT else f" --content {root}"
    return New(lab=name, files=tuple(written), next=f"kikori lab prove {name}{extra}")


def _copy_repair(lab: Path, graders: Path) -> None:
    """Copy the courses' first lab, with one fault."""
    model = paths.ROOT / "labs" / MODEL
    others = shutil.ignore_patterns(*(path.name for path in (model / "faults").iterdir() if path.name != FAULT))
    shutil.copytree(model, lab, ignore=others)
    examined = (blind_rounds.FILE, MARKS, samples.FILE)  # nobody has examined the new lab, or marked it
    leaving_out = shutil.ignore_patterns("__pycache__", *examined)
    shutil.copytree(paths.ROOT / "graders" / MODEL, graders, ignore=leaving_out)
    compose = lab / "compose.yaml"
    text = compose.read_text(encoding="utf-8")
    compose.write_text(text.replace(f"kikori/{MODEL}-", f"kikori/{lab.name}-"), encoding="utf-8")


def _copy_model(kind: str, lab: Path, graders: Path) -> None:
    model = paths.ROOT / "labs/_models" / kind
    shutil.copytree(model / "lab", lab)
    shutil.copytree(model / "grader", graders, ignore=shutil.ignore_patterns("__pycache__"))


def _copy_images(lab: Path, shelf: Path) -> None:
    """Copy the shared images that the lab stands on, where the content root lacks them."""
    for dockerfile in lab.rglob("Dockerfile"):
        for image in shared_images(dockerfile.parent, paths.ROOT / "labs/_images"):
            if not (shelf / image.context.name).exists():
                shutil.copytree(image.context, shelf / image.context.name)


def _refuse(catalog: Catalog, name: str, module: str) -> None:
    if not ID.match(name):
        raise KikoriError(f"'{name}' is no id: small letters, digits and single hyphens.", "kikori lab new my-lab …")
    if name in catalog.lab_folders():
        raise KikoriError(f"There is a lab called '{name}' already: {catalog.lab_folders()[name]}", "another id")
    known = [f"{each.course}/{each.id}" for course in catalog.courses() for each in course.modules]
    if module not in known:
        raise KikoriError(f"There is no module '{module}'; there are {', '.join(known)}.", "kikori list")


def _about(text: str, name: str, course: str, module: str) -> str:
    """The model's lab.toml with the new lab's place and name, and one fault where it has any."""
    head, *faults = re.split(r"(?m)^(?=\[faults\.[a-z-]+\]$)", text)
    kept = [fault for fault in faults if fault.startswith(f"[faults.{FAULT}]")] or faults
    head = re.sub(r'(?m)^course = ".*"$', f'course = "{course}"', head)
    head = re.sub(r'(?m)^module = ".*"$', f'module = "{module}"', head)
    title = name.replace("-", " ").capitalize()
    head = re.sub(r'(?s)(\[title\]\nen = ")[^"]*', rf"\g<1>{title}", head)
    return head + "".join(kept)
