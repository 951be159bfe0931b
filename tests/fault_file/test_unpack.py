"""A setter's file is a stranger's: what is wrong with it is refused in a sentence, and nothing is written."""

from __future__ import annotations

import json
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from kikori.content import Catalog
from kikori.errors import Exit, KikoriError
from kikori.fault_file import Script, Solution, read_fault_file, read_for
from kikori.fault_file.format import MOST_FILES, MOST_SCRIPT, MOST_WORKSPACE
from kikori.fault_file.unpack import judge_solution, refuse_other_lab, refuse_unsuited
from kikori.model import Kind, Lab, Text
from kikori.submission.format import Refused

from .conftest import Members, Written, entry, tar

GIB = 2**30
Change = Callable[[Members], object]


@pytest.fixture(autouse=True)
def nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever a file says, reading it leaves nothing beside it nor in the temporary folder."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    before = {path.name for path in tmp_path.parent.iterdir()}
    yield
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] in ([], ["grace.fault"])
    assert {path.name for path in tmp_path.parent.iterdir()} == before


def refusal(file: Path) -> str:
    """What is said of a file that is refused; always one line, which names it."""
    with pytest.raises(Refused) as caught:
        read_fault_file(file)
    assert caught.value.exit_code is Exit.USAGE
    assert "\n" not in caught.value.message
    assert caught.value.message.startswith(f"{file.name}: ")
    assert caught.value.hint
    return caught.value.message


def told(**changes: Any) -> Change:
    """Say something else in the manifest; ``...`` leaves a key out."""

    def change(members: Members) -> None:
        said = json.loads(members["manifest.json"]) | changes
        members["manifest.json"] = json.dumps({key: one for key, one in said.items() if one is not ...}).encode()

    return change


def member(name: str, data: bytes) -> Change:
    return lambda members: members.update({name: data})


def test_good_one_is_read_whole(written: Written, members: Members, lab: Lab) -> None:
    found = read_fault_file(written(members))
    assert found.manifest.symptom == "Nobody gets an order through."
    assert found.scripts == (
        Script(service="orders", text="rm -rf -- /etc/motd\n", restart=True),
        Script(service="orders", text="kill -STOP 1\n"),
    )
    assert found.workspace == {"orders.conf": ("port = 1\n", False), "new/notes.txt": ("覚え書き\n", False)}
    assert found.sealed == b"\x01" * 80
    refuse_other_lab(found, lab)


def test_what_is_open_is_bound_to_the_seal(written: Written, members: Members) -> None:
    before = read_fault_file(written(members)).bound
    for name, data in members.items():
        other = {**members, name: data + b" "} if name != "workspace.tar" else {**members, name: tar(("a", b"b"))}
        assert (read_fault_file(written(other)).bound == before) is (name == "sealed"), name


# --- the file as a whole


@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.9, 0.999])
def test_truncated_file(written: Written, members: Members, share: float) -> None:
    file = written(members)
    file.write_bytes(file.read_bytes()[: int(file.stat().st_size * share)])
    assert "not a whole .fault file" in refusal(file)


@pytest.mark.parametrize("data", [b"just text\n", b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 17, b"\x1f\x8b" * 99])
def test_file_that_is_no_archive(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "grace.fault"
    file.write_bytes(data)
    assert "not a whole .fault file" in refusal(file)


def test_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(KikoriError, match="there is no such file"):
        read_fault_file(tmp_path / "gone.fault")


def test_folder_in_the_place_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "grace.fault").mkdir()
    assert "no plain file at all" in refusal(tmp_path / "grace.fault")


def test_submission_in_the_place_of_a_fault(written: Written) -> None:
    assert "'events.jsonl' is no member of a setter's file" in refusal(written({"events.jsonl": b""}))


@pytest.mark.slow
def test_a_gigabyte_packed_into_a_few_kilobytes(tmp_path: Path, members: Members) -> None:
    file = tmp_path / "grace.fault"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
        with archive.open("breaks/3.sh", "w", force_zip64=False) as bomb:
            for _ in range(GIB // 2**20):
                bomb.write(bytes(2**20))
    assert file.stat().st_size < 2 * 2**20
    assert "bytes unpacked" in refusal(file)


def test_a_gigabyte_as_it_is(tmp_path: Path, members: Members) -> None:
    file = tmp_path / "grace.fault"
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    whole = file.read_bytes()
    with file.open("wb") as sparse:
        sparse.write(whole)
        sparse.truncate(GIB)
    assert "not a whole .fault file" in refusal(file)


@pytest.mark.parametrize(
    "name", ["../sealed", "/sealed", "breaks/../sealed", "breaks/10.sh", "breaks/1.py", "fixes/1.sh"]
)
def test_member_that_no_file_has(written: Written, members: Members, name: str) -> None:
    assert f"{name!r} is no member of a setter's file" in refusal(written({**members, name: b"x"}))


def test_member_that_is_a_link(tmp_path: Path, members: Members) -> None:
    file = tmp_path / "grace.fault"
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = (0o120777 if name == "sealed" else 0o100644) << 16
            archive.writestr(info, data)
    assert "sealed is a link or no file at all" in refusal(file)


# --- what it says

MANIFESTS: dict[str, tuple[Change, str]] = {
    "another format": (told(format=2), "made by another version of Kikori (format 2; this one reads 1)"),
    "no format": (told(format=...), "made by another version of Kikori (format None"),
    "an unknown key": (told(more=1), "manifest.json is damaged: Object contains unknown field `more`"),
    "a lab that is a path": (told(lab="../first-look"), "manifest.json is damaged"),
    "a fault that is a path": (told(fault="../../x"), "manifest.json is damaged"),
    "the name of a fault of the lab": (told(fault="privileged-port"), "manifest.json is damaged"),
    "no symptom": (told(symptom=""), "manifest.json is damaged"),
    "an endless symptom": (told(symptom="a" * 1001), "manifest.json is damaged"),
    "too many guesses": (told(guesses=[{"what": "a", "shows": "b"}] * 6), "manifest.json is damaged"),
    "too many breaks": (told(breaks=[{"service": "orders"}] * 10), "manifest.json is damaged"),
    "a service that is an option": (told(breaks=[{"service": "--privileged"}] * 2), "manifest.json is damaged"),
    "a break that is missing": (told(breaks=[{"service": "orders"}] * 3), "breaks/3.sh is missing"),
    "a break that nobody names": (told(breaks=[{"service": "orders"}]), "breaks/2.sh is not in its manifest"),
    "no JSON": (member("manifest.json", b"{"), "manifest.json is damaged"),
    "nested JSON": (member("manifest.json", b"[" * 40 + b"]" * 40), "nested more than 16 times"),
    "no manifest": (lambda members: members.pop("manifest.json"), "manifest.json is missing"),
    "no seal": (lambda members: members.pop("sealed"), "sealed is missing"),
    "a seal that is too large": (member("sealed", bytes(2**18 + 1)), "sealed is 262145 bytes"),
    "a script that is too long": (member("breaks/1.sh", b"a" * (MOST_SCRIPT + 1)), "breaks/1.sh is 98305 bytes"),
    "a script with a zero byte": (member("breaks/1.sh", b"true\0rm"), "breaks/1.sh is no script"),
    "a script of blanks": (member("breaks/1.sh", b" \n"), "breaks/1.sh is no script"),
    "a script that is no text": (member("breaks/1.sh", b"\xff\xfe"), "breaks/1.sh is damaged"),
}


@pytest.mark.parametrize(("change", "message"), MANIFESTS.values(), ids=MANIFESTS)
def test_manifest_and_scripts(written: Written, members: Members, change: Change, message: str) -> None:
    change(members)
    assert message in refusal(written(members))


def test_nothing_changed(written: Written, members: Members) -> None:
    told(breaks=[])(members)
    for name in ("breaks/1.sh", "breaks/2.sh", "workspace.tar"):
        del members[name]
    assert "it changes nothing" in refusal(written(members))


WORKSPACES: dict[str, tuple[bytes, str]] = {
    "a path outside": (tar(("../.bashrc", b"x")), "leads out of its folder"),
    "an absolute path": (tar(("/etc/cron.d/x", b"x")), "leads out of its folder"),
    "a path that climbs": (tar(("a/../../x", b"x")), "leads out of its folder"),
    "a link": (tar(entry("orders.conf", tarfile.SYMTYPE, "/etc/passwd")), "is no plain file"),
    "a link that stays inside": (tar(entry("a", tarfile.SYMTYPE, "orders.conf")), "is no plain file"),
    "a hard link": (tar(("a", b"x"), entry("b", tarfile.LNKTYPE, "a")), "neither a plain file"),
    "a device": (tar(entry("null", tarfile.CHRTYPE)), "neither a plain file"),
    "a pipe": (tar(entry("pipe", tarfile.FIFOTYPE)), "neither a plain file"),
    "a folder": (tar(entry("folder", tarfile.DIRTYPE)), "is no plain file"),
    "a file of the repository": (tar((".git/hooks/post-commit", b"x")), "is no path inside a workspace"),
    "the same in capitals": (tar((".GIT/config", b"x")), "is no path inside a workspace"),
    "one name twice": (tar(("a", b"1"), ("a", b"2")), "two files of the name"),
    "a file below a file": (tar(("a", b"1"), ("a/b", b"2")), "stands below"),
    "a name with a line break": (tar(("a\nb", b"x")), "is no name for a file"),
    "a name with an escape": (tar(("\x1b[2J", b"x")), "is no name for a file"),
    "a name that hides its order": (tar(("a\u202eb", b"x")), "is no name for a file"),
    "a name in quotes": (tar(('a"b', b"x")), "is no name for a file"),
    "no text": (tar(("a", b"\xff\xfe\0")), "is no text"),
    "too many files": (tar(*((f"{number}", b"x") for number in range(MOST_FILES + 1))), "more than 64 files"),
    "too much": (tar(("a", bytes(b"x" * (MOST_WORKSPACE + 1)))), "more than 1024 KiB"),
    "rubbish": (b"x" * 5000, "workspace.tar is damaged"),
    "cut off": (tar(("a", b"x" * 2000))[:1200], "workspace.tar is damaged"),
}


@pytest.mark.parametrize(("data", "message"), WORKSPACES.values(), ids=WORKSPACES)
def test_workspace(written: Written, members: Members, data: bytes, message: str) -> None:
    assert message in refusal(written({**members, "workspace.tar": data}))


@pytest.mark.parametrize("path", ["../../etc/passwd", "/etc/passwd", ".git/config", "a//b", ".", "", "a\nb"])
def test_files_that_are_gone_are_judged_too(written: Written, members: Members, path: str) -> None:
    told(gone=[path])(members)
    assert "is no" in refusal(written(members))


# --- what fits a lab

MISFITS: dict[str, tuple[Change, str]] = {
    "another lab": (told(lab="first-look", scene="0" * 16), "it was made for another version of first-look (0000"),
    "another version": (told(scene="0123456789abcdef"), "it was made for another version of silent-exit (0123"),
    "a service that is not there": (
        told(breaks=[{"service": "orders"}, {"service": "payments"}]),
        "it changes payments, which no setter changes in silent-exit",
    ),
    "the workspace as a service": (
        told(breaks=[{"service": "workspace"}] * 2),
        "it changes workspace, which no setter",
    ),
    "the engine as a service": (told(breaks=[{"service": "engine"}] * 2), "it changes engine, which no setter"),
    "a file that is not there gone": (told(gone=["nothing.conf"]), "takes 'nothing.conf' away"),
}


@pytest.mark.slow
@pytest.mark.parametrize(("change", "message"), MISFITS.values(), ids=MISFITS)
def test_file_of_another_lab(written: Written, members: Members, change: Change, message: str) -> None:
    change(members)
    with pytest.raises(Refused) as caught:
        read_for(written(members), Catalog())
    assert message in caught.value.message
    assert caught.value.message.startswith("grace.fault: ")


def test_lab_that_is_not_there(written: Written, members: Members) -> None:
    told(lab="on-the-moon")(members)
    with pytest.raises(KikoriError, match="There is no lab called 'on-the-moon'"):
        read_for(written(members), Catalog())


def test_file_for_one_lab_is_none_for_another(written: Written, members: Members) -> None:
    with pytest.raises(Refused, match="it was made for silent-exit, and this is first-look"):
        refuse_other_lab(read_fault_file(written(members)), Catalog().lab("first-look"))


def test_workspace_of_a_lab_without_one(written: Written, members: Members) -> None:
    plain = Catalog().lab("first-look")
    found = read_fault_file(written(members))
    manifest = replace(found.manifest, lab="first-look", scene=_scene(plain), breaks=())
    with pytest.raises(Refused, match="it changes a workspace, which first-look does not have"):
        refuse_other_lab(replace(found, manifest=manifest, scripts=()), plain)


def test_equipment_is_nobodys_to_change(written: Written, members: Members, lab: Lab) -> None:
    about = replace(lab.about, equipment=("orders",))
    with pytest.raises(Refused, match="it changes orders, which no setter changes"):
        refuse_other_lab(read_fault_file(written(members)), replace(lab, about=about))


def test_lab_that_can_reach_the_outside_takes_no_file(lab: Lab) -> None:
    with pytest.raises(Refused, match="a route to the outside"):
        refuse_unsuited(replace(lab, about=replace(lab.about, outside=Text(en="It fetches."))))
    with pytest.raises(Refused, match="unfinished work"):
        refuse_unsuited(replace(lab, about=replace(lab.about, kind=Kind.BUILD)))


def _scene(lab: Lab) -> str:
    from kikori.proof_keys import scene_key

    return scene_key(lab)


LINK = "diff --git a/x b/x\nnew file mode 120000\n--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+/etc/passwd\n"
SOLUTIONS: dict[str, tuple[Solution, str]] = {
    "a place that is not there": (
        Solution(cause="a", component="payments", patch="x"),
        "payments is no service of silent-exit",
    ),
    "no fix": (Solution(cause="a", component="orders"), "a solution has one fix"),
    "two fixes": (
        Solution(cause="a", component="orders", patch="x", fix=Script(service="orders", text="true")),
        "a solution has one fix",
    ),
    "a fix on this computer": (
        Solution(cause="a", component="orders", fix=Script(service="workspace", text="true")),
        "its fix runs in workspace",
    ),
    "a fix with the engine": (
        Solution(cause="a", component="orders", fix=Script(service="engine", text="true")),
        "its fix runs in engine",
    ),
    "a patch that makes a link": (Solution(cause="a", component="orders", patch=LINK), "more than a patch of text"),
    "a patch of what nobody reads": (
        Solution(cause="a", component="orders", patch="GIT binary patch\n"),
        "more than a patch of text",
    ),
}


@pytest.mark.parametrize(("solution", "message"), SOLUTIONS.values(), ids=SOLUTIONS)
def test_solution_that_no_author_takes_over(lab: Lab, solution: Solution, message: str) -> None:
    with pytest.raises(Refused) as caught:
        judge_solution(solution, lab)
    assert message in caught.value.message
