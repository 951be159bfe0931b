"""Looking at labs with every rule."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kikori.content import Catalog
from kikori.content.tracks import Syllabus, read_tracks
from kikori.errors import KikoriError, OurFault
from kikori.lint.finding import Finding, Findings, Location
from kikori.lint.rule import Rule, Warns, rules
from kikori.lint.shellcheck import MISSING, looking, shell_scripts
from kikori.lint.subjects.compose_file import listed
from kikori.lint.subjects.content import Content, Unread, owner
from kikori.lint.subjects.source_tree import LabSource, Modules, SharedImages
from kikori.lint.subjects.track_source import TrackSource

SHELLCHECK = "shellcheck"


def lint(catalog: Catalog, names: Sequence[str] = (), tool: str | None = SHELLCHECK) -> Findings:
    """Look at some labs, or at all and what they share.

    A lab that can't be read is a finding, not an error. ``tool`` is shellcheck's name; ``None`` leaves it out.

    Raises:
        KikoriError: there is no lab of a name; says the nearest one.
    """
    content = Content(catalog.roots)
    modules, unread = _modules(catalog)
    drafts, unread_labs = _drafts(_chosen(catalog, content, names), modules)
    shared: list[object] = [] if names else [content, *(SharedImages(folder, folder) for folder in content.shelves)]
    if not names and not unread and not unread_labs:  # else a track would name what is there and can't be read
        shared += _tracks(catalog, Syllabus(modules.values(), (source.lab for source in drafts)))
    found = shutil.which(tool) if tool else None
    known = rules()
    with looking(found, shell_scripts([path for source in drafts for path in source.scripts])) as answer:
        seen = list(_look(known.values(), [*unread, *unread_labs, *shared, *drafts], content))
        seen += _look(known.values(), [answer()], content)
    seen.sort(key=lambda one: (one.lab, one.file, one.line or 0, one.rule))
    return Findings(
        labs=tuple(sorted({source.lab.id for source in drafts} | {one.path.name for one in unread_labs})),
        rules=len(known),
        findings=tuple(one for one in seen if not _only_warns(one, known, catalog)),
        warnings=tuple(one for one in seen if _only_warns(one, known, catalog)),
        notes=() if found or not tool else (MISSING,),
        services=tuple(line for source in drafts if names for line in _effective(source)),
    )


def _effective(source: LabSource) -> Iterator[str]:
    """What a service may take and do when it runs: the lab's compose.yaml, and what Kikori writes over it."""
    way = "may reach the outside" if source.lab.about.outside else "has no route outside"
    for name, service in source.services.items():
        added = ", ".join(map(str, listed(service.get("cap_add")))) or "none"
        limits = f"{service.get('mem_limit')} of memory, {service.get('cpus')} of a processor"
        yield f"{name}: {limits}, {service.get('pids_limit')} pids; capabilities: {added}; no new privileges; {way}"


def _only_warns(finding: Finding, known: dict[str, Rule], catalog: Catalog) -> bool:
    warns = known[finding.rule].warns
    added = catalog.roots[1:]
    in_added = any(Path(finding.file).is_relative_to(root) for root in added)
    return warns is Warns.ALWAYS or (warns is Warns.IN_ADDED_CONTENT and in_added)


def _chosen(catalog: Catalog, content: Content, names: Sequence[str]) -> Iterable[Path]:
    if not names:
        return content.labs
    folders = catalog.lab_folders()
    for name in names:
        if name not in folders:
            catalog.lab(name)  # it knows how to say that there is none
    return [folders[name] for name in dict.fromkeys(names)]


def _modules(catalog: Catalog) -> tuple[Modules, list[Unread]]:
    try:
        found = [module for course in catalog.courses() for module in course.modules]
    except OurFault as problem:
        return {}, [Unread(catalog.roots[0] / "courses", problem)]
    return {(module.course, module.id): module for module in found}, []


def _drafts(folders: Iterable[Path], modules: Modules) -> tuple[list[LabSource], list[Unread]]:
    drafts, unread = [], []
    for folder in folders:
        try:
            drafts.append(LabSource(folder, folder.parent.parent / "graders" / folder.name, modules))
        except KikoriError as problem:
            unread.append(Unread(folder, problem))
    return drafts, unread


def _tracks(catalog: Catalog, syllabus: Syllabus) -> Iterator[object]:
    yield syllabus
    try:
        found = [(track, syllabus.schedule(track)) for track in read_tracks(catalog.roots)]
    except OurFault as problem:
        yield Unread(catalog.roots[0] / "courses" / "tracks", problem)
        return
    yield from (TrackSource(track, schedule, syllabus) for track, schedule in found)


def _look(known: Iterable[Rule], subjects: Iterable[object], content: Content) -> Iterator[Finding]:
    applying = list(known)
    for subject in subjects:
        for rule in applying:
            if isinstance(subject, rule.subject):
                yield from (_finding(rule, location, content) for location in rule.look(subject))


def _finding(rule: Rule, location: Location, content: Content) -> Finding:
    return Finding(
        rule=rule.id,
        lab=owner(location.file, content.roots),
        file=str(location.file),
        line=location.line,
        message=location.message,
        fix=location.fix,
    )
