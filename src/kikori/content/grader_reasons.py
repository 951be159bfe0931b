"""What checks say: graders/LAB/reasons.toml, by names, and any of it from the one language into the other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from kikori.bilingual import SENTENCES
from kikori.content.strict_reader import read_toml
from kikori.japanese import sentences, translated
from kikori.japanese.templates import PLACE, Templates
from kikori.model import CheckResult, Outcome, Report, Text
from kikori.settings import Lang

FILE = "reasons.toml"
SDK = Path(__file__).parents[1] / "grading"
"""What graders are written with says some of the reasons itself."""
FORMATTED = re.compile(r"\{([^{}:!]*)(?:[:!][^{}]*)?\}")


class Pair(NamedTuple):
    """A sentence in both languages, its places by the same names."""

    en: str
    ja: str


def reasons_of(graders: Path) -> dict[str, Text]:
    """Read what a grader says; nothing where it keeps its reasons in the checks.

    Raises:
        OurFault: the file is no TOML, or an entry holds anything but ``en`` and ``ja``.
    """
    file = graders / FILE
    return read_toml(file, dict[str, Text]) if file.is_file() else {}


def report_in(lang: Lang, report: Report, graders: Path) -> Report:
    """Say a report in a language, whichever it was made in."""
    return msgspec.structs.replace(report, checks=tuple(check_in(lang, one, graders) for one in report.checks))


def check_in(lang: Lang, check: CheckResult, graders: Path) -> CheckResult:
    """Say a check's title and reason in a language; what is in it already stays."""
    known = _known(graders, lang)
    said = check.reason.split("\n", 1) if check.outcome is Outcome.BUSY else [check.reason]
    reason = "\n".join(translated(known.translated(one), lang) for one in said)
    return msgspec.structs.replace(check, title=known.translated(check.title), reason=reason)


@cache
def _known(graders: Path, lang: Lang) -> Templates:
    """Read all that a lab's checks may say in the other language, with what it is in this one."""
    said = [*_written(graders), *(pair for file in _programs(graders) for pair in _in_program(file))]
    pairs = [(one.en, one.ja) if lang == "ja" else (one.ja, one.en) for one in said if one.en and one.ja]
    own = sentences().items() if lang == "ja" else ((ja, en) for en, ja in sentences().items())
    return Templates({**dict(own), **{source: _with_places_of(source, target) for source, target in pairs}})


def _with_places_of(source: str, target: str) -> str:
    """Put the value that the one alone tells in the place that the other alone has; as it is where there are more."""
    told, asked = ({*PLACE.findall(text)} for text in (source, target))
    if not asked - told:
        return target
    alone, left = told - asked, asked - told
    return target.replace(f"{{{left.pop()}}}", f"{{{alone.pop()}}}") if len(left) == len(alone) == 1 else source


def _programs(graders: Path) -> Iterator[Path]:
    yield from sorted(graders.rglob("*.py"))
    yield from sorted(SDK.rglob("*.py"))


def _written(graders: Path) -> Iterator[Pair]:
    for text in (reasons_of(graders) | read_toml(SENTENCES, dict[str, Text])).values():
        yield Pair(_named(text.en), _named(text.ja))


def _named(text: str) -> str:
    """Write each place as a plain name, one that is filled later, too."""
    plain = text.replace("{{", "{").replace("}}", "}")
    return FORMATTED.sub(lambda found: "{" + (re.sub(r"\W", "_", found[1]) or "value") + "}", plain)


def _in_program(file: Path) -> Iterator[Pair]:
    """The titles of checks, and what ``say`` is given in both languages."""
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.FunctionDef) and (doc := ast.get_docstring(node)):
            lines = [line.strip() for line in doc.splitlines()]
            yield from (Pair(lines[0], one[3:].strip()) for one in lines if one.startswith("ja:"))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
            both = [_template(one) for one in node.args]
            if len(both) == len(Pair._fields):
                yield Pair(*both)


def _template(node: ast.expr) -> str:
    """Write a text with its places by what stands in them; nothing where it is put together elsewhere."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if not isinstance(node, ast.JoinedStr):
        return ""
    return "".join(map(_part, node.values))


def _part(node: ast.expr) -> str:
    if isinstance(node, ast.FormattedValue):
        return "{" + re.sub(r"\W", "_", ast.unparse(node.value)) + "}"
    return str(node.value) if isinstance(node, ast.Constant) else ""
