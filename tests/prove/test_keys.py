"""What voids a proof, and what does not: each direction."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kikori import paths
from kikori.content import Catalog
from kikori.proof_keys import engine as engine_module
from kikori.proof_keys import scene_key
from kikori.proof_keys.lab import without_titles
from kikori.prove.status import keys_of

pytestmark = pytest.mark.slow

LAB = "four-signals"
FIX = "fixes/buckets-and-a-sum"
Change = Callable[[Path], object]


def append(file: str, text: str = "# more\n") -> Change:
    def change(root: Path) -> None:
        with (root / file).open("a", encoding="utf-8") as opened:
            opened.write(text)

    return change


def replace(file: str, old: str, new: str) -> Change:
    def change(root: Path) -> None:
        text = (root / file).read_text(encoding="utf-8")
        assert old in text
        (root / file).write_text(text.replace(old, new), encoding="utf-8")

    return change


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A content root with a few labs and all shared images."""
    for name in ("first-look", "deleted-but-open", LAB):
        shutil.copytree(paths.ROOT / "labs" / name, tmp_path / "labs" / name)
        shutil.copytree(
            paths.ROOT / "graders" / name, tmp_path / "graders" / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copytree(paths.ROOT / "labs/_images", tmp_path / "labs/_images")
    return tmp_path


def key(root: Path, name: str = "first-look") -> dict[str, str]:
    """The key of each demand of a lab."""
    return keys_of(Catalog([root]).lab(name))


ROUND = "[[round]]\nday = 2026-01-31\nright = 3\nwrong = 6\nsurprises = []\n"
BREAK = "labs/first-look/faults/closed-page/break.sh"
VOIDS: dict[str, Change] = {
    "a fault that does otherwise": append(BREAK),
    "a fault that is no program any more": lambda root: (root / BREAK).chmod(0o644),
    "a fix that does otherwise": append("labs/first-look/faults/closed-page/fixes/readable-by-all.sh"),
    "a trap that is gone": lambda root: (root / "labs/first-look/faults/closed-page/traps/workers-as-root.sh").unlink(),
    "a new trap": lambda root: shutil.copy(
        root / BREAK, root / "labs/first-look/faults/closed-page/traps/break-it-again.sh"
    ),
    "another system": append("labs/first-look/compose.yaml"),
    "another image": append("labs/first-look/images/web/Dockerfile"),
    "a shared image below it": append("labs/_images/server/Dockerfile"),
    "another check": replace("graders/first-look/test_timetable.py", "0o022", "0o077"),
    "another range of a parameter that is called like what is told": replace(
        "labs/deleted-but-open/lab.toml", "minutes = { range = [25, 55] }", "minutes = { range = [1, 2] }"
    ),
    "what looks like prose in an image": lambda root: (root / "labs/first-look/images/web/notes.md").write_text("x"),
    "what looks like rounds in an image": lambda root: (root / "labs/first-look/images/web/rounds.toml").write_text(
        "x"
    ),
    "another parameter": append("labs/first-look/lab.toml", '\n[params.more]\nchoice = ["a", "b"]\n'),
    "a route outside": replace("labs/first-look/lab.toml", "[title]", '[outside]\nen = "Mail."\n\n[title]'),
    "a name for a program": lambda root: (root / "labs/first-look/images/web/link").symlink_to("Dockerfile"),
}
LEAVES: dict[str, Change] = {
    "a word in the task": append("labs/first-look/task.md"),
    "a word in the Japanese debrief": append("labs/first-look/debrief.ja.md"),
    "the title": replace("labs/first-look/lab.toml", '[title]\nen = "', '[title]\nen = "Oh: '),
    "a hint": replace("labs/first-look/lab.toml", '[[hints]]\nen = "', '[[hints]]\nen = "Well: '),
    "a record for the timeline": append(
        "labs/first-look/lab.toml", '\n[[events]]\nservice = "web"\npath = "/a"\nkind = "pager"\n'
    ),
    "the minutes": replace("labs/first-look/lab.toml", "\nminutes = ", "\nminutes = 1"),
    "the mark scheme": append("graders/first-look/rubric.toml"),
    "a blind round that was held": append("graders/first-look/rounds.toml", ROUND),
    "a sample that was marked": append("graders/first-look/samples.toml", "# one more"),
    "what a check says": lambda root: (root / "graders/first-look/reasons.toml").write_text('[x]\nen = "y"\n'),
    "the marks on spoiled fixes": lambda root: (
        (root / "graders/first-look/mutants.toml").write_text('[equal]\nx = "y"\n'),
    ),
    "a check's title": replace("graders/first-look/test_timetable.py", "    ja: ", "    ja: さて、"),
    "a shared image that it does not stand on": append("labs/_images/shop/Dockerfile"),
    "another lab": append(f"labs/{LAB}/compose.yaml"),
    "what Python leaves behind": lambda root: (
        (root / "graders/first-look/__pycache__").mkdir(),
        (root / "graders/first-look/__pycache__/x.pyc").write_bytes(b"x"),
    ),
}


@pytest.mark.parametrize("change", VOIDS.values(), ids=VOIDS)
def test_voids_the_proofs_of_a_lab(content: Path, change: Change) -> None:
    before = {name: key(content, name) for name in ("first-look", "deleted-but-open")}
    change(content)
    assert any(key(content, name) != one for name, one in before.items())


FAULT = "labs/first-look/faults/closed-page"
PARTS: dict[str, tuple[Change, Callable[[str], bool]]] = {
    "a break": (append(f"{FAULT}/break.sh"), lambda name: name.startswith("closed-page")),
    "the first fix": (append(f"{FAULT}/fixes/readable-by-all.sh"), lambda name: name.startswith("closed-page")),
    "another fix": (
        append(f"{FAULT}/fixes/readable-by-the-group.sh"),
        lambda name: name == "closed-page/fixes/readable-by-the-group",
    ),
    "a trap": (append(f"{FAULT}/traps/restart-only.sh"), lambda name: name == "closed-page/traps/restart-only"),
    "what is said of a fault": (
        replace("labs/first-look/lab.toml", "[faults.closed-page]\n", "[faults.closed-page]\nalarm = false\n"),
        lambda name: name.startswith("closed-page"),
    ),
    "the first fault": (
        append("labs/first-look/faults/missing-page/traps/restart-only.sh"),
        lambda name: name == "missing-page/traps/restart-only",
    ),
}


@pytest.mark.parametrize(("change", "voided"), PARTS.values(), ids=PARTS)
def test_part_of_a_lab_voids_the_demands_that_execute_it(
    content: Path, change: Change, voided: Callable[[str], bool]
) -> None:
    before = key(content)
    change(content)
    after = key(content)
    assert (
        {name for name in before if before[name] != after[name]} == {name for name in before if voided(name)} != set()
    )


def test_code_beside_a_title_counts() -> None:
    assert without_titles(b'def f(): "x"; assert 1\n') != without_titles(b'def f(): "x"; assert 2\n')
    assert without_titles(b'def f():\n    """x"""\n    assert 1\n') == without_titles(
        b'def f():\n    """y"""\n    assert 1\n'
    )


@pytest.mark.parametrize("change", LEAVES.values(), ids=LEAVES)
def test_leaves_the_proofs_of_a_lab(content: Path, change: Change) -> None:
    before = key(content)
    change(content)
    assert key(content) == before


def test_an_image_counts_whose_modules_the_checks_import(content: Path) -> None:
    replace("labs/first-look/lab.toml", "\nshell", '\nuses = ["month"]\nshell')(content)
    before = key(content)
    append("labs/_images/month/month/judge.py")(content)
    assert key(content) != before


def test_two_labs_never_share_a_key(content: Path) -> None:
    for folder in ("labs", "graders"):
        shutil.copytree(content / folder / "first-look", content / folder / "second-look")
    assert not set(key(content, "second-look").values()) & set(key(content).values())


def test_a_shared_image_below_a_shared_image_counts(content: Path) -> None:
    before = key(content, LAB)
    append("labs/_images/python/Dockerfile")(content)
    assert key(content, LAB) != before


ENGINE_VOIDS = (
    "prove/demands.py", "prove/plan.py", "prove/scene.py", "grading/plugin.py", "grading/testinfra_backend.py",
    "replay/rebuild.py", "engine/project.py", "submission/unpack.py", "content/labs.py", "host/apt-install.sh",
)  # fmt: skip
ENGINE_LEAVES = (
    "review/web/static/review.css", "panel/app.py", "cli/author.py", "prove/ledger.py", "prove/landing.py",
    "prove/runner.py", "site/hook.py", "lint/run.py", "content/blind_rounds.py", "cohort/server/dashboard.py",
    "bench/run.py", "browser.py",
)  # fmt: skip
ASK = """
import sys
from pathlib import Path
from kikori import paths
from kikori.proof_keys import engine_key
print(engine_key(), engine_key(None, "kikori.replay.judge"), engine_key(Path(sys.argv[1])))
"""


def engine(src: Path, graders: str = "graders/tune-the-board") -> tuple[str, ...]:
    """The keys of a copy of the package, asked by a process that has loaded none of it yet."""
    argv = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(src)!r})\n{ASK}", str(paths.ROOT / graders)]
    done = subprocess.run(argv, capture_output=True, text=True, check=True)
    return tuple(done.stdout.split())


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    src = tmp_path_factory.mktemp("kikori") / "src"
    shutil.copytree(paths.ROOT / "src", src, ignore=shutil.ignore_patterns("__pycache__"))
    return src


@pytest.fixture(scope="module")
def before(package: Path) -> tuple[str, ...]:
    return engine(package)


def changed(package: Path, file: str) -> tuple[str, ...]:
    """The keys while one file says more than it did."""
    path = package / "kikori" / file
    kept = path.read_bytes()
    path.write_bytes(kept + b"\n# more\n")
    try:
        return engine(package)
    finally:
        path.write_bytes(kept)


@pytest.mark.slow
@pytest.mark.parametrize("file", ENGINE_VOIDS)
def test_voids_the_engine(package: Path, before: tuple[str, ...], file: str) -> None:
    assert changed(package, file)[0] != before[0]


@pytest.mark.slow
@pytest.mark.parametrize("file", ENGINE_LEAVES)
def test_leaves_the_engine(package: Path, before: tuple[str, ...], file: str) -> None:
    assert changed(package, file)[0] == before[0]


@pytest.mark.slow
def test_a_mended_judge_judges_again_and_voids_no_proof(package: Path, before: tuple[str, ...]) -> None:
    now = changed(package, "replay/judge.py")
    assert (now[0] == before[0], now[1] == before[1]) == (True, False)


@pytest.mark.slow
def test_what_a_labs_graders_import_is_its_engine_too(package: Path, before: tuple[str, ...]) -> None:
    now = changed(package, "bench/score.py")
    assert (now[0] == before[0], now[2] == before[2]) == (True, False)


def test_another_version_of_what_drives_graders_is_another_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = engine_module.version
    keys = set()
    for changed_one in (None, *engine_module.PACKAGES):
        monkeypatch.setattr(engine_module, "version", lambda name, one=changed_one: "0" if name == one else usual(name))
        engine_module._hash_of.cache_clear()
        keys.add(engine_module.engine_key())
    engine_module._hash_of.cache_clear()
    assert len(keys) == 1 + len(engine_module.PACKAGES)


def test_a_grader_that_does_not_parse_has_a_key_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "test_torn.py").write_text("def test_torn(:\n")
    assert engine_module.engine_key(tmp_path) == engine_module.engine_key()


def test_the_engine_is_a_part_of_kikori() -> None:
    found = engine_module.modules()
    assert {"kikori.prove.demands", "kikori.engine.changes.scripts", "kikori.submission.pack"} < found
    assert len(found) < 100


def test_a_fault_more_is_no_other_scene(content: Path) -> None:
    lab = Catalog([content]).lab("first-look")
    before = scene_key(lab)
    append(BREAK)(content)
    shutil.copytree(lab.folder / "faults/closed-page", lab.folder / "faults/closed-again")
    append("labs/first-look/lab.toml", '\n[faults.closed-again]\ncomponent = "web"\ncause = { en = "Closed." }\n')(
        content
    )
    assert scene_key(Catalog([content]).lab("first-look")) == before
    for change in (append("labs/first-look/compose.yaml"), append("graders/first-look/test_timetable.py", "X = 1\n")):
        change(content)
        assert scene_key(Catalog([content]).lab("first-look")) != before
        before = scene_key(Catalog([content]).lab("first-look"))
