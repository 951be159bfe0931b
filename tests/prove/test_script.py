"""The script that an adopted end state becomes: no name of a stranger is more than a word in it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from kikori.content.changes import read_changes
from kikori.engine.inspection.file_comparison import File, Files
from kikori.errors import KikoriError
from kikori.model import Command
from kikori.prove.from_submission import head_of
from kikori.prove.mutation.script import script

PARAMS = {"line": "417", "port": "8080"}
ENVIRONMENT = {"KIKORI_LINE": "417", "KIKORI_PORT": "8080"}
EVIL = [
    "$(touch owned)417",
    "`touch owned`417",
    "a'$(touch owned)'417",
    'a"$(touch owned)"417',
    "a;touch owned;417",
    "a\ntouch owned\n417",
    "a\\417",
    "${IFS}417",
    "a|b",
    "a>b",
    "a*",
    "a\u202eb",
    "a\u200bb",
    "a\x1b[2J",
    "caf\udce9",
    "~root",
    "!!417",
    "#417",
]


def plain(data: bytes, mode: int = 0o644) -> File:
    return ("0", mode, 0, 0, data)


def link(to: str) -> File:
    return ("2", 0o777, 0, 0, to.encode("utf-8", "surrogateescape"))


def executed(text: str, folder: Path, **environment: str) -> None:
    folder.mkdir(exist_ok=True)
    variables = {"PATH": os.environ["PATH"], **(environment or ENVIRONMENT)}
    subprocess.run(["sh", "-euc", text], cwd=folder, env=variables, check=True, capture_output=True)


@pytest.mark.parametrize("name", EVIL)
@pytest.mark.parametrize("where", ["file", "folder", "link", "target", "gone"])
def test_a_name_that_could_be_more_than_a_word_is_refused_and_told(name: str, where: str) -> None:
    before: dict[str, Files] = {"gone": {name: plain(b"x\n")}}
    after: dict[str, Files] = {
        "file": {name: plain(b"x\n")},
        "folder": {name: ("5", 0o755, 0, 0, b"")},
        "link": {name: link("x")},
        "target": {"x": link(name)},
        "gone": {},
    }
    with pytest.raises(KikoriError, match="no name for a script") as refused:
        script(before.get(where, {}), after[where], PARAMS, absolute=False)
    assert refused.value.message.isprintable()
    assert "by hand" in refused.value.hint


NAMES = ["index.html", ".hidden-417", "a b 417", "x/y@z+1,2:3=4%5", "-rf", "--reference=x417", "日本語417", "a=b"]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_is_a_word_is_made_and_taken_away_again(name: str, tmp_path: Path) -> None:
    folders: Files = {"x": ("5", 0o755, 0, 0, b"")}
    after = {**folders, name: plain(b"line 417\n", 0o640), f"{name}.link": link(name)}
    executed(script({}, after, PARAMS, absolute=False), tmp_path / "there")
    assert (tmp_path / "there" / name).read_text() == "line 417\n"
    assert (tmp_path / "there" / name).stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "there" / f"{name}.link").readlink() == Path(name)
    executed(script(after, folders, PARAMS, absolute=False), tmp_path / "there")
    assert [path.name for path in (tmp_path / "there").iterdir()] == ["x"]
    assert not list((tmp_path / "there" / "x").iterdir())


def test_a_content_is_copied_only_from_where_it_still_is(tmp_path: Path) -> None:
    before: Files = {"a": plain(b"old 417\n"), "$(touch owned)": plain(b"twin\n"), "kept": plain(b"moved\n")}
    after: Files = {
        "$(touch owned)": plain(b"twin\n"),
        "a": plain(b"new\n"),
        "b": plain(b"old 417\n"),
        "c": plain(b"twin\n"),
        "d": plain(b"moved\n"),
    }
    there = tmp_path / "there"
    there.mkdir()
    for name, file in before.items():
        (there / name).write_bytes(file[4])
    text = script(before, after, PARAMS, absolute=False)
    executed(text, there)
    assert {path.name: path.read_bytes() for path in there.iterdir()} == {name: one[4] for name, one in after.items()}
    assert "cp -- kept d" in text
    assert "touch owned" not in text


@pytest.mark.parametrize("before", [{}, {"t": link("n/m")}, {"t": ("5", 0o755, 0, 0, b"")}])
def test_nothing_is_written_through_a_link(before: Files) -> None:
    """``n/m/s/..`` reads like a folder inside, and is the one above the workspace where ``s`` leads to its top."""
    after = {"n/m/s": link("../.."), "t": link("n/m/s/.."), "t/owned": plain(b"x\n")}
    with pytest.raises(KikoriError, match="behind a link"):
        script(before, after, {}, absolute=False)


@pytest.mark.parametrize("old", [link("outside"), ("5", 0o755, 0, 0, b"")], ids=["link", "folder"])
def test_what_becomes_a_file_is_taken_away_first(old: File, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.mkdir()
    (there / "f").symlink_to("../outside") if old[0] == "2" else (there / "f").mkdir()
    executed(script({"f": old}, {"f": plain(b"x\n")}, {}, absolute=False), there)
    assert (there / "f").read_bytes() == b"x\n"
    assert not (tmp_path / "outside").exists()


def test_the_values_of_an_attempt_become_variables_in_names_and_texts(tmp_path: Path) -> None:
    text = script({}, {"log-417": plain(b"port 8080, not 18080\n")}, PARAMS, absolute=False)
    executed(text, tmp_path / "there", KIKORI_LINE="9", KIKORI_PORT="443")
    assert (tmp_path / "there/log-9").read_text() == "port 443, not 18080\n"


CONTENTS = [
    b"$(touch owned) `touch owned` $HOME \\ \"'417'\" 417 '8080'\n",
    b"KIKORI_END\ntouch owned\n417\n",
    b"a\\\nb 417\\\n",
    b"no end 417",
    b"\xff\x00 417\n",
    b"417\r\n",
    b"",
    b"${KIKORI_LINE} 417\n",
    b"'\n417\n'\n",
]


@pytest.mark.parametrize("content", CONTENTS)
@pytest.mark.parametrize("params", [PARAMS, {}, {"a": "KIKORI", "b": "LINE", "c": "END", **PARAMS}])
def test_a_content_comes_out_as_it_went_in(content: bytes, params: dict[str, str], tmp_path: Path) -> None:
    values = {f"KIKORI_{name.upper()}": value for name, value in params.items()} or {"X": ""}
    executed(script({}, {"f": plain(content)}, params, absolute=False), tmp_path / "there", **values)
    assert [path.name for path in (tmp_path / "there").iterdir()] == ["f"]
    assert (tmp_path / "there/f").read_bytes() == content


def test_a_value_within_base64_is_no_value() -> None:
    text = script({}, {"f": plain(b"\xd7M\xf8\x00" * 30)}, {"a": "Td"}, absolute=False)
    assert "KIKORI_A" not in text


LINES = [
    "service: workspace",
    "then: none",
    "fails: test_other",
    "after: fixes/other",
    "\x1b[2J",
    "a\u2028# service: x",
]


@pytest.mark.parametrize("line", LINES)
def test_what_a_learner_typed_says_nothing_of_where_the_script_runs(line: str, tmp_path: Path) -> None:
    """Else a script for a container would be carried out on the author's own computer."""
    trail = (Command(number=1, at=0, service="web", line=line, exit_code=0, seconds=0),)
    (tmp_path / "x.sh").write_text(head_of("web", "test_page", trail) + "true\n", encoding="utf-8")
    (change,) = read_changes(tmp_path, "other")
    assert (change.service, change.restart, change.fails, change.after) == ("web", True, "test_page", "")
    assert (tmp_path / "x.sh").read_text().replace("\n", "").isprintable()
