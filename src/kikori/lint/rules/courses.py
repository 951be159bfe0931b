"""The lab in its course: time, module and the explanation's questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kikori.lint.finding import Location
from kikori.lint.rule import rule
from kikori.lint.subjects.source_tree import LabSource
from kikori.model import Prompt
from kikori.model.lab import environment_name

MINUTES = range(5, 181, 5)
LEAST = 2


@rule
def module_there(source: LabSource) -> Iterator[Location]:
    """`course` and `module` of lab.toml are folders of courses/."""
    about = source.lab.about
    if (about.course, about.module) not in source.modules:
        known = sorted(f"{course}/{module}" for course, module in source.modules)
        message = f"there is no module {about.course}/{about.module}"
        line = source.line_of(source.toml, "module =")
        yield Location(source.toml, line, message, f"write one of: {', '.join(known)}")


@rule
def minutes_sensible(source: LabSource) -> Iterator[Location]:
    """`minutes` is between 5 and 180, in steps of 5, and not more than the practice that its module announces."""
    about = source.lab.about
    module = source.modules.get((about.course, about.module))
    most = module.about.practice if module else MINUTES[-1]
    if about.minutes not in MINUTES or about.minutes > most:
        message = f"{about.minutes} minutes for this lab; its module announces {most} of practice"
        mend = f"write {MINUTES[0]} to {min(most, MINUTES[-1])}, in steps of 5"
        yield Location(source.toml, source.line_of(source.toml, "minutes ="), message, mend)


@rule
def two_prompts(source: LabSource) -> Iterator[Location]:
    """An explanation has two prompts or more."""
    prompts = source.lab.about.prompts
    if len(prompts) < LEAST:
        line = source.line_of(source.toml, "prompts")
        mend = "write [[prompts]]: what users saw, which evidence decided, why the mend works"
        yield Location(source.toml, line, f"the explanation has {len(prompts)} prompts", mend)


@rule
def prompt_asks_for_evidence(source: LabSource) -> Iterator[Location]:
    """At least one prompt asks, in both languages, to cite a command by its number in the trail, such as [#3]."""
    if source.lab.about.prompts and not any(map(_asks, source.lab.about.prompts)):
        message = "no prompt asks for a citation"
        mend = 'write "Cite it by its number in the trail, such as [#2]", and 引用 in Japanese'
        yield Location(source.toml, source.line_of(source.toml, "[[prompts]]"), message, mend)


def _asks(prompt: Prompt) -> bool:
    return "[#" in prompt.en and "cite" in prompt.en.lower() and "[#" in prompt.ja and "引用" in prompt.ja


@rule
def prompt_ids_differ(source: LabSource) -> Iterator[Location]:
    """No two prompts have one id: an answer is kept under it."""
    for name, times in Counter(prompt.id for prompt in source.lab.about.prompts).items():
        if times > 1:
            line = source.line_of(source.toml, f'id = "{name}"')
            yield Location(source.toml, line, f"{times} prompts are called {name}", "give each a name of its own")


@rule
def params_used(source: LabSource) -> Iterator[Location]:
    """Every parameter reaches compose.yaml or a script as KIKORI_NAME: one that nobody reads makes no lab different."""
    texts = [
        source.compose.text,
        source.stack.text if source.stack else "",
        *(source.text(path) for path in source.scripts),
    ]
    for name in source.lab.about.params:
        variable = environment_name(name)
        if not any(variable in text for text in texts):
            line = source.line_of(source.toml, f"{name} =")
            mend = f"write `{variable}: ${{{variable}}}` under a service's environment, or take it out"
            yield Location(source.toml, line, f"nothing reads {variable}", mend)
