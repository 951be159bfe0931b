"""A lab's page tells the task, and keeps what would give it away."""

import re
from collections import defaultdict
from collections.abc import Iterable

import pytest

from kikori.model import Kind, Lab
from kikori.settings import Lang
from kikori.site import pages
from kikori.site.assembly import tree
from kikori.site.content import LANGS, Content
from kikori.site.scene_diagram import services

TRANSCRIPT = re.compile(r"^```console\n.*?^```$|^<!-- .* -->$", re.MULTILINE | re.DOTALL)


def sentences(markdown: str) -> list[str]:
    """The sentences of a text that are long enough to be recognised: more than a path."""
    parts = (part.strip() for part in re.split(r"[.。]\s*|\n+", markdown))
    return [part for part in parts if len(part) > 20 and not re.fullmatch(r"[!-~]+", part)]


def secrets_of(lab: Lab, lang: Lang) -> list[str]:
    """Hints, causes and debriefs."""
    faults = [fault.about for fault in lab.faults.values()]
    hints = [*lab.about.hints, *(hint for fault in faults for hint in fault.hints)]
    told = [text.lang(lang) for text in [*hints, *(fault.cause for fault in faults)]]
    pages = filter(None, [lab.page("debrief", lang), *(fault.debrief(lang) for fault in lab.faults.values())])
    texts = (TRANSCRIPT.sub("", page.read_text(encoding="utf-8")) for page in pages)
    return [*told, *(one for text in texts for one in sentences(text))]


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGS)
def test_it_tells_task_questions_and_minutes(real: Content, lang: Lang) -> None:
    for lab in real.labs:
        page = pages.lab(lab, real, lang)
        assert not [s for s in sentences(lab.page("task", lang).read_text(encoding="utf-8")) if s not in page]
        assert not [prompt for prompt in lab.about.prompts if prompt.lang(lang) not in page]
        assert f"{lab.about.minutes}{'分' if lang == 'ja' else ' min'}" in page


@pytest.fixture(scope="module")
def everything(real: Content) -> str:
    """All that the site's pages and drawings say."""
    texts = (text for path, text in tree(real).items() if path.endswith((".md", ".svg")))
    return "\n".join(text.decode(errors="replace") for text in texts)


def told_in(text: str, wanted: Iterable[str]) -> set[str]:
    """Give those of many texts that stand in a long one: it is read once, not once for each."""
    wanted = {*wanted}
    start = min(map(len, wanted))
    by_start = defaultdict[str, list[str]](list)
    for one in wanted:
        by_start[one[:start]].append(one)
    met = ((at, by_start.get(text[at : at + start], ())) for at in range(len(text)))
    return {one for at, some in met for one in some if text.startswith(one, at)}


def test_texts_are_found_wherever_they_stand() -> None:
    assert told_in("abcabcd", ["abcd", "bca", "cab", "cabd", "abcde"]) == {"abcd", "bca", "cab"}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.slow
def test_no_page_tells_a_hint_a_cause_or_the_debrief(real: Content, everything: str, lang: Lang) -> None:
    secrets = [secret for lab in real.labs for secret in secrets_of(lab, lang)]
    assert len(secrets) > 10 * len(real.labs)
    assert not told_in(everything, secrets)


def test_it_has_one_heading_of_the_first_level(real: Content) -> None:
    for lab in real.labs:
        page = pages.lab(lab, real, "en")
        outside_code = re.sub(r"```.*?```", "", page, flags=re.DOTALL)
        assert len(re.findall(r"^# ", outside_code, re.MULTILINE)) == 1


def test_what_a_machine_judges_is_checked_and_told_at_every_lab(real: Content) -> None:
    for lab in real.labs:
        page = pages.lab(lab, real, "en")
        assert all(f"./kikori {step}" in page for step in ("check", "hint", "debrief")), lab.id


def test_apply_is_a_step_where_there_is_a_workspace_and_only_there(real: Content) -> None:
    for lab in real.labs:
        runs = lab.about.kind is not Kind.WRITE and services(lab)
        assert ("./kikori apply" in pages.lab(lab, real, "en")) == bool(lab.workspace and runs)
