"""What a learner's own Dockerfile may say in a replay, where nothing is fetched.

``RUN`` has no network there, but the engine itself would fetch what FROM, COPY, ADD, a mount or a syntax line names,
and it can reach whatever the instructor's machine can. So every instruction has to be one that can be read in a single
way by the engine's rules (github.com/moby/buildkit, frontend/dockerfile: parser, instructions), and what is not known
to be harmless is refused, which is no word about the learner's work.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from kikori.errors import KikoriError

LARGEST = 32 * 1024
OFFICIAL = re.compile(r"(docker\.io/)?docker/dockerfile(:[\w.-]+)?", re.ASCII)
"""The syntax that every engine has built in; the line that names it is taken out."""
SYNTAX = re.compile(r"^([ \t]*(?:#|//)[ \t]*syntax[ \t]*=[ \t]*)(.*?)[ \t\r]*$", re.IGNORECASE | re.MULTILINE)
ESCAPE = re.compile(r"\s*#\s*escape\s*=\s*(\S*)\s*", re.IGNORECASE)
CACHE = re.compile(
    r"--mount=(?=[\w=,./:-]*\btype=cache\b)[\w=,./:-]*?\b(?:target|dst|destination)=([\w./:-]+)[\w=,./:-]*"
)
"""A mount that would hand something to the next submission; it is an empty folder, as a cache may be at any time."""
SPACE = "\t\n\r "
"""The only characters without a form that a line may hold: the engine takes others for spaces too."""
FETCHING_NOTHING = {
    "CMD", "ENTRYPOINT", "ENV", "EXPOSE", "HEALTHCHECK", "LABEL", "MAINTAINER", "SHELL", "STOPSIGNAL", "USER", "VOLUME",
    "WORKDIR",
}  # fmt: skip
WITH_DOCUMENTS = ("RUN", "COPY", "ADD")
DOCUMENT = re.compile(r"""[^"'\\$`<]*(?<=[ \t])<<(-?)(["']?)([A-Za-z_]\w*)\2(?:[ \t]+[\w./>&|=-]+)*[ \t]*""", re.ASCII)
"""An instruction with one here-document that nothing before it could quote or escape."""
HERE_STRING = re.compile(r"(?<!<)<<<(?!<)")
IMAGE = re.compile(r"(?:docker\.io/)?(?P<name>[a-z0-9]+(?:[._/-]+[a-z0-9]+)*)(?::[\w.-]+)?", re.ASCII)
ID = re.compile(r"sha256|[0-9a-f]+")
"""What the engine takes for an image's id when it looks whether it has the image, and for a name when it builds."""
FROM = re.compile(
    r"(?:--platform=\$\{?(?:BUILD|TARGET)PLATFORM\}?[ \t]+)?(?P<image>[\w./:@${}-]+)"
    r"(?:[ \t]+AS[ \t]+(?P<stage>[\w.-]+))?",
    re.IGNORECASE | re.ASCII,
)
ARG = re.compile(r"(\w+)(?:=([\w./:@-]*|\"[\w./:@-]*\"|'[\w./:@-]*'))?", re.ASCII)
NAME = re.compile(r"\$(?:\{(\w+)\}|(\w+))", re.ASCII)
FLAGS = {
    "RUN": re.compile(r"--network=(?:none|default)|--mount=(?P<mount>[\w=,./:-]+)", re.ASCII),
    "COPY": re.compile(r"--from=(?P<image>[\w./:@-]+)|--(?:chown|chmod)=[\w:$.{}-]+|--link(?:=true|=false)?", re.ASCII),
    "ADD": re.compile(r"--(?:chown|chmod)=[\w:$.{}-]+|--link(?:=true|=false)?", re.ASCII),
}
MOUNT = ("type", "target", "dst", "destination", "source", "src", "from", "ro", "readonly", "rw", "readwrite", "size")
MOUNTS = ("bind", "tmpfs")
ADDED = re.compile(r"(?!github\.com)[\w./*?+-][\w./*?+=-]*", re.IGNORECASE | re.ASCII)
"""A file of the workspace: no address and no repository is written like this."""


class Instruction(NamedTuple):
    """One instruction: its word in capitals, and the rest of it on one line."""

    word: str
    rest: str


def check_learner_build(context: Path, is_here: Callable[[str], bool]) -> None:
    """Refuse a Dockerfile for which the engine could ask somebody else; takes out a harmless syntax line.

    ``is_here`` says whether the engine has an image of that name.

    Raises:
        KikoriError: it could; says for what, and that is no word about the learner's work.
    """
    path = context / "Dockerfile"
    if not path.is_file():
        if any(name.name.lower() == "dockerfile" for name in context.glob("*")):
            raise _refusal("the file is not called Dockerfile, with a capital D")
        return  # the build says best that there is none
    if path.stat().st_size > LARGEST:
        raise _refusal("it is larger than 32 KiB")
    given = _text(path.read_bytes())
    text = CACHE.sub(r"--mount=type=tmpfs,target=\1", SYNTAX.sub("#", given))
    if text != given:
        path.write_text(text, encoding="utf-8", newline="")
    _check([*_instructions(text)], is_here)


def _text(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refusal("it is not written in UTF-8") from None
    said = "".join(line for line in text.split("\n") if not line.lstrip(" \t").startswith("#"))
    if strange := next((one for one in said if not one.isprintable() and one not in SPACE), ""):
        raise _refusal(f"it holds a character that nobody sees, or a space of another kind: U+{ord(strange):04X}")
    if "\r" in text.replace("\r\n", ""):
        raise _refusal("a line of it ends in another way than lines do")
    if text.lstrip().startswith("{") or any(not OFFICIAL.fullmatch(found[2]) for found in SYNTAX.finditer(text)):
        raise _refusal("its syntax line names a program from elsewhere")
    return text


def _instructions(text: str) -> Iterator[Instruction]:
    """Read the instructions, each on one line; here-documents are left out."""
    escape = _escape(text.split("\n"))
    given = iter(text.split("\n"))
    for line in given:
        said = line.strip(" \t\r")
        if said and not said.startswith("#"):
            whole = _whole(said, given, escape)
            word, _, rest = whole.replace("\t", " ").partition(" ")
            _skip_document(word.upper(), whole, given)
            yield Instruction(word.upper(), rest.strip())


def _escape(lines: list[str]) -> str:
    """What ends a line that goes on. Said elsewhere than in the first line it deceives whoever reads."""
    found = {number: match[1] for number, line in enumerate(lines) if (match := ESCAPE.fullmatch(line))}
    if not found:
        return "\\"
    if [*found] != [0] or found[0] not in ("\\", "`") or not lines[0].startswith("#"):
        raise _refusal("its escape line is not its first line, or names neither \\ nor `")
    return found[0]


def _whole(line: str, given: Iterator[str], escape: str) -> str:
    """Join an instruction's lines as they stand; comments and empty lines between them do not count."""
    whole = ""
    while line.endswith(escape):
        if line.endswith(2 * escape):
            raise _refusal(f"a line ends in more than one {escape}")
        whole += line.removesuffix(escape)
        line = next((raw.rstrip(" \t\r") for raw in given if (one := raw.strip(" \t\r")) and one[0] != "#"), "")
    return whole + line


def _skip_document(word: str, whole: str, given: Iterator[str]) -> None:
    """Pass over the here-document of an instruction."""
    if word not in WITH_DOCUMENTS or "<<" not in HERE_STRING.sub("", whole):
        return
    begun = DOCUMENT.fullmatch(whole)
    if not begun:
        raise _refusal(f"a here-document begins in a way that can be read in two: {whole[:80]}")
    end = begun[3]
    for line in given:
        read = line.removesuffix("\r")
        if (read.lstrip("\t") if begun[1] else read) == end:
            return
    raise _refusal(f"the here-document {end} has no end")


def _check(instructions: list[Instruction], is_here: Callable[[str], bool]) -> None:
    stages, begun, known = {"scratch"}, 0, _defaults(instructions)

    def check_image(image: str, word: str = "") -> None:
        earlier = word == "COPY" and image.isdecimal() and int(image) < begun
        if not earlier and image.lower() not in stages and not _may_be_used(image, is_here):
            raise _refusal(f"it builds on {image[:80]}, which is not on this machine; a replay fetches nothing")

    for word, rest in instructions:
        if word == "FROM":
            begun, named = begun + 1, FROM.fullmatch(rest)
            if not named:
                raise _refusal(f"FROM names an image and perhaps a stage, nothing else: {rest[:80]}")
            check_image(_filled(named["image"], known))
            stages.add((named["stage"] or "scratch").lower())
        elif word in FLAGS:
            left = _check_flags(word, rest, check_image)
            if word == "ADD" and not all(map(ADDED.fullmatch, left.split())):
                raise _refusal(f"ADD may take files of the workspace alone, by their names: {rest[:80]}")
        elif word != "ARG" and word not in FETCHING_NOTHING:
            raise _refusal(f"it has an instruction that no replay carries out: {word[:80]}")


def _check_flags(word: str, rest: str, check_image: Callable[..., None]) -> str:
    """Refuse flags that are not known; gives what follows them."""
    while rest.startswith("--"):
        flag, _, left = rest.partition(" ")
        read = FLAGS[word].fullmatch(flag)
        if not read:
            raise _refusal(f"{word} has a flag that no replay carries out: {flag[:80]}")
        found = read.groupdict()
        if image := found.get("image"):
            check_image(image, word)
        if mount := found.get("mount"):
            _check_mount(mount, check_image)
        rest = left.strip()
    return rest


def _check_mount(mount: str, check_image: Callable[..., None]) -> None:
    said = dict(part.lower().partition("=")[::2] for part in mount.split(","))
    if not set(said) <= set(MOUNT) or said.get("type", "bind") not in MOUNTS:
        raise _refusal(
            f"a replay mounts files of the build alone, no secret, and a cache as a new folder: {mount[:80]}"
        )
    if "from" in said:
        check_image(said["from"])


def _may_be_used(image: str, is_here: Callable[[str], bool]) -> bool:
    """Whether an image is here, and nobody's attempt."""
    named = IMAGE.fullmatch(image)
    if named is None or ID.fullmatch(named["name"]):
        return False
    return not any(part.startswith("kikori-") for part in named["name"].split("/")) and is_here(image)


def _defaults(instructions: list[Instruction]) -> dict[str, str]:
    """What each ARG stands for; one that is set twice stands for nothing."""
    found: dict[str, str] = {}
    for _, rest in (one for one in instructions if one.word == "ARG"):
        for pair in rest.split():
            told = ARG.fullmatch(pair)
            name, value = (told[1], told[2]) if told else (pair.partition("=")[0], "$")
            if value is not None:
                value = value.strip("\"'")
                found[name] = "$" if found.get(name, value) != value else value
    return found


def _filled(image: str, known: dict[str, str]) -> str:
    return NAME.sub(lambda found: known.get(found[1] or found[2], "$"), image)


def _refusal(what: str) -> KikoriError:
    return KikoriError(f"its Dockerfile can't be built in a replay, which has no way out: {what}")
