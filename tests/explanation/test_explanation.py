"""An explanation is accepted when a person wrote it; what is wrong is said question by question."""

from __future__ import annotations

import time

import msgspec
import pytest

from kikori.content import Catalog
from kikori.explanation_rules import (
    LONGEST,
    Diagnosis,
    answers,
    components,
    diagnosis,
    length,
    problems,
    template,
    unknown_names,
)
from kikori.model import Command, Lab

TRAIL = [
    Command(number=1, at=1.0, service="web", line="curl -i localhost", exit_code=0, seconds=0.1),
    Command(number=2, at=2.0, service="web", line="ls -la /srv/www # --> here", exit_code=2, seconds=0.1),
]
ENGLISH = {
    "seen": "Every visitor of the timetable got a page that said 403.",
    "evidence": "The listing of the folder [#2] shows that only root may read the page.",
    "stop-gap": "A sheet of paper at the stop with the times of today, taken down once the page is there again.",
    "why": "I gave the group of the server the right to read it, because its workers belong to that group.",
}
JAPANESE = {
    "seen": "時刻表を開いた人には、403のエラーが表示されていた。",
    "evidence": "フォルダーの一覧 [#2] で、ページを読めるのが root だけだと分かった。",
    "stop-gap": "停留所に今日の時刻を書いた紙を貼り、ページが戻ったらはがす。紙は明日には古くなる。",
    "why": "サーバーの worker のグループに読み取り権を与えた。worker は root ではないので、読めなかった。",
}


@pytest.fixture(scope="module")
def lab() -> Lab:
    return Catalog().lab("first-look")


def written(lab: Lab, answers: dict[str, str]) -> str:
    return "\n\n".join(f"## {p.en} <!-- {p.id} -->\n\n{answers[p.id]}" for p in lab.about.prompts if p.id in answers)


def told(lab: Lab, **changed: str) -> list[tuple[str, str]]:
    """What is wrong with the good answers after these changes."""
    return [(found.prompt, found.reason) for found in problems(written(lab, ENGLISH | changed), lab, TRAIL)]


@pytest.mark.parametrize("good", [ENGLISH, JAPANESE], ids=["English", "Japanese"])
def test_answers_of_a_person_are_accepted_in_both_languages(lab: Lab, good: dict[str, str]) -> None:
    assert problems(written(lab, good), lab, TRAIL) == []


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_template_asks_every_question_and_lists_the_trail(lab: Lab, lang: str) -> None:
    text = template(lab, lang, TRAIL)  # type: ignore[arg-type]
    assert lab.about.title.lang(lang) in text  # type: ignore[arg-type]
    assert all(f"## {p.lang(lang)} <!-- {p.id} -->" in text for p in lab.about.prompts)  # type: ignore[arg-type]
    assert "[#1] curl -i localhost  (web, exit 0)" in text


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_template_as_it_is_answers_nothing(lab: Lab, lang: str) -> None:
    found = problems(template(lab, lang, TRAIL), lab, TRAIL)  # type: ignore[arg-type]
    assert [(one.prompt, one.reason) for one in found] == [
        (prompt.id, "nothing is written here") for prompt in lab.about.prompts
    ]


def test_command_that_looks_like_the_end_of_a_comment_stays_in_the_templates_comment(lab: Lab) -> None:
    text = template(lab, "en", TRAIL)
    trail = text[text.index("Your trail:") :]
    assert trail.index("# -- > here") < trail.index("-->")


def test_template_lists_only_the_newest_of_a_long_trail(lab: Lab) -> None:
    trail = [msgspec.structs.replace(TRAIL[0], number=number) for number in range(1, 251)]
    text = template(lab, "en", trail)
    assert "[#250]" in text
    assert "[#51]" in text
    assert "[#50]" not in text


def test_a_command_of_several_lines_is_one_in_the_template(lab: Lab) -> None:
    text = template(lab, "en", [msgspec.structs.replace(TRAIL[0], line="cat <<END\n  one\nEND")])
    assert "  [#1] cat <<END one END  (web, exit 0)\n" in text


def test_template_filled_in_is_accepted(lab: Lab) -> None:
    text = template(lab, "en", TRAIL)
    for prompt in lab.about.prompts:
        text = text.replace(f"<!-- {prompt.id} -->\n", f"<!-- {prompt.id} -->\n\n{ENGLISH[prompt.id]}\n")
    assert problems(text, lab, TRAIL) == []


@pytest.mark.parametrize("answer", ["", "   \n\t\n", "<!-- to do: " + "much " * 30 + "-->", "<!-- " + "open " * 30])
def test_empty_answer_is_refused_and_a_comment_is_no_answer(lab: Lab, answer: str) -> None:
    text = written(lab, ENGLISH | {"why": answer})
    assert [(found.prompt, found.reason) for found in problems(text, lab, TRAIL)] == [
        ("why", "nothing is written here")
    ]


def test_comment_within_an_answer_is_left_out(lab: Lab) -> None:
    assert answers("## Q <!-- seen -->\nbefore <!-- not\nthis --> after")["seen"] == "before  after"


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_question_in_the_place_of_an_answer_is_refused(lab: Lab, lang: str) -> None:
    prompt = lab.about.prompts[0]
    ((where, reason),) = told(lab, **{prompt.id: prompt.lang(lang)})  # type: ignore[arg-type]
    assert (where, "the question again" in reason) == (prompt.id, True)


def test_another_question_in_the_place_of_an_answer_is_refused_too(lab: Lab) -> None:
    ((where, reason),) = told(lab, seen=lab.about.prompts[2].en)
    assert (where, "the question again" in reason) == ("seen", True)


def test_question_in_front_of_a_short_answer_does_not_make_it_longer(lab: Lab) -> None:
    ((_, reason),) = told(lab, why=f"{lab.about.prompts[2].en} It was broken.")
    assert reason.startswith("3 words; at least 12")


def test_heading_that_is_gone_is_missed(lab: Lab) -> None:
    left = {name: answer for name, answer in ENGLISH.items() if name != "why"}
    (found,) = problems(written(lab, left), lab, TRAIL)
    assert found.prompt == "why"
    assert "heading is gone" in found.reason


def test_heading_in_other_words_counts_by_its_mark(lab: Lab) -> None:
    text = written(lab, ENGLISH).replace(lab.about.prompts[0].en, "Users")
    assert problems(text, lab, TRAIL) == []


def test_short_english_answer_is_counted_in_words(lab: Lab) -> None:
    ((where, reason),) = told(lab, why="It's the group's read-only right.")
    assert where == "why"
    assert reason.startswith("5 words; at least 12 are needed")


def test_short_japanese_answer_is_counted_in_characters(lab: Lab) -> None:
    ((where, reason),) = told(lab, why="権限を直した。")
    assert where == "why"
    assert reason.startswith("6 characters; at least 24 are needed")


def test_citations_do_not_make_an_answer_longer(lab: Lab) -> None:
    ((_, reason),) = told(lab, why="[#1] " * 20 + "mended it")
    assert reason.startswith("2 words")


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("nginx's work-around at 10.0.0.1", (4, 5, "words")),
        ("nginx の設定を直した", (7, 10, "characters")),
        ("_ - … !", (0, 5, "words")),
        ("Пять слов по-русски здесь есть", (5, 5, "words")),
    ],
)
def test_length_has_the_unit_of_the_language(answer: str, expected: tuple[int, int, str]) -> None:
    assert length(answer, 5) == expected


def test_citation_of_what_is_not_in_the_trail_is_refused(lab: Lab) -> None:
    assert told(lab, evidence=ENGLISH["evidence"] + " [#7] and [#0] too") == [
        ("evidence", "[#0] is not in your trail, which has 2 commands"),
        ("evidence", "[#7] is not in your trail, which has 2 commands"),
    ]


def test_same_answer_below_two_questions_is_refused(lab: Lab) -> None:
    assert told(lab, evidence=ENGLISH["why"]) == [("why", "the same answer as below 'evidence'")]


def test_too_long_a_text_is_refused_before_anything_else(lab: Lab) -> None:
    (found,) = problems(written(lab, ENGLISH) + "あ" * (LONGEST // 3), lab, TRAIL)
    assert (found.prompt, found.reason) == ("", "longer than 64 KiB")


@pytest.mark.parametrize(
    "hostile",
    ["##" + " " * 60_000, "## " + "<!-- " * 12_000, "<!--" * 16_000, "## x <!--" + " " * 50_000, "a." * 30_000],
)
def test_no_text_holds_the_rules_up(lab: Lab, hostile: str) -> None:
    began = time.process_time()
    problems("## x <!-- seen -->\n" + hostile, lab, TRAIL)
    assert time.process_time() - began < 1


def test_first_heading_alone_is_no_answer_to_the_next(lab: Lab) -> None:
    text = "## A <!-- seen -->\n## B <!-- why -->\nbecause"
    assert answers(text) == {"seen": "", "why": "because"}


def test_text_without_any_heading_answers_nothing(lab: Lab) -> None:
    assert [found.prompt for found in problems("just words", lab, TRAIL)] == ["seen", "evidence", "stop-gap", "why"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("---\ncomponent: web\ncause: half-edit\n---\n# First look\n", Diagnosis(component="web", cause="half-edit")),
        ("---\ncause: nothing\n---\n", Diagnosis(cause="nothing")),
        ("---\ncomponent: \ncause: \n---\n", Diagnosis()),
        ("---\ncomponent: web\n", Diagnosis()),
        ("# First look\n---\ncomponent: web\n---\n", Diagnosis()),
        ("", Diagnosis()),
    ],
)
def test_diagnosis_is_read_from_the_first_lines_alone(text: str, said: Diagnosis) -> None:
    assert diagnosis(text) == said


@pytest.mark.parametrize(("key", "name"), [("component", "db"), ("cause", "half-eaten")])
def test_diagnosis_of_what_the_lab_does_not_have_is_refused(lab: Lab, key: str, name: str) -> None:
    (found,) = problems(f"---\n{key}: {name}\n---\n{written(lab, ENGLISH)}", lab, TRAIL)
    assert found.prompt == key
    assert found.reason.startswith((f"'{name}' is none of ", f"'{name}' is no name of a cause"))


@pytest.mark.parametrize("cause", ["so " * 64, "the mode\ncomponent: web", "読めない" * 50])
def test_cause_in_own_words_fits_on_a_line(lab: Lab, cause: str) -> None:
    (found,) = unknown_names(Diagnosis(component="web", cause=cause), lab)
    assert (found.prompt, "one line of at most 190" in found.reason) == ("cause", True)
    assert unknown_names(Diagnosis(cause="nobody but root may read it"), lab) == []


def test_template_keeps_a_diagnosis_that_was_made_before(lab: Lab) -> None:
    said = Diagnosis(component="web", cause="half-edit")
    assert diagnosis(template(lab, "en", TRAIL, said)) == said


@pytest.mark.parametrize(
    ("name", "without_a_fault"), [("half-open", {"depot", "gate", "yard"}), ("desired-state", {"gate"})]
)
def test_place_may_be_any_service_of_the_lab(name: str, without_a_fault: set[str]) -> None:
    """Were only those with a fault to choose from, the choice would tell where to look."""
    assert without_a_fault < set(components(Catalog().lab(name)))
