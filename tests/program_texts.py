"""Every sentence that the program's code can say, read from the code itself: keys as the catalogue has them."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

SPOKEN = {"line", "own", "aside", "_aside", "problem", "column", "pairs", "table", "next_step", "echo", "confirm"}
SPOKEN |= {"prompt", "_say", "step", "Typer", "Option", "Argument"}
"""Functions that say what they are given, a single word too."""
KEYWORDS = {"help", "panel"}
PROSE = re.compile(r"[A-Za-z][a-z']+ (?:[A-Za-z][a-z']*|\{\w+\})")
LETTERS = re.compile(r"[A-Za-z]{2}")
UNITS = re.compile(r"\b(?:KiB|MiB|GiB|MB|GB)\b")
PROGRAMS = r"(?:kikori|docker|git|sudo|apt-get|df|rm|export|ssh|mkdocs|mkdir|touch|ls|open|less|pytest|curl|printf)"
COMMAND = re.compile(
    rf"(?:--\S+ )*(?:\./)?{PROGRAMS}\b(?!.*(?:, | then | or | once |; kikori|[\x22]))[^\n]*"
    r"|[\w-]+|--?[\w-]+(?: [\w=./{}-]+)*|\W*"
)
"""What is typed as it stands, or is no word at all."""
MARKUP = re.compile(r"^\s*<|[{}]\s*\n|^\\s|\(\?|\$\(|https?:|^[A-Z_]+=|\\n.*\\n")
BOTH_LANGUAGES = 2
"""Arguments of the graders' own ``say``, which has a sentence in each."""
FORMAT = re.compile(r"\{(\w+)(?::[^{}]*)?\}")


def place(node: ast.expr) -> str:
    """Name what stands in a place of an f-string."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name.strip("_").lower()
        case ast.Call(args=[first, *_]):
            return place(first)
        case ast.Call(func=ast.Attribute(value=value)):
            return place(value)
        case ast.BinOp(left=inner) | ast.IfExp(body=inner) | ast.Subscript(value=inner) | ast.Starred(value=inner):
            return place(inner)
        case ast.BoolOp(values=[inner, *_]) | ast.GeneratorExp(elt=inner) | ast.FormattedValue(value=inner):
            return place(inner)
        case _:
            return "value"


def template(node: ast.JoinedStr) -> str:
    """Write an f-string as the catalogue has it: each place by a name of its own."""
    parts, used = list[str](), dict[str, int]()
    for one in node.values:
        if isinstance(one, ast.Constant):
            parts.append(str(one.value))
        elif isinstance(one, ast.FormattedValue):
            name = place(one.value)
            used[name] = used.get(name, 0) + 1
            parts.append(f"{{{name}{used[name] if used[name] > 1 else ''}}}")
    return "".join(parts)


def is_said(text: str, *, spoken: bool) -> bool:
    """Whether a person is to read a text as a sentence, and not to type it."""
    text = text.removeprefix("kikori: ")
    literal = UNITS.sub("", re.sub(r"\{\w+\}", "", text))
    if MARKUP.search(text) or not LETTERS.search(literal):
        return False
    if COMMAND.fullmatch(text.strip()) and not (spoken and text.strip(" .:").isalpha()):
        return False
    return spoken or bool(PROSE.search(text))


def normal(text: str) -> str:
    """Write a sentence without the names of its places, blanks around it, and our own name before it."""
    return re.sub(r"\{\w+\}", "{}", text).strip().removeprefix("kikori: ")


def texts(tree: ast.Module) -> Iterator[str]:
    """What a module says: the helps of its commands, what it gives to what speaks, and every other sentence."""
    errors = re.compile(
        r"^(?:[A-Z]\w*(?:Error|Problem)|OurFault|NotRunning|Refused|Unlisted|AtWork|Unreachable|WrongWord)$"
    )
    left_out = {id(one) for node in ast.walk(tree) for one in _inner(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and _is_command(node):
            yield inspect.cleandoc(ast.get_docstring(node) or "")
        if isinstance(node, ast.Call):
            name = _name(node.func)
            if name in SPOKEN or errors.match(name):
                yield from _given(node, left_out)
        if isinstance(node, ast.JoinedStr | ast.Constant) and id(node) not in left_out:
            text = _text(node)
            if text is not None and is_said(text, spoken=False):
                yield text


def _given(call: ast.Call, left_out: set[int]) -> Iterator[str]:
    given = [*call.args, *(one.value for one in call.keywords if one.arg in KEYWORDS)]
    for value in given:
        for one in _spoken(value):
            text = _text(one)
            if id(one) not in left_out and text is not None and is_said(text, spoken=True):
                yield text


def _spoken(node: ast.expr) -> Iterator[ast.expr]:
    """The texts that an argument may be, through choices, lists and their joins."""
    match node:
        case ast.Constant() | ast.JoinedStr():
            yield node
        case ast.IfExp(body=one, orelse=other):
            yield from (*_spoken(one), *_spoken(other))
        case ast.BoolOp(values=all_) | ast.Tuple(elts=all_) | ast.List(elts=all_):
            for one in all_:
                yield from _spoken(one)
        case ast.BinOp(left=one, right=other):
            yield from (*_spoken(one), *_spoken(other))


def _text(node: ast.expr) -> str | None:
    if isinstance(node, ast.JoinedStr):
        return template(node)
    value = node.value if isinstance(node, ast.Constant) else None
    return FORMAT.sub(r"{\1}", value) if isinstance(value, str) else None


def _inner(node: ast.AST) -> Iterator[ast.AST]:
    """What is no text of its own: docstrings, parts of an f-string, and what a pattern or a type is made of."""
    if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        yield from (one.value for one in node.body if isinstance(one, ast.Expr))
    if isinstance(node, ast.JoinedStr):
        yield from (one for one in node.values if isinstance(one, ast.Constant))
        for one in node.values:
            if isinstance(one, ast.FormattedValue) and one.format_spec is not None:
                yield from ast.walk(one.format_spec)
    if isinstance(node, ast.Module):
        strings = (one for one in ast.walk(node) if isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant))
        yield from (one.value for one in strings)
    if isinstance(node, ast.Call) and _name(node.func) in ("compile", "addinivalue_line"):
        yield from ast.walk(node)
    if isinstance(node, ast.Call) and _name(node.func) == "say" and len(node.args) == BOTH_LANGUAGES:
        yield from ast.walk(node)
    if isinstance(node, ast.Call) and _name(node.func) in ("Option", "Argument"):
        yield from (*node.args, *(one.value for one in node.keywords if one.arg not in KEYWORDS))


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _is_command(node: ast.FunctionDef) -> bool:
    names = (_name(one.func) for one in node.decorator_list if isinstance(one, ast.Call))
    return any(name in ("command", "callback") for name in names)


def texts_of(file: Path) -> list[str]:
    """What a file says, each once, in the order of the file."""
    return list(dict.fromkeys(texts(ast.parse(file.read_text(encoding="utf-8")))))
