"""The learner's inventory: read, brought into one form, and held against what is true of the box."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import yaml
from railway.box import USERS, Box
from railway.truth import Part

LISTS = ("addresses", "processes", "ports", "calls", "packages", "changed", "unowned", "data", "jobs")
AFTER = ("gone", "opens", "cut")
"""The lists of what a restart does."""
KEYS = {
    "system": "name", "addresses": "address", "processes": "program", "ports": "listens", "calls": "to",
    "packages": "name", "data": "path", "jobs": "program",
}  # fmt: skip
"""The field that names a line; a part that is not here has plain words for lines."""
FIELDS = {
    "": (*LISTS, "system", "after_restart"), "system": ("name", "release", "memory_mb", "processors"),
    "addresses": ("address", "set_by"), "processes": ("program", "user", "started_by", "package"),
    "ports": ("listens", "program", "callers"), "calls": ("to", "program", "answers"),
    "packages": ("name", "version", "from"), "data": ("path", "program", "kept"),
    "jobs": ("program", "when", "user", "table", "runs"), "after_restart": AFTER,
}  # fmt: skip
"""The fields that there are; inventory.schema.json says more of each."""
OWN = "seen"
"""What a line may have beside them, for its author."""
ALL = "callers"
"""The field in which all values are wanted, and not one of several."""
MOST_LINES = 2000
LARGEST = 2**20
"""Characters of all values together."""
ADDRESS = re.compile(r"(?<![\d.])(\d+\.\d+\.\d+)\.(\d+)(?![\d.])(/\d+)?")
"""An address: the block in which it lies, its last number, and the length of its network."""
USUAL = {"172.": "/16", "192.168.": "/20"}
"""How long the networks are that Docker makes by itself, by how their addresses begin."""
INTERPRETERS = re.compile(r"^(/usr/bin/|/bin/)?(python3?[\d.]*|perl[\d.]*|sh|dash|bash|nohup|env)$")
MERGED = re.compile(r"^/(bin|sbin|lib)/")
DAEMONS = {"nginx": "/usr/sbin/nginx", "cron": "/usr/sbin/cron"}
HANDS = ("hand", "by hand", "no one", "none", "-", "")
LENGTHS = {"s": 1, "sec": 1, "second": 1, "m": 60, "min": 60, "minute": 60, "h": 3600, "hour": 3600}


class Unreadable(ValueError):
    """The inventory is no table of the agreed form; says where."""


class Unknown(Unreadable):
    """It has a field that the form does not know; says where."""


def words(value: Any) -> str:
    """A value as one text: YAML has made numbers and truths of some."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " ".join(str("" if value is None else value).split())


def path(value: Any) -> str:
    """Give a path by its one name: no folder of old, no mark of a deleted file."""
    text = words(value).removesuffix(" (deleted)")
    text = MERGED.sub(r"/usr/\1/", text)
    text = "/run/" + text.removeprefix("/var/run/") if text.startswith("/var/run/") else text
    return text.rstrip("/") if len(text) > 1 else text


def program(value: Any) -> str:
    """Give a program's file: of a command line the script, and not what interprets it."""
    found = [word for word in words(value).split(" ") if not word.startswith("-") and not INTERPRETERS.match(word)]
    first = found[0] if found else words(value)
    return DAEMONS.get(first, path(first))


def address(value: Any) -> str:
    """An IP address without the length of its network, and without a port."""
    return re.sub(r"^(\d+\.\d+\.\d+\.\d+)[:/]\d+$", r"\1", words(value))


def length_of(value: Any) -> str:
    """How long the network of an address is said to be, such as /24."""
    found = re.search(r"/\d+$", words(value))
    return found[0] if found else ""


def place(value: Any) -> str:
    """Where something is listened at: address and port, or the path of a socket."""
    text = words(value).removeprefix("tcp ").removeprefix("unix:")
    if text.startswith("/"):
        return path(text)
    return re.sub(r"^(\*|\[::\]|::)?:?(\d+)$", r"0.0.0.0:\2", text)


def caller(value: Any) -> str:
    """Give who calls: a program of the box, or an address."""
    text = words(value)
    return address(text) if re.match(r"\d+\.", text) else program(text)


def lost(value: Any) -> str:
    """Give what is gone: a path, a place at which something was listened, or an address."""
    text = words(value)
    if re.search(r":\d+$", text):
        return place(text)
    return address(text) if re.match(r"\d+\.", text) else program(text)


def user(value: Any) -> str:
    """A user by name."""
    numbers = {str(number): name for name, number in USERS.items()}
    return numbers.get(words(value), words(value))


def nobody(value: Any) -> str:
    """Who starts or sets something: a path, or nobody."""
    text = words(value)
    return "nobody" if text.lower() in HANDS else path(text)


def origin(value: Any) -> str:
    """Where a package came from: the repository's address, or nowhere."""
    text = words(value).removesuffix(" Packages").removesuffix(" ./").rstrip("/")
    text = re.sub(r"^(file:)?(//)?(?=/)", "file:", text)
    return "nowhere" if text.lower() in ("none", "local", "nobody", "-", "") else text


def package(value: Any) -> str:
    """A package's name, or none."""
    text = words(value).split(":")[0]
    return "none" if text.lower() in ("none", "no", "nobody", "-", "") else text


def when(value: Any) -> str:
    """When a job comes: the five fields of a table of cron, or every so many seconds."""
    text = words(value)
    found = re.match(r"^(?:every )?(\d+) ?([a-z]+?)s?$", text) or re.match(r"^(?:every )?(\d+)()$", text)
    if found and (found[2] or "s") in LENGTHS:
        return f"every {int(found[1]) * LENGTHS[found[2] or 's']} s"
    return text


def kept(value: Any) -> str:
    """Where data lies: on disk, in memory, or in a file without a name."""
    text = words(value).lower()
    return {"tmpfs": "memory", "ram": "memory", "unlinked": "deleted"}.get(text, text)


def whole(value: Any) -> str:
    """Give a release as its number."""
    found = re.search(r"\d+", words(value))
    return found[0] if found else words(value).lower().replace("trixie", "13")


FORMS: dict[str, dict[str, Callable[[Any], str]]] = {
    "system": {"name": words},
    "addresses": {"address": address, "set_by": nobody},
    "processes": {"program": program, "user": user, "started_by": nobody, "package": package},
    "ports": {"listens": place, "program": program, "callers": caller},
    "calls": {"program": program, "answers": words},
    "packages": {"name": words, "version": words, "from": origin},
    "changed": {"": path},
    "unowned": {"": path},
    "data": {"path": path, "program": program, "kept": kept},
    "jobs": {"program": program, "when": when, "user": user, "table": nobody, "runs": words},
    "gone": {"": lost},
    "opens": {"": place},
    "cut": {"": caller},
}
"""How each field of each part is brought into one form."""


def target(value: Any, box: Box) -> str:
    """Whom the box calls: address and port, where the box has a name for the address too."""
    if words(value).startswith("/"):
        return path(value)
    text = re.sub(r"^[a-z]+://", "", words(value)).split("/")[0]
    name, _, port = text.partition(":")
    known = {"bank": box.bank, "kanko": box.gone}
    return f"{known.get(name, name)}:{port or 80}"


def size(value: Any) -> str:
    """A size in MiB, whatever its unit."""
    found = re.match(r"^(\d+)(?:\.0)? ?[mM]?i?[bB]?$", words(value))
    number = int(found[1]) if found else -1
    return str(number // 2**20 if number >= 2**20 else number)


class Line(NamedTuple):
    """A line of the inventory, in one form."""

    key: str
    fields: dict[str, frozenset[str]]


class Judged(NamedTuple):
    """What came of a part: lines that are right, and how many are not, in which way."""

    right: int
    wanted: int
    missing: int
    differing: dict[str, int]
    """How many lines are there with another value, by the field."""
    beside: int
    """Lines of what is not so, or that say of something another thing than a line above."""

    @property
    def is_right(self) -> bool:
        """Whether nothing is to be said against it."""
        return self.right == self.wanted and not self.beside


def read(text: str) -> dict[str, Any]:
    """Read the inventory, and hold it against the form.

    Raises:
        Unreadable: it has another form.
    """
    try:
        found = yaml.safe_load(text)
    except yaml.YAMLError as problem:
        raise Unreadable(" ".join(str(problem).split())[:160]) from None
    except RecursionError:
        raise Unreadable("too deep") from None
    except ValueError as problem:  # a date or a number that is none
        raise Unreadable(words(problem)[:160]) from None
    if not isinstance(found, dict):
        raise Unreadable("inventory.yaml")
    after = found.get("after_restart")
    _hold_fields("", "", found)
    _hold_fields("after_restart", "after_restart: ", after)
    parts = {name: found.get(name) for name in LISTS} | {"system": found.get("system")}
    parts |= {name: after.get(name) if isinstance(after, dict) else None for name in AFTER}
    room = LARGEST
    for name, part in parts.items():
        _hold(name, part)
        room -= _length(name, part, room)
    return parts


def _hold_fields(name: str, where: str, row: Any) -> None:
    """Hold the fields of a line against those that there are.

    Raises:
        Unknown: it has another one.
    """
    known = {*FIELDS[name], OWN} if name in KEYS and name != "system" else {*FIELDS[name]}
    more = [words(key) for key in row if key not in known] if isinstance(row, dict) else []
    if more:
        raise Unknown(f"{where}{more[0]}")


def _hold(name: str, part: Any) -> None:
    """Hold a part against the form.

    Raises:
        Unreadable: it has another one.
    """
    if name == "system":
        if not isinstance(part, dict):
            raise Unreadable(name)
        _hold_fields(name, "system: ", part)
        return
    if not isinstance(part, list):
        raise Unreadable(name)
    if len(part) > MOST_LINES:
        raise Unreadable(f"{name}: {len(part)} > {MOST_LINES}")
    for number, row in enumerate(part, 1):
        is_right = KEYS[name] in row if name in KEYS and isinstance(row, dict) else name not in KEYS
        if not is_right or (name not in KEYS and isinstance(row, dict | list)):
            raise Unreadable(f"{name}, {number}")
        if name in KEYS:
            _hold_fields(name, f"{name}, {number}: ", row)


def _length(name: str, part: Any, most: int) -> int:
    """Add up how long the values of a part are: by aliases, YAML can say much with few words.

    Raises:
        Unreadable: it is more than that, or a value is more than a word or a list of words.
    """
    found = 0
    for row in part.values() if isinstance(part, dict) else part:
        for value in row.values() if isinstance(row, dict) else [row]:
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, list | dict | set | tuple) or (isinstance(one, int) and one.bit_length() > 64):
                    raise Unreadable(name)
                found += len(str(one))
                if found > most:
                    raise Unreadable("too long")
    return found


def in_network(parts: dict[str, Any], box: Box) -> dict[str, Any]:
    """Put an inventory's addresses into the network in which the box stands now: Docker chooses another after a reset.

    What is the box's own of an address is the last number. The block that most of them lie in is taken for the network,
    and a length that Docker gives such a network is one as well.
    """
    bare = {name: _without_notes(part) for name, part in parts.items()}
    text = json.dumps(bare, default=str)
    blocks = Counter(found[1] for found in ADDRESS.finditer(text) if not found[1].startswith(("127.", "0.")))
    if not blocks:
        return bare
    most = blocks.most_common(1)[0][0]
    usual = next((length for start, length in USUAL.items() if most.startswith(start)), "")

    def moved(one: re.Match[str]) -> str:
        if one[1] != most:
            return one[0]
        length = one[3] or ""
        return f"{box.block}.{one[2]}" + (
            f"/{box.length}" if most != box.block and length and length == usual else length
        )

    found: dict[str, Any] = json.loads(ADDRESS.sub(moved, text))
    return found


def _without_notes(part: Any) -> Any:
    if not isinstance(part, list):
        return part
    return [{key: value for key, value in row.items() if key != OWN} if isinstance(row, dict) else row for row in part]


def lines_of(name: str, part: Any, box: Box) -> list[Line]:
    """Bring the lines of a part into one form."""
    if name == "system":
        forms = {"release": whole, "memory_mb": size, "processors": lambda value: words(value).removesuffix(".0")}
        return [Line(key, {"value": frozenset({forms.get(key, words)(value)})}) for key, value in part.items()]
    if name not in KEYS:
        return [Line(FORMS[name][""](row), {}) for row in part]
    return [_line(name, row, box) for row in part]


def _line(name: str, row: dict[str, Any], box: Box) -> Line:
    forms, key = FORMS[name], row[KEYS[name]]
    fields = {field: frozenset(map(forms[field], _listed(value))) for field, value in row.items() if field in forms}
    if name == "addresses":
        fields["address"] = frozenset({length_of(key)})
    return Line(target(key, box) if name == "calls" else forms[KEYS[name]](key), fields)


def _listed(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def judge(name: str, lines: list[Line], part: Part) -> Judged:
    """Hold the lines of a part against what is true."""
    forms = FORMS[name]
    key_form = forms.get(KEYS.get(name, ""), words) if name not in ("system", "calls") else words
    true = {key_form(row.key): row.fields for row in part.rows}
    seen, right, differing, beside = set(), 0, Counter[str](), 0
    for line in lines:
        if line.key not in true:
            beside += name != "system" and not _may_be(line.key, part.optional)
            continue
        others = _other_fields(line, true[line.key], forms)
        if line.key in seen:
            beside += bool(others)  # said again is no mistake, said otherwise is one
            continue
        seen.add(line.key)
        differing.update(others)
        right += not others
    return Judged(right, len(true), len(true.keys() - seen), dict(differing), beside)


def may_be(line: Line, part: Part) -> bool:
    """Whether a line is one of a part, or may stand there too."""
    return line.key in {row.key for row in part.rows} or _may_be(line.key, part.optional)


def _may_be(key: str, optional: tuple[str, ...]) -> bool:
    """Whether a line may stand there too: it is named, or lies below a folder or a network that is."""
    return any(key == one or (one[-1] in "/:." and key.startswith(one)) for one in optional)


def _other_fields(line: Line, fields: dict[str, frozenset[str]], forms: dict[str, Any]) -> list[str]:
    """Name the fields of a line that are not as they are in truth."""
    found = []
    for field, wanted in fields.items():
        true = frozenset(map(forms.get(field, words), wanted))
        given = line.fields.get(field, frozenset())
        is_right = given == true if field == ALL else len(given) == 1 and given <= true
        if not is_right:
            found.append(field)
    return found
