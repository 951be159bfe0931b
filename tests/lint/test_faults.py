"""The rules of faults, of their scripts, and of what is told about them too early."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kikori import paths
from kikori.content import Catalog
from kikori.lint import lint
from kikori.lint.rules import lab as rule
from kikori.lint.subjects.script import commands, told_in
from kikori.prove import demands

from .spoiling import LAB, Spoil, hold, look, name

pytestmark = pytest.mark.slow

TOML = f"{LAB}/lab.toml"
CLOSED = f"{LAB}/faults/closed-page"
WRITERS = "test_page_is_not_open_to_writers"
TRAP = f"{CLOSED}/traps/open-to-everyone.sh"

SPOILS = [
    Spoil("two-fixes", f"{CLOSED}/fixes", "", None, "write fixes/NAME.sh"),
    Spoil("two-traps", f"{LAB}/faults/half-edit/traps", "", None, "write traps/NAME.sh"),
    Spoil("trap-names-a-check", TRAP, "# fails: test_page_is_not_open_to_writers\n", "", "# fails: CHECK"),
    Spoil(
        "trap-names-a-check",
        TRAP,
        "open_to_writers",
        "open",
        "test_page_is_not_open_to_writers",
        "# fails:",
    ),
    Spoil("trap-names-a-check", f"{CLOSED}/traps/stub/.change", None, "# nothing\n", "# fails: CHECK"),
    Spoil(
        "changes-differ",
        f"{CLOSED}/fixes/the-same.sh",
        None,
        "#!/bin/sh\nchmod 644  /srv/www/index.html\n",
        "another way",
    ),
    Spoil("service-known", TOML, 'component = "web"', 'component = "wep"', "write one of: web", at="wep"),
    Spoil("service-known", TOML, 'shell = "web"', 'shell = "workspace"', "write one of: web", at="shell"),
    Spoil("service-known", TRAP, "#!/bin/sh\n", "#!/bin/sh\n# service: proxy\n", "write one of: web", at="proxy"),
    Spoil("service-known", TOML, "shell =", 'equipment = ["wep"]\nshell =', "write one of: web", at="equipment"),
    Spoil("equipment-is-the-labs", TOML, "shell =", 'equipment = ["web"]\nshell =', "take web out", at="equipment"),
    Spoil(
        "events-in-a-service",
        TOML,
        "[title]",
        '[[events]]\nservice = "workspace"\npath = "/a"\nkind = "pager"\n\n[title]',
        "write one of: web",
        at='service = "workspace"',
    ),
    Spoil("uses-known", TOML, "shell =", 'uses = ["web", "month"]\nshell =', "take month out", at="uses"),
    Spoil("shebang", TRAP, "#!/bin/sh\n", "", "#!/bin/sh", at="# fails"),
    Spoil("shebang", f"{LAB}/images/web/more.sh", None, "echo\n", "#!/bin/sh", at="echo"),
]


@pytest.mark.parametrize("spoil", SPOILS, ids=name)
def test_break_is_found_and_nothing_else(content: Path, spoil: Spoil) -> None:
    hold(content, spoil)


def test_as_many_fixes_and_traps_as_prove_demands() -> None:
    assert rule.LEAST == demands.LEAST


def test_equipment_that_keeps_a_volume_is_found(content: Path, lab: Path) -> None:
    """A replay fills volumes from the submission, whoever mounts them."""
    compose, toml = lab / "compose.yaml", lab / "lab.toml"
    named = "services:\n  bell:\n    image: debian:trixie-slim\n    volumes: [kept:/kept]\n"
    compose.write_text(compose.read_text(encoding="utf-8").replace("services:\n", named, 1), encoding="utf-8")
    toml.write_text(
        toml.read_text(encoding="utf-8").replace("shell =", 'equipment = ["bell"]\nshell ='), encoding="utf-8"
    )
    (found,) = (one for one in look(content) if one.rule == "equipment-is-the-labs")
    assert found.message == "bell is no equipment: it keeps a volume, which a submission fills"


def test_repair_lab_without_a_fault_is_found(content: Path, lab: Path) -> None:
    shutil.rmtree(lab / "faults")
    toml = lab / "lab.toml"
    toml.write_text(toml.read_text(encoding="utf-8").split("[faults.missing-page]")[0], encoding="utf-8")
    found = {one.rule: one for one in look(content)}
    assert found.keys() == {"repair-has-faults", "three-rungs"}
    assert "[faults.NAME]" in found["repair-has-faults"].fix


@pytest.mark.parametrize(
    "path", ["faults/closed-page/break.sh", "faults/closed-page/fixes/readable-by-all.sh", "images/web/run"]
)
def test_script_that_is_not_executable_is_found(content: Path, lab: Path, path: str) -> None:
    (lab / path).chmod(0o644)
    (one,) = look(content)
    assert (one.rule, one.file, one.fix) == ("executable", str(lab / path), f"chmod +x {lab / path}")


@pytest.fixture
def unfinished(content: Path) -> Path:
    """The folder of a lab of unfinished work beside the other one."""
    model = paths.ROOT / "labs/_models/build"
    shutil.copytree(model / "lab", content / "labs/hours")
    shutil.copytree(model / "grader", content / "graders/hours", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(paths.ROOT / "labs/_images/python", content / "labs/_images/python")
    return content / "labs/hours"


def test_unfinished_workspace_of_a_build_lab_may_have_any_script(content: Path, lab: Path, unfinished: Path) -> None:
    for folder in (lab, unfinished):
        (folder / "workspace").mkdir(exist_ok=True)
        (folder / "workspace" / "run.sh").write_text("echo\n", encoding="utf-8")
    assert {(one.rule, one.lab) for one in look(content)} == {("executable", lab.name), ("shebang", lab.name)}


def test_service_may_be_built_from_a_folder_of_the_workspace(content: Path, unfinished: Path) -> None:
    shutil.copytree(unfinished / "workspace", unfinished / "workspace/desk")
    Spoil("", "labs/hours/compose.yaml", "${KIKORI_WORKSPACE}", "${KIKORI_WORKSPACE}/desk", "").carry_out(content)
    assert look(content) == ()


def test_patches_differ_by_their_hunks(content: Path, unfinished: Path) -> None:
    right = (unfinished / "fixes/compare.diff").read_text(encoding="utf-8")
    late = unfinished / "traps/an-hour-late.diff"
    late.write_text("# fails: test_open_during_the_day\n" + right.replace("OPENS <=", "OPENS <"), encoding="utf-8")
    assert look(content) == ()
    late.write_text("# fails: test_open_during_the_day\n" + right, encoding="utf-8")
    assert [(one.rule, Path(one.file).name) for one in look(content)] == [("changes-differ", late.name)]


def test_unfinished_work_has_fixes_and_traps_that_differ(content: Path, unfinished: Path) -> None:
    assert look(content) == ()
    shutil.copy(unfinished / "traps/never-open.sh", unfinished / "traps/shut.sh")
    assert [(one.rule, Path(one.file).name) for one in look(content)] == [("changes-differ", "shut.sh")]
    shutil.rmtree(unfinished / "traps")
    (unfinished / "fixes/list-the-hours.sh").unlink()
    found = {one.rule: one.message for one in look(content)}
    assert found["two-fixes"] == "1 fixes for the unfinished work"
    assert found["two-traps"] == "0 traps for the unfinished work"


def test_one_fix_is_too_few_for_a_fault(content: Path) -> None:
    for fix in sorted((content / CLOSED / "fixes").iterdir())[1:]:
        fix.unlink()
    assert ("two-fixes", "fixes") in {(one.rule, Path(one.file).name) for one in look(content)}


@pytest.mark.skipif(not shutil.which("shellcheck"), reason="shellcheck is not installed")
@pytest.mark.parametrize("path", ["faults/closed-page/fixes/readable-by-all.sh", "images/web/run"])
def test_shellcheck_is_asked_about_every_script(content: Path, lab: Path, path: str) -> None:
    assert lint(Catalog([content])).findings == ()
    file = lab / path
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("#!/bin/sh\n", "#!/bin/sh\ncat $1\n"), encoding="utf-8")
    found = lint(Catalog([content]))
    (one,) = found.findings
    assert (one.rule, one.lab, one.file, one.line) == ("shellcheck-clean", "first-look", str(file), 2)
    assert one.message.startswith("SC2086: ")
    assert one.fix.startswith(f"shellcheck {file} ")
    assert found.notes == ()


def test_machine_without_shellcheck_is_told_and_that_is_no_finding(content: Path) -> None:
    found = lint(Catalog([content]), tool="no-such-shellcheck")
    assert (found.findings, found.exit_code) == ((), 0)
    assert "apt-get install shellcheck" in found.notes[0]


def test_commands_are_seen_without_what_they_write() -> None:
    text = """#!/bin/sh
# service: web
X=1
for file in a b; do
  sed 's|a|b; c|' "$file" > new && mv new "$file"
done
cat > /etc/x <<'END'
rm -rf /
END
if nginx -t; then sv restart \\
  nginx; fi
"""
    assert commands(text) == (
        """sed 's|a|b; c|' "$file" > new""",
        'mv new "$file"',
        "cat > /etc/x",
        "nginx -t",
        "sv restart nginx",
    )


@pytest.mark.parametrize(
    ("text", "command", "told"),
    [
        ("Try `chmod 644` on it.", "chmod 644 /srv/x", "chmod 644"),
        ("Try chmod 644.", "chmod 644 /srv/x", "chmod 644"),
        ("`sed -i` を使おう。", "sed -i 's/a/b/' x", "sed -i"),
        ("Look at its mode.", "chmod 644 /srv/x", ""),
        ("It has mode chmod 6440.", "chmod 644 /srv/x", ""),
        ("Then reboot.", "reboot", ""),
        ("Then `reboot`.", "reboot", "reboot"),
    ],
)
def test_text_tells_a_command(text: str, command: str, told: str) -> None:
    assert told_in(text, command) == told
