"""How quarterly-review judges whole documents. No Docker needed."""

from __future__ import annotations

import inspect
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kikori import paths
from lab_modules import STANDS_ON, Import, modules_of

pytestmark = pytest.mark.stands_on("quarterly-review", code=STANDS_ON)
GRADER = paths.ROOT / "graders" / "quarterly-review"
LAB = paths.ROOT / "labs" / "quarterly-review"
PLACES = (GRADER, paths.ROOT / "labs" / "_images" / "paper", LAB / "images" / "records")
NUMBER, OTHERS = 4711, (1000, 2114, 9001)
FIXES = sorted(file.stem for file in (LAB / "fixes").glob("*.sh"))
TRAPS = {
    file.stem: told
    for file in sorted((LAB / "traps").glob("*.sh"))
    if (told := dict(re.findall(r"^# (fails|after): (\S+)$", file.read_text(encoding="utf-8"), re.MULTILINE)))
    and "after" in told
}
"""Documents with one thing wrong: the check that says so, and the right document of which each is made."""
SAID = {
    "another-quarter-on-top": "which quarter is reviewed",
    "another-year-on-top": "which quarter is reviewed",
    "complaints-counted-too": 'no row or item "In truth missed"',
    "missed-last-year": '"Missed last year" is not what the form calls',
    "floors-of-last-time": '"Floors of last time" is not what the form calls',
    "kept-in-the-quarter-before": '"Kept in the quarter before" is not what the form calls',
    "decided-later": "put the answer off",
    "filled-in-later-in-japanese": "put the answer off",
    "see-above": "put the answer off",
    "done-when-it-is-decided": "put the answer off",
    "measured-in-a-way-to-be-told": "or more of your own",
    "talk-as-the-reason": "a sentence of the talks",
    "talk-with-a-word-changed": "a sentence of the talks",
    "talk-in-japanese": "a sentence of the talks",
    "talks-joined": "a sentence of the talks",
    "talks-joined-in-japanese": "a sentence of the talks",
    "outcome-in-other-words": "a text, an outcome",
    "floor-of-what-was-kept": "was not missed in the quarter",
    "floor-of-no-needs": "tracking was not missed",
    "table-as-code": "as code, and not in a table",
    "number-turned-round": "U+202E RIGHT-TO-LEFT OVERRIDE",
    "done-is-the-reason": "a cell of what is done",
}
"""What the reason of some of them says."""
AFTER = {"measured-in-a-way-to-be-told": {"test_prose"}}
"""What fails with it, since it looks at the same cell."""
DOCKER = """#!{python}
# Stands for docker exec -i CONTAINER python3: the records lie in a folder.
import subprocess
import sys

*_, how, text = sys.argv[sys.argv.index("python3") :] + [""] * (sys.argv[-1] == "-")
said = sys.stdin.read()
text, said = (said, "") if how == "-" else (text, said)
text = text.replace("/records/", "{records}/")
sys.exit(subprocess.run([sys.executable, "-c", text], input=said, text=True).returncode)
"""


@pytest.fixture(scope="module")
def lab() -> Iterator[Import]:
    with modules_of(*PLACES) as load:
        yield load


def written(lab: Import, place: Path, number: int, *scripts: str) -> Path:
    """Write a document as the lab's fixes and traps do, which read the records in a container."""
    folder, records, bin_ = place / "work", place / "records", place / "bin"
    shutil.copytree(LAB / "workspace", folder)
    records.mkdir()
    for name, text in lab("drawn_quarter.tell").drawn(number).items():
        (records / name).write_text(text, encoding="utf-8")
    bin_.mkdir()
    (bin_ / "docker").write_text(DOCKER.format(python=sys.executable, records=records), encoding="utf-8")
    (bin_ / "docker").chmod(0o755)
    given = {"KIKORI_STACK": "stack", "PATH": f"{bin_}:{os.environ['PATH']}"}
    for script in scripts:
        subprocess.run(["sh", str(LAB / f"{script}.sh")], cwd=folder, env=os.environ | given, check=True)
    return folder


def failed(lab: Import, folder: Path, number: int) -> dict[str, str]:
    """The checks that a document fails, each with its reason."""
    texts = {name: (folder / name).read_text(encoding="utf-8") for name in lab("conftest").FILES}
    try:
        review = lab("filled_form.reader").written(texts, lab("words").SHAPE)
    except lab("filled_form.reader").Unreadable as problem:
        return {"test_form": problem.en}
    found = {}
    for module in map(lab, ("test_form", "test_numbers", "test_judgement")):
        for name, check in inspect.getmembers(module, inspect.isfunction):
            if name.startswith("test_"):
                try:
                    check(review, lab("truth").Truth(number))
                except AssertionError as problem:
                    found[name] = str(problem)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("number", [NUMBER, *OTHERS])
@pytest.mark.parametrize("fix", FIXES)
def test_a_right_review_is_right_for_each_quarter(lab: Import, tmp_path: Path, fix: str, number: int) -> None:
    assert not failed(lab, written(lab, tmp_path, number, f"fixes/{fix}"), number)


@pytest.mark.slow
@pytest.mark.parametrize("trap", TRAPS)
def test_a_wrong_review_is_refused_at_its_check(lab: Import, tmp_path: Path, trap: str) -> None:
    found = failed(lab, written(lab, tmp_path, NUMBER, TRAPS[trap]["after"], f"traps/{trap}"), NUMBER)
    assert SAID.get(trap, "") in found.pop(TRAPS[trap]["fails"])
    assert "test_form" not in found  # all others wait for it
    assert trap not in SAID or found.keys() <= AFTER.get(trap, set())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("written_so", "shown_so"),
    [
        (r"^# (.*)$", r"\1\n======"),
        (r"^## (Floors|Summary|In numbers)$", r"\1\n---------"),
        (r"^\| (Pages|Renew) \| (\d+) \|$", r"| \1 | **\2** |"),
        (r"^\| Pages \| (\d+) \|$", r"| Pages | **\1** pages |"),
        (r"\| (Vera|Ono|Takumi|Mori) \|", r"| **\1** |"),
        (r"\| all owners, (\w+)", r"| _all owners_, **\1**"),
        (r"\| 2026-10-08 \|", r"| **2026-10-08**. |"),
        (r"minds, and", "\u26a0\ufe0f minds, and"),
    ],
)
def test_a_right_review_may_be_marked_as_pages_are(lab: Import, tmp_path: Path, written_so: str, shown_so: str) -> None:
    folder = written(lab, tmp_path, NUMBER, "fixes/counted-with-python")
    text, found = re.subn(written_so, shown_so, (folder / "review.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    (folder / "review.md").write_text(text, encoding="utf-8")
    assert found
    assert not failed(lab, folder, NUMBER)


@pytest.mark.parametrize(
    ("cell", "hint"),
    [
        ("\u0662\u0663", "figures"),
        ("2\u0663", "figures"),
        ("十二", "figures"),
        ("23 hours", "unit"),
        ("**23** hours", "unit"),
        ("23 of 24", "beside"),
        ("2.3.4", "decimals"),
    ],
)
def test_what_hinders_a_number_is_named(lab: Import, cell: str, hint: str) -> None:
    assert lab("values").number(cell, "pages") is None
    assert lab("values").hindrance(cell, "pages") == hint


@pytest.mark.parametrize(
    ("said", "is_copy"),
    [
        ("It sells in winter alone, and Takumi would take it if he is asked.", True),
        ("It sells in winter alone, and otherwise I have it taken down", True),
        ("People wait at the telephone, and we still count at our end since the change", True),
        ("The move is done and since then all has been well while a little longer would do no harm", True),
        ("変更の後、人は電話機の上で待っているのに、数えているのは、まだこちら側である", True),
        ("売れるのは冬だけで、頼めばタクミが引き受けるが、そうでなければ畳む", True),
        ("Take something lower and we have quiet, though it is what we can keep with our time", True),
        ("苦情の中身は数字には見当たらないと、守るチームが言う", True),
        ("借りているものが契約の範囲内で失敗しているので、守れることだけを約束したい", True),
        ("どこでも古い表示が混じるので、窓口に来た問い合わせの数を先に数える", False),
        ("It sells in winter only, and Takumi takes it since the old owner left the company", False),
        ("Since the change people wait elsewhere, so that a count at the door of our house shows too little", False),
        ("売れるのは冬だけで、前の責任者はもう会社にいない", False),
        ("", False),
    ],
)
def test_sentences_of_the_talks_are_known_again_when_they_are_joined(lab: Import, said: str, is_copy: bool) -> None:
    assert lab("filled_form.joined").is_joined_copy(said, lab("words").TALKS) is is_copy


OUTCOME = "The move ended with week 18, and parcels were followed well afterwards"


@pytest.mark.parametrize(
    ("said", "other", "is_same"),
    [
        ("The move ended with week 18, and since then parcels were followed well", OUTCOME, True),
        ("Parcels were followed well afterwards, and the move ended with week 19", OUTCOME, True),
        ("四月から取り組んだが、まだ守れていないのである", "四月から取り組んだが、まだ守れていない", True),
        ("Since the move it has kept what it promised, and the exception can't be had again", OUTCOME, False),
        ("Nobody asked for more", "Nobody asked for less", False),
        ("移設は済み、停止が終わってからの週はどれも順調だった", "移設が終わり、例外も終わった", False),
    ],
)
def test_a_reason_that_nearly_is_an_outcome_is_known(lab: Import, said: str, other: str, is_same: bool) -> None:
    assert lab("test_form").is_said_before(said, [other]) is is_same


@pytest.mark.parametrize(
    ("said", "is_copy"),
    [
        ("Whoever meets it writes to us. Two people for six weeks could mend it, and I can spare them", True),
        ("Ono: two people for six weeks could mend it, and I can spare them", True),
        ("Should it not be higher, when it is kept anyway", True),
        ("閉じました。誰からも問い合わせはありません", True),
        ("Takumi can live with 99.0 and not with less", False),
        ("I can live with 99.0, and not with less", False),
        ("Those who meet it write, and two developers who mend it in six weeks are free", False),
        ("Paulo says that it stands in the contracts, so that a lower number would break them", False),
        ("守るチームは「移設は終わった」と言い、停止が終わってからの週はどれも順調だった", False),
        ("", False),
    ],
)
def test_a_talk_is_cited_by_a_phrase_and_not_by_a_sentence(lab: Import, said: str, is_copy: bool) -> None:
    assert lab("filled_form.filler").is_near_copy(said, lab("words").TALKS) is is_copy


@pytest.mark.parametrize(
    ("title", "is_this"),
    [
        ("Review of the second quarter of 2026", True),
        ("Shashin-ya: Q2 2026, reviewed on 9 July", True),
        ("2nd quarter 2026", True),
        ("２０２６年第２四半期のレビュー", True),
        ("第二四半期（2026年）のレビュー", True),
        ("Review of the second quarter", False),
        ("Review of the third quarter of 2026", False),
        ("Review of the second quarter of 2026, as Akari Tickets has it", False),
        ("Review of the second quarter of 2025 and 2026", False),
        ("", False),
    ],
)
def test_the_heading_says_which_quarter_is_reviewed(lab: Import, title: str, is_this: bool) -> None:
    words = lab("words")
    assert lab("filled_form.headings").is_of(title, words.WHEN, words.OTHER) is is_this
