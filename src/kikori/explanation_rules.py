"""The written explanation: a template with the lab's prompts, and the rules that an answer must meet."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from kikori.attempts import before_debrief
from kikori.bilingual import sentence
from kikori.content.diagnoses import diagnoses
from kikori.content.strict_reader import nearest
from kikori.model import Command, Event, Fault, Lab, Prompt, Text
from kikori.model.lab import NOTHING
from kikori.model.record import Record
from kikori.settings import Lang

# Both take linear time whatever the text: it may be a stranger's.
HEADING = re.compile(r"^##[ \t][^\n]*<!--[ \t]*(?P<id>[a-z0-9-]+)[ \t]*-->[ \t]*$", re.MULTILINE)
CITATION = re.compile(r"\[#(\d{1,6})\]")
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f]")
LONGEST = 64 * 1024
NAMED = 200  # commands of the trail that the template lists, the last ones


FRONT_MATTER = re.compile(r"\A---\n(?P<lines>(?:[a-z]+:[^\n]{0,200}\n)*)---\n")
MOST_WORDS = 190
"""Characters of a cause in own words; the first lines of an explanation take no longer ones."""


class Diagnosis(Record):
    """What a learner says was wrong; empty where nothing was said."""

    component: str = ""
    cause: str = ""


class Problem(Record):
    """Why an explanation is not accepted yet."""

    prompt: str
    """The id of the question; empty where the whole text is meant."""
    reason: str


def template(lab: Lab, lang: Lang, trail: Sequence[Command], said: Diagnosis | None = None) -> str:
    """The file that the learner fills in; ``said`` is a diagnosis that was made before."""
    lines = [
        f"  [#{c.number}] {' '.join(c.line.split())[:100]}  ({c.service}, exit {c.exit_code})" for c in trail[-NAMED:]
    ]
    told = [sentence("explanation-introduction", lang), sentence("explanation-trail", lang)]
    comment = "\n".join([*told, *lines]).replace("-->", "-- >")
    parts = [f"# {lab.about.title.lang(lang)}", f"<!--\n{comment}\n-->"]
    parts += [f"## {prompt.lang(lang)} <!-- {prompt.id} -->\n" for prompt in lab.about.prompts]
    return _diagnosis_part(lab, lang, said or Diagnosis()) + "\n\n".join(parts) + "\n"


def filled(lab: Lab, lang: Lang, given: Mapping[str, str], said: Diagnosis) -> str:
    """The same file with these answers, by the ids of the questions, for whoever writes them elsewhere."""
    parts = [f"# {lab.about.title.lang(lang)}"]
    for one in lab.about.prompts:
        parts.append(f"## {one.lang(lang)} <!-- {one.id} -->\n\n{given.get(one.id, '').strip()}".rstrip())
    return _diagnosis_part(lab, lang, said) + "\n\n".join(parts) + "\n"


def _diagnosis_part(lab: Lab, lang: Lang, said: Diagnosis) -> str:
    if not lab.faults:
        return ""
    choices = sentence("explanation-diagnosis", lang, components=", ".join(components(lab)))
    return f"---\ncomponent: {said.component}\ncause: {said.cause}\n---\n<!--\n{choices}\n-->\n\n"


def components(lab: Lab) -> tuple[str, ...]:
    """What a diagnosis may name as the place of the cause: every service, or the choice would give it away."""
    faulty = {name for fault in lab.single.values() for name in fault.components}
    return (*sorted(faulty.union(*map(_services, filter(None, (lab.compose, lab.stack))))), NOTHING)


@cache
def _services(file: Path) -> frozenset[str]:
    from kikori.engine.lab_compose import read_yaml  # not before it is needed: YAML takes long to import

    return frozenset(read_yaml(file)["services"])


def causes(lab: Lab) -> dict[str, Text]:
    """Name what a diagnosis may give as the cause: the causes of all courses, or the choice would give it away."""
    unnamed = {fault.id: fault.about.cause for fault in lab.single.values() if not fault.about.diagnosis}
    found = diagnoses() | {name: Text(en=name, ja=name) for name in unnamed}
    nothing = Text(en=sentence("diagnosis-nothing", "en"), ja=sentence("diagnosis-nothing", "ja"))
    return {name: found[name] for name in sorted(found)} | {NOTHING: nothing}


def is_right(cause: str, fault: Fault | None) -> bool:
    """Whether a diagnosis names the cause; one in other words is for a person to judge."""
    if fault is None or fault.about.alarm:
        return cause == NOTHING or (fault is not None and cause in fault.diagnoses)
    return cause in fault.diagnoses


def is_own_words(cause: str) -> bool:
    """Whether a cause is told in words, and not by a name."""
    return " " in cause.strip() or bool(JAPANESE.search(cause))


def diagnosis(text: str) -> Diagnosis:
    """What the first lines of an explanation name as component and cause."""
    found = FRONT_MATTER.match(text)
    lines = dict(line.split(":", 1) for line in found["lines"].splitlines()) if found else {}
    return Diagnosis(component=lines.get("component", "").strip(), cause=lines.get("cause", "").strip())


def last_word(events: Sequence[Event]) -> Diagnosis:
    """Find the diagnosis that counts: the last one before the debrief told the cause."""
    told = [event.detail for event in before_debrief(events) if event.event in ("diagnosed", "explained")]
    for detail in reversed(told):
        said = Diagnosis(component=str(detail.get("component") or ""), cause=str(detail.get("cause") or ""))
        if said.component or said.cause:
            return said
    return Diagnosis()


def unknown_names(said: Diagnosis, lab: Lab) -> list[Problem]:
    """What a diagnosis names that this lab does not have."""
    found = list[Problem]()
    if said.component and said.component not in (known := components(lab)):
        found.append(Problem(prompt="component", reason=f"'{said.component}' is none of {', '.join(known)}"))
    if is_own_words(said.cause) and (len(said.cause) > MOST_WORDS or not said.cause.isprintable()):
        found.append(Problem(prompt="cause", reason=f"a cause is one line of at most {MOST_WORDS} characters"))
    elif said.cause and not is_own_words(said.cause) and said.cause not in (names := causes(lab)):
        near = nearest(said.cause, [*names]) or "`kikori diagnose` lists the names"
        reason = f"'{said.cause}' is no name of a cause ({near}); a cause in your own words is a sentence"
        found.append(Problem(prompt="cause", reason=reason))
    return found


def answers(text: str) -> dict[str, str]:
    """What stands below each question, by the question's id; comments left out."""
    found = list(HEADING.finditer(text))
    ends = [*(match.start() for match in found), len(text)][1:]
    return {
        match["id"]: COMMENT.sub("", text[match.end() : end]).strip() for match, end in zip(found, ends, strict=True)
    }


def problems(text: str, lab: Lab, trail: Sequence[Command]) -> list[Problem]:
    """Every rule that an explanation breaks; an accepted one breaks none."""
    if len(text.encode()) > LONGEST:
        return [Problem(prompt="", reason=f"longer than {LONGEST // 1024} KiB")]
    given = answers(text)
    found = unknown_names(diagnosis(text), lab) if lab.faults else []
    for prompt in lab.about.prompts:
        answer = given.get(prompt.id)
        if answer is None:
            found.append(
                Problem(prompt=prompt.id, reason="the question's heading is gone; keep it with its <!-- mark -->")
            )
        elif reason := _fault_of(answer, prompt, lab):
            found.append(Problem(prompt=prompt.id, reason=reason))
        found += [Problem(prompt=prompt.id, reason=reason) for reason in _bad_citations(answer or "", trail)]
    return found + _copies(given, lab)


def _fault_of(answer: str, prompt: Prompt, lab: Lab) -> str:
    if not answer:
        return "nothing is written here"
    own = _without_prompts(answer, lab)
    if not own:
        return "this is the question again, not an answer"
    have, need, unit = length(own, prompt.words)
    return f"{have} {unit}; at least {need} are needed for somebody who was not there" if have < need else ""


def _without_prompts(answer: str, lab: Lab) -> str:
    for prompt in lab.about.prompts:
        for text in prompt.written:
            answer = answer.replace(text, "")
    return CITATION.sub("", answer).strip()


def length(answer: str, words: int) -> tuple[int, int, str]:
    """How long an answer is, how long it must be, and in which unit: characters of Japanese, words of English."""
    characters = len(JAPANESE.findall(answer))
    if characters * 2 >= len(re.findall(r"\w", answer)):
        return characters, words * 2, "characters"
    return len(re.findall(r"[^\W_]+(?:['’\-./][^\W_]+)*", answer)), words, "words"


def _bad_citations(answer: str, trail: Sequence[Command]) -> list[str]:
    known = {command.number for command in trail}
    cited = {int(number) for number in CITATION.findall(answer)}
    return [f"[#{number}] is not in your trail, which has {len(known)} commands" for number in sorted(cited - known)]


def _copies(given: dict[str, str], lab: Lab) -> list[Problem]:
    """Answers that stand below two questions word for word."""
    seen: dict[str, str] = {}
    found = []
    for prompt in lab.about.prompts:
        answer = given.get(prompt.id, "")
        if answer and answer in seen:
            found.append(Problem(prompt=prompt.id, reason=f"the same answer as below '{seen[answer]}'"))
        seen[answer] = prompt.id
    return found
