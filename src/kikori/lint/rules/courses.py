"""The lab in its course: time, module and the explanation's questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kikori.lint.finding import Spot
from kikori.lint.ground import Draft
from kikori.lint.rule import rule
from kikori.model import Prompt
from kikori.model.lab import environment_name

MINUTES = range(5, 181, 5)
LEAST = 2


@rule
def module_there(draft: Draft) -> Iterator[Spot]:
    """`course` and `module` of lab.toml are folders of courses/."""
    about = draft.lab.about
    if (about.course, about.module) not in draft.modules:
        known = sorted(f"{course}/{module}" for course, module in draft.modules)
        message = f"there is no module {about.course}/{about.module}"
        line = draft.line_of(draft.toml, "module =")
        yield Spot(draft.toml, line, message, f"write one of: {', '.join(known)}")


@rule
def minutes_sensible(draft: Draft) -> Iterator[Spot]:
    """`minutes` is between 5 and 180, in steps of 5, and not more than the practice that its module announces."""
    about = draft.lab.about
    module = draft.modules.get((about.course, about.module))
    most = module.about.practice if module else MINUTES[-1]
    if about.minutes not in MINUTES or about.minutes > most:
        message = f"{about.minutes} minutes for this lab; its module announces {most} of practice"
        mend = f"write {MINUTES[0]} to {min(most, MINUTES[-1])}, in steps of 5"
        yield Spot(draft.toml, draft.line_of(draft.toml, "minutes ="), message, mend)


@rule
def two_prompts(draft: Draft) -> Iterator[Spot]:
    """An explanation has two prompts or more."""
    prompts = draft.lab.about.prompts
    if len(prompts) < LEAST:
        line = draft.line_of(draft.toml, "prompts")
        mend = "write [[prompts]]: what users saw, which evidence decided, why the mend works"
        yield Spot(draft.toml, line, f"the explanation has {len(prompts)} prompts", mend)


@rule
def prompt_asks_for_evidence(draft: Draft) -> Iterator[Spot]:
    """At least one prompt asks, in both languages, to cite a command by its number in the trail, such as [#3]."""
    if draft.lab.about.prompts and not any(map(_asks, draft.lab.about.prompts)):
        message = "no prompt asks for a citation"
        mend = 'write "Cite it by its number in the trail, such as [#2]", and 引用 in Japanese'
        yield Spot(draft.toml, draft.line_of(draft.toml, "[[prompts]]"), message, mend)


def _asks(prompt: Prompt) -> bool:
    return "[#" in prompt.en and "cite" in prompt.en.lower() and "[#" in prompt.ja and "引用" in prompt.ja


@rule
def prompt_ids_differ(draft: Draft) -> Iterator[Spot]:
    """No two prompts have one id: an answer is kept under it."""
    for name, times in Counter(prompt.id for prompt in draft.lab.about.prompts).items():
        if times > 1:
            line = draft.line_of(draft.toml, f'id = "{name}"')
            yield Spot(draft.toml, line, f"{times} prompts are called {name}", "give each a name of its own")


@rule
def params_used(draft: Draft) -> Iterator[Spot]:
    """Every parameter reaches compose.yaml or a script as KIKORI_NAME: one that nobody reads makes no lab different."""
    texts = [draft.compose.text, draft.stack.text if draft.stack else "", *(draft.text(path) for path in draft.scripts)]
    for name in draft.lab.about.params:
        variable = environment_name(name)
        if not any(variable in text for text in texts):
            line = draft.line_of(draft.toml, f"{name} =")
            mend = f"write `{variable}: ${{{variable}}}` under a service's environment, or take it out"
            yield Spot(draft.toml, line, f"nothing reads {variable}", mend)
