"""One folder with every page: copied from docs/ and courses/, or rendered; written only where it changed."""

from __future__ import annotations

import re
from pathlib import Path

from kikori import design
from kikori.errors import OurFault
from kikori.model import Course, Module
from kikori.settings import Lang
from kikori.site import pages
from kikori.site.content import LANGS, LESSONS, Content, language, localized
from kikori.site.diagram_pictures import PLACE, diagrams, name_of, with_pictures
from kikori.site.glossary.first_use import FirstUse
from kikori.site.handouts import pages as handouts
from kikori.site.handouts import slides
from kikori.site.output import icons
from kikori.site.quizzes.pages import quiz_pages
from kikori.site.transcripts import with_transcripts

NOT_FOR_READERS = tuple(f"/{localized(page, lang)}" for page in (handouts.NOTES, handouts.WORKSHOP) for lang in LANGS)
"""Pages of a course that instructors alone see, and only where ``handouts`` puts them in."""
NOT_SEARCHED = ("adr/", "proofs.md", "cli.md", "lab-toml.md", "lint.md", "sdk.md")
"""Pages that a learner's search passes over: what the code was decided on, and references."""
UNSEARCHED = b"---\nsearch:\n  exclude: true\n---\n"
SHEET = f"assets/stylesheets/{design.SHEET.name}"
"""What mkdocs.yml names before the site's own sheet."""
MARK = f"assets/images/{design.MARK.name}"
"""What mkdocs.yml names as logo and icon."""
Tree = dict[str, bytes]
"""The pages by their place in the folder."""

LAB_LINK = re.compile(r"(\]\([^)\s]*labs/[a-z0-9-]+)/(?:task\.md|lab\.toml)?(?=[#)])")
"""A lesson's link to a lab as it works in the repository; the site has one page for each lab."""


def assemble(content: Content, target: Path) -> None:
    """Bring the folder to what the content says; a second run without a change writes nothing.

    Raises:
        OurFault: a lesson is missing or has no heading, or something names a module that is not there.
    """
    _sync(tree(content), target)


def tree(content: Content) -> Tree:
    """Every page of the site as it shall be, with the pictures of its diagrams.

    Raises:
        OurFault: as for ``assemble``.
    """
    found: Tree = {
        SHEET: design.SHEET.read_bytes(),
        MARK: design.MARK.read_bytes(),
        icons.SHEET: icons.sheet().encode(),
        **plain(content),
    }
    shown = {f"{PLACE}/{name_of(text)}" for page in _texts(found) for text in diagrams(page)}
    for name, text in list(found.items()):
        if name.endswith(".md"):
            page = with_transcripts(text.decode(), asking=name.startswith("courses/"))
            found[name] = with_pictures(name, page, content.docs, language(name)).encode()
        elif name.startswith(f"{PLACE}/") and name not in shown:
            del found[name]  # it stands on a page that is not shown
    return found | (slides.all_of(content) if content.instructor else {})


def plain(content: Content) -> Tree:
    """Every page with its diagrams as text.

    Raises:
        OurFault: as for ``assemble``.
    """
    found = _copied(content.docs, "")
    for course in content.courses:
        found |= _course(course, content)
    for lang in LANGS:
        found |= {localized(name, lang): text.encode() for name, text in _generated(content, lang).items()}
    return {name: UNSEARCHED + text if _is_unsearched(name) else text for name, text in found.items()}


def _is_unsearched(name: str) -> bool:
    return name.endswith(".md") and name.replace(".ja.md", ".md").startswith(NOT_SEARCHED)


def markdown(content: Content) -> list[str]:
    """The text of every page, with its diagrams as text.

    Raises:
        OurFault: as for ``assemble``.
    """
    return _texts(plain(content))


def _texts(found: Tree) -> list[str]:
    return [text.decode() for name, text in found.items() if name.endswith(".md")]


def _generated(content: Content, lang: Lang) -> dict[str, str]:
    found = {
        "courses/index.md": pages.courses(content, lang),
        "labs/index.md": pages.labs(content, lang),
    }
    if content.documents("adr"):
        found["adr/index.md"] = pages.decisions(content, lang)
    if content.terms:
        found["glossary.md"] = pages.glossary(content, lang)
    if content.keeps_proofs:
        found["proofs.md"] = _proofs(content, lang)
    found |= quiz_pages(content, lang)
    if content.tracks:
        found["courses/tracks/index.md"] = pages.tracks(content, lang)
    for schedule in content.tracks:
        found[f"courses/tracks/{schedule.track.id}.md"] = pages.track(schedule, content, lang)
    for course in content.courses:
        found[f"courses/{course.id}/index.md"] = pages.course(course, content, lang)
    for lab in content.labs:
        found[f"labs/{lab.id}.md"] = pages.lab(lab, content, lang)
    return found | handouts.generated(content, lang)


def _proofs(content: Content, lang: Lang) -> str:
    """Render the page of the proofs, which takes longest: it asks of every lab what its proof rests on."""
    if content.earlier is None:
        return pages.proofs(content, lang)
    return content.earlier.once(lambda: pages.proofs(content, lang), "proofs", lang, content.proved)


def _course(course: Course, content: Content) -> Tree:
    copied = _copied(course.folder, f"courses/{course.id}/")
    found = {name: data for name, data in copied.items() if not name.endswith(NOT_FOR_READERS)}
    for module in course.modules:
        for lang in LANGS:
            terms = FirstUse(content.terms, lang)
            for lesson in LESSONS:
                name = localized(f"{lesson}.md", lang)
                found[f"courses/{course.id}/{module.id}/{name}"] = _lesson(module, lesson, content, terms, lang)
    return found


def _lesson(module: Module, lesson: str, content: Content, terms: FirstUse, lang: Lang) -> bytes:
    path = module.folder / localized(f"{lesson}.md", lang)
    if not path.is_file():
        raise OurFault(f"{path}: missing; a module has why, how and why-again, each in both languages")
    title, rest = _split(path)
    head = pages.lesson_head(module, lesson, content, lang)
    foot = pages.lesson_foot(module, lesson, content, lang)
    return LAB_LINK.sub(r"\1.md", f"{title}\n\n{head}\n{terms.linked(rest.strip())}\n\n{foot}").encode()


def _split(path: Path) -> tuple[str, str]:
    """All up to the page's heading, and what follows it."""
    text = path.read_text(encoding="utf-8")
    heading = re.search(r"^# .+$", text, re.MULTILINE)
    if heading is None:
        raise OurFault(f"{path}: no heading; a page begins with '# Its title'")
    return text[: heading.end()], text[heading.end() :]


def _copied(folder: Path, prefix: str) -> Tree:
    """The files of a folder that a reader may see: no TOML, nothing hidden."""
    return {
        prefix + str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("[!.]*"))
        if path.is_file() and path.suffix != ".toml"
    }


def _sync(wanted: Tree, target: Path) -> None:
    for name, text in wanted.items():
        path = target / name
        if not path.is_file() or path.read_bytes() != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text)
    for path in target.rglob("*"):
        if path.is_file() and str(path.relative_to(target)) not in wanted:
            path.unlink()
