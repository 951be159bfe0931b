"""Answers of strangers are read against an allow-list, marked, and compared before and after."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from kikori import paths
from kikori.content import Catalog
from kikori.content.quizzes import quiz_of
from kikori.errors import KikoriError
from kikori.model.quiz import Quiz
from kikori.review.guide import guide
from kikori.review.quizzes.answers import MOST_BYTES, MOST_LINES, collect
from kikori.review.quizzes.marking import marked, rise, table
from kikori.site.quizzes.rise_chart import draw
from terminal_user import Kikori

QUIZZES = Catalog([paths.ROOT]).quizzes()
PRE, POST, WEEK = (quiz_of(name, QUIZZES) for name in ("pre", "post", "week-1"))
HEAD = "quiz,learner,question,answer\n"
Row = tuple[str, str, str, str]
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """``write(rows, name)``: a CSV in a folder of answers."""

    def write(rows: Iterable[Row], name: str = "answers.csv") -> Path:
        file = tmp_path / "answers" / name
        file.parent.mkdir(exist_ok=True)
        with file.open("w", encoding="utf-8", newline="") as text:
            writer = csv.writer(text)
            writer.writerow(["quiz", "learner", "question", "answer"])
            writer.writerows(rows)
        return file

    return write


def answers(quiz: Quiz, learner: str, right: int, wrong: int = 0) -> list[Row]:
    """The first so many right, the next so many wrong, the others left out."""

    def letter(place: int, right_one: str) -> str:
        if place < right:
            return right_one
        return ("b" if right_one == "a" else "a") if place < right + wrong else ""

    return [(quiz.id, learner, one.id, letter(place, one.right)) for place, one in enumerate(quiz.questions)]


def test_points_by_learner_and_objective(write: Write) -> None:
    (sheet,) = marked(collect([write(answers(WEEK, "Aoi", 6, 3))], QUIZZES)).sheets
    assert (sheet.learner, sheet.quiz, sheet.points, sheet.of, sheet.left_out) == ("Aoi", "week-1", 6, 10, 1)
    assert sheet.objectives["containers/networks"] == (1, 1)
    assert sheet.objectives["linux/processes"] == (0, 1)


def test_several_learners_and_quizzes_typed_from_paper_into_one_file(write: Write) -> None:
    rows = [*answers(PRE, "Aoi", 5), *answers(WEEK, "Aoi", 10), *answers(PRE, "陽菜", 7)]
    found = marked(collect([write(rows)], QUIZZES))
    assert [(one.learner, one.quiz, one.points) for one in found.sheets] == [
        ("Aoi", "pre", 5),
        ("陽菜", "pre", 7),
        ("Aoi", "week-1", 10),
    ]
    assert found.questions[0].right == 0
    assert found.questions[-1].right == found.questions[-1].of


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("\ufeffquiz;learner;question;answer\r\nweek-1;Aoi;first-line-502;C\r\n", "utf-8"),
        ("answer\tquestion\tlearner\tquiz\nＣ\tfirst-line-502\tAoi\tweek-1\n\t\t\t\n", "utf-8"),
        ('"Quiz","Learner","Question","Answer"\n"week-1"," Aoi ","first-line-502"," c "\n', "utf-8"),
    ],
)
def test_what_spreadsheets_make_of_a_file_is_read(tmp_path: Path, text: str, encoding: str) -> None:
    (tmp_path / "a.csv").write_text(text, encoding=encoding, newline="")
    (sheet,) = collect([tmp_path / "a.csv"], QUIZZES).sheets
    assert (sheet.learner, dict(sheet.answers)) == ("Aoi", {"first-line-502": "c"})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "other columns"),
        ("quiz,learner,question\nx,y,z\n", "other columns"),
        (HEAD.strip() + ",points\nweek-1,Aoi,first-line-502,c,10\n", "other columns"),
        (HEAD + "week-1,Aoi,first-line-502\n", "line 2: not 4 cells"),
        (HEAD + "week-1,Aoi,first-line-502,c,c\n", "line 2: not 4 cells"),
        (HEAD + "week-11,Aoi,first-line-502,c\n", "line 2: no quiz is called 'week-11'. Did you mean 'week-1'?"),
        (HEAD + "week-1,Aoi,tidy-in-the-wrong-place,c\n", "week-1 has no question 'tidy-in-the-wrong-place'"),
        (HEAD + "week-1,Aoi,first-line-502,e\n", "'e' is none of a, b, c, d"),
        (HEAD + "week-1,Aoi,first-line-502,abcd\n", "'abcd' is none of"),
        (HEAD + 'week-1,"=HYPERLINK(""x"")",first-line-502,c\n', "a learner's name has no"),
        (HEAD + "week-1,A\u202eoi,first-line-502,c\n", "‹U+202E›"),
        (HEAD + "week-1,,first-line-502,c\n", "1 to 100 letters"),
        (HEAD + f"week-1,{'A' * 101},first-line-502,c\n", "1 to 100 letters"),
        (
            HEAD + "week-1,Aoi,first-line-502,c\nweek-1,AOI,first-line-502,b\n",
            "line 3: AOI answers 'first-line-502' twice",
        ),
        (HEAD + 'week-1,"Aoi,first-line-502,c\n', "not a CSV file"),
        (HEAD + "\n" * MOST_LINES, "more than 20000 lines"),
        (HEAD + "x" * MOST_BYTES, "longer than 1 MiB"),
    ],
)
def test_what_is_no_sheet_of_answers_is_not_counted(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    (tmp_path / "b.csv").write_text(HEAD + "week-1,Ben,first-line-502,c\n", encoding="utf-8")
    found = collect([tmp_path], QUIZZES)
    assert [sheet.learner for sheet in found.sheets] == ["Ben"]
    (refused,) = found.refused
    assert said in refused.reason
    assert refused.file == "a.csv"


def test_bytes_links_and_pipes_are_not_counted(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(HEAD.encode() + "week-1,陽菜,first-line-502,c\n".encode("shift-jis"))
    (tmp_path / "b.csv").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "c.csv")
    found = collect([tmp_path], QUIZZES)
    assert [one.file for one in found.refused] == ["a.csv", "b.csv", "c.csv"]
    assert "CSV UTF-8" in found.refused[0].reason
    assert not found.sheets


def test_a_file_saved_twice_counts_once_and_two_that_differ_not_at_all(write: Write) -> None:
    write(answers(PRE, "Aoi", 5), "1.csv")
    write(answers(PRE, "AOI", 5), "2.csv")
    write(answers(PRE, "Ben", 5), "3.csv")
    folder = write(answers(PRE, "Ben", 9), "4.csv").parent
    found = collect([folder, folder / "1.csv"], QUIZZES)
    assert [sheet.learner.casefold() for sheet in found.sheets] == ["aoi"]
    assert [one.file for one in found.refused] == ["3.csv", "4.csv"]
    assert "Ben answers pre otherwise in 4.csv" in found.refused[0].reason


def test_names_that_look_alike_are_told(write: Write) -> None:
    rows = [*answers(PRE, "Ada", 5), *answers(PRE, "\u0410da", 6)]
    assert marked(collect([write(rows)], QUIZZES)).told


@pytest.mark.parametrize("place", ["nowhere", "."])
def test_a_place_without_answers_is_an_error(tmp_path: Path, place: str) -> None:
    with pytest.raises(KikoriError) as caught:
        collect([tmp_path / place], QUIZZES)
    assert "quiz, learner, question, answer" in caught.value.hint


def test_no_name_is_a_formula_in_the_table(write: Write) -> None:
    found = marked(collect([write([*answers(PRE, "@Aoi", 5), *answers(WEEK, "-1+1", 10)])], QUIZZES))
    rows = list(csv.reader(table(found).splitlines()))
    assert [row[:4] for row in rows] == [
        ["learner", "quiz", "points", "of"],
        ["'@Aoi", "pre", "5", "20"],
        ["'-1+1", "week-1", "10", "10"],
    ]
    assert rows[1][rows[0].index("security/least-privilege-and-secrets")] == "0"
    assert rows[1][rows[0].index("start-here/how-to-learn")] == ""


def a_class(write: Write) -> Path:
    for name, before, after in (("Aoi", 4, 12), ("Ben", 8, 10), ("陽菜", 10, 20)):
        write(answers(PRE, name, before), f"pre-{name}.csv")
        write(answers(POST, name.upper(), after), f"post-{name}.csv")
    return write(answers(PRE, "Dai", 20), "pre-Dai.csv").parent


def test_the_rise_is_of_those_who_took_both(write: Write) -> None:
    both = collect([a_class(write)], QUIZZES)
    found = rise(both, both)
    assert [one[1:] for one in found.learners] == [(4, 12), (8, 10), (10, 20)]
    assert found.medians == (8, 12)
    assert found.by_chance == 5
    assert found.one_only == ("Dai",)
    assert found.objectives[PRE.questions[4].objective] == (2 / 3, 1)
    assert found.objectives[PRE.questions[19].objective] == (0, 1 / 3)


def test_a_rise_needs_both_tests(write: Write) -> None:
    only = collect([write(answers(PRE, "Aoi", 3))], QUIZZES)
    with pytest.raises(KikoriError, match="of the kind post; there are no answers"):
        rise(only, only)
    others = collect([write(answers(POST, "Ben", 3))], QUIZZES)
    with pytest.raises(KikoriError, match="Nobody took both"):
        rise(only, others)


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_chart_has_a_line_for_each_learner_a_bar_for_each_objective_and_no_name(write: Write, lang: str) -> None:
    both = collect([a_class(write)], QUIZZES)
    drawn = draw(rise(both, both), {}, "ja" if lang == "ja" else "en")
    assert drawn.count('class="line c one"') == 3
    assert drawn.count('class="line a median"') == 1
    assert drawn.count('class="bar in-') == 20
    assert not [name for name in ("Aoi", "Ben", "陽菜", "AOI") if name in drawn]


def test_a_fall_is_drawn_as_one(write: Write) -> None:
    write(answers(PRE, "Aoi", 20), "1.csv")
    both = collect([write(answers(POST, "Aoi", 0), "2.csv").parent], QUIZZES)
    drawn = draw(rise(both, both), {}, "en")
    assert drawn.count('class="bar in-hurt"') == 20
    assert "−100" in drawn


@pytest.mark.slow
def test_commands_mark_a_folder_and_draw_the_chart(write: Write, kikori: Kikori, tmp_path: Path) -> None:
    folder = a_class(write)
    said = kikori("quiz", "mark", str(folder), "--csv", "points.csv")
    assert said.returncode == 0, said.stderr
    assert "Known by fewest" in said.stdout
    assert (tmp_path / "points.csv").read_bytes().startswith("\ufefflearner,quiz,points,of,".encode())
    told = json.loads(kikori("quiz", "mark", str(folder), "--json").stdout)
    assert list(told) == ["sheets", "questions", "refused", "told"]
    assert list(told["sheets"][0]) == ["learner", "quiz", "points", "of", "left_out", "objectives", "file"]
    said = kikori("quiz", "chart", str(folder), str(folder))
    assert (said.returncode, "Median: 8, then 12 of 20" in said.stdout) == (0, True)
    assert (tmp_path / "chart.svg").read_text(encoding="utf-8").startswith("<svg")
    (folder / "bad.csv").write_text("quiz\n", encoding="utf-8")
    said = kikori("quiz", "mark", str(folder))
    assert (said.returncode, "not counted: bad.csv" in said.stdout) == (1, True)


def test_the_key_is_for_instructors() -> None:
    told = guide("pre", Catalog([paths.ROOT]), "ja").markdown
    assert "1C 2B 3A" in told
    assert PRE.questions[0].why.ja in told
    assert PRE.questions[0].output.strip() in told
