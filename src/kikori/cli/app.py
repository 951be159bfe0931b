"""What every command shares: ``--json`` and ``--lang``, exit codes, and the only ``except KikoriError``."""

from __future__ import annotations

import errno
import inspect
import json
import os
import sys
import traceback
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer
from typer.core import TyperGroup

from kikori import __version__, paths
from kikori.bilingual import LANGUAGES
from kikori.cli import text
from kikori.errors import EnvironmentProblem, Exit, KikoriError, OurFault
from kikori.settings import language

if TYPE_CHECKING:
    from kikori.cli.still_at_work import Silence
    from kikori.learner.session import Session


SAID_BY_US, GOES_ON = "kikori: ", " …"
Meant = tuple[str | None, str | None, list[str] | None]


def split(service: str | None, argv: list[str] | None, labs: Collection[str]) -> Meant:
    """Tell the lab, the service and the command that were meant.

    The parser alone can't tell ``shell -- ls`` from ``shell ls``; a first word that is one of ``labs`` is a lab's name.
    """
    words = [word for word in (service, *(argv or ())) if word is not None]
    behind = len(sys.argv) - sys.argv.index("--") - 1 if "--" in sys.argv else 0
    before, command = words[: len(words) - behind], words[len(words) - behind :]
    lab = before.pop(0) if before and before[0] in labs else None
    place = before.pop(0) if before else None
    return lab, place, (command if "--" in sys.argv else before) or None


def with_default(name: str) -> type[TyperGroup]:
    """A group in which a first word that is no command's name is the first argument of the command ``name``."""

    class WithDefault(TyperGroup):
        default = name

        def parse_args(self, context: Any, words: list[str]) -> list[str]:
            first = next((word for word in words if not word.startswith("-")), None)
            asks_for_help = {"-h", "--help"} & {*words[:1]}
            if words and not asks_for_help and first not in self.commands:
                words = [name, *words]
            return super().parse_args(context, words)

    return WithDefault


class Shown:
    """Shows each step on the standard error, while it runs and when it is done."""

    def step(self, title: str) -> AbstractContextManager[Callable[[str], None]]:
        """Enter a step with a progress bar of its own."""
        from kikori.host.steps import step

        return step(text.own(title))


class Translated:
    """The standard error on which layers below say, in English, what they are doing to the machine."""

    def __init__(self, below: TextIO) -> None:
        self._below = below

    def write(self, told: str) -> int:
        """Write a line of ours in Japanese; anything else as it is."""
        if not told.startswith(SAID_BY_US):
            return self._below.write(told)
        said = told.removeprefix(SAID_BY_US)
        title = said.removesuffix(GOES_ON)
        return self._below.write(SAID_BY_US + text.own(title) + said[len(title) :])

    def __getattr__(self, name: str) -> Any:
        return getattr(self._below, name)


def session(lab: str | None = None) -> Session:
    """The learner's content and attempts; ``lab`` says which is meant where several are running."""
    from kikori.learner.session import Session

    return Session(lab, Shown())


@contextmanager
def at_work(what: str, lab: str | None = None) -> Iterator[tuple[Session, Silence]]:
    """Give a session of a command that says so when it has shown nothing for some seconds.

    Not where Docker is to be set up first: that may ask for a password, and shows what it does.
    """
    from kikori.cli.still_at_work import Silence
    from kikori.host import has_engine
    from kikori.host.base_image import is_there

    own, silence = session(lab), Silence(what)
    with silence.watched() if has_engine() and is_there() else nullcontext():
        own.steps = silence.steps(own.steps)
        yield own, silence


app = typer.Typer(
    name="kikori",
    help="Break a real system in Docker, fix it, and explain why.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # its import would double the time of --help
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


Language = Annotated[str | None, typer.Option("--lang", metavar="en|ja", help="Language of all that is said.")]


Content = Annotated[
    list[str] | None,
    typer.Option("--content", metavar="DIR", help="One more folder with courses, labs and graders."),
]


LabOption = Annotated[str | None, typer.Option("--lab", help="Which lab, where several are running.")]


Yes = Annotated[
    bool,
    typer.Option("--yes", envvar="KIKORI_SAID_YES", show_envvar=False, help="Agree beforehand to what is shown."),
]


"""The launcher takes ``--yes`` for itself, wherever it stands, and hands it on by that variable."""


LabName = Annotated[str | None, typer.Argument(metavar="[LAB]", help="Which lab, where several are running.")]


NAMED = inspect.Parameter("named", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=LabName)


"""Each command that takes ``--lab`` takes the lab's name alone, too, as ``start`` does."""


UsageError: Any = typer.BadParameter.__base__


"""Typer has it, and exports none but some of its kinds."""


SHARED = (
    inspect.Parameter("json", inspect.Parameter.KEYWORD_ONLY, default=False, annotation=Json),
    inspect.Parameter("lang", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Language),
    inspect.Parameter("content", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Content),
)


def command(
    name: str, show: Callable[[Any], None], *, panel: str, parent: typer.Typer = app, **settings: Any
) -> Callable[[Callable[..., object]], Callable[..., None]]:
    """Make a function a command: ``show`` prints its value, ``--json`` prints it as data instead.

    The value's ``exit_code``, where it has one, is the command's.
    """

    def register(function: Callable[..., object]) -> Callable[..., None]:
        own = inspect.signature(function, eval_str=True)
        is_about_a_lab = "lab" in own.parameters and "argv" not in own.parameters
        named = [NAMED] if is_about_a_lab and own.parameters["lab"].annotation == LabOption else []

        @wraps(function)
        def run(*, json: bool, lang: str | None, content: list[str] | None, **options: Any) -> None:
            with _cut_short():
                _set_language(lang)
                _add_content(content or [])
                if named:
                    options["lab"] = one_lab(options.pop("named"), options["lab"])
                value = function(**options)
                _print_json(value) if json else show(value)
            _check_in()
            raise typer.Exit(int(getattr(value, "exit_code", Exit.DONE)))

        run.__signature__ = own.replace(  # type: ignore[attr-defined]
            parameters=[*own.parameters.values(), *named, *SHARED], return_annotation=None
        )
        run.__annotations__ = {p.name: p.annotation for p in run.__signature__.parameters.values()}  # type: ignore[attr-defined]
        del run.__wrapped__  # or typer would read the function's own signature
        parent.command(name, rich_help_panel=panel, **settings)(run)
        return run

    return register


def one_lab(named: str | None, option: str | None) -> str | None:
    """Take the lab's name from wherever it was given.

    Raises:
        KikoriError: two different ones were.
    """
    if named and option and named != option:
        raise KikoriError(f"{named} and --lab {option}: which of them?", "kikori status")
    return named or option


@contextmanager
def _cut_short() -> Iterator[None]:
    """End a command in our own words when it is interrupted or its reader has gone; the parser would say nothing."""
    try:
        yield
        sys.stdout.flush()
    except KeyboardInterrupt:
        text.problem("Stopped.", "kikori status")
        raise typer.Exit(int(Exit.INTERRUPTED)) from None
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whoever read our output has gone
        raise typer.Exit(int(Exit.DONE)) from None


def _check_in() -> None:
    """Let the cohort's server know what has changed, where one was joined; else this is one look at the disk."""
    with suppress(OSError):
        if (paths.state() / "cohort.json").exists():
            from kikori.cohort.client.change_detection import notice

            notice()


def _set_language(lang: str | None) -> None:
    if lang not in (None, *LANGUAGES):
        raise KikoriError(f"--lang {lang}: Kikori speaks en and ja.", "--lang en")
    if lang:
        os.environ["KIKORI_LANG"] = lang  # the graders' child reads it there


def _add_content(roots: list[str]) -> None:
    """Let the layers below, and the graders' child, find more labs in KIKORI_CONTENT."""
    for root in roots:
        if not Path(root).is_dir():
            raise KikoriError(f"--content {root}: there is no such folder.", "kikori list")
    text.NAMED[:] = roots
    known = os.environ.get("KIKORI_CONTENT", "").split(os.pathsep)
    added = [str(Path(root).absolute()) for root in roots]
    os.environ["KIKORI_CONTENT"] = os.pathsep.join(dict.fromkeys(part for part in (*known, *added) if part))


def _print_json(value: object) -> None:
    import msgspec  # 10 ms, and --help does not need it

    print(json.dumps(msgspec.to_builtins(value), ensure_ascii=False, indent=1))


@app.callback(invoke_without_command=True)
def root(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
    lang: Language = None,
) -> None:
    """Break a real system in Docker, fix it, and explain why."""
    _set_language(lang)
    if version:
        print(f"kikori {__version__}")
        raise typer.Exit


def main() -> None:
    """Run the command line; every problem ends as one sentence and an exit code."""
    from kikori.cli import help, registry

    registry.load()
    if (asked := help.asked_language(sys.argv)) in LANGUAGES:
        _set_language(asked)
    if language() == "ja":
        sys.stderr = Translated(sys.stderr)
    try:
        command = help.speaking(typer.main.get_command(app))
        sys.exit(command(prog_name="kikori", standalone_mode=False) or int(Exit.DONE))
    except UsageError as problem:
        help.show_usage(problem)
        _as_json(problem.format_message(), f"{problem.ctx.command_path} --help" if problem.ctx else "kikori --help")
        sys.exit(problem.exit_code)
    except typer.Abort:
        _end(KikoriError("Stopped: the question was not answered."))
    except KikoriError as problem:
        _end(problem)
    except OSError as problem:
        _end(_of_the_machine(problem))
    except Exception:  # the last line of defence: no traceback reaches a learner
        _end(OurFault("Kikori itself failed; this is our fault, not yours.", _written_down()))


def _end(problem: KikoriError) -> None:
    _as_json(problem.message, problem.hint)
    text.problem(problem.message, problem.hint)
    sys.exit(int(problem.exit_code))


def _as_json(message: str, hint: str) -> None:
    """Print a problem as data where that was asked for; what follows ``--`` is another program's."""
    words = sys.argv[: sys.argv.index("--")] if "--" in sys.argv else sys.argv
    if "--json" in words:
        told = {"message": text.own(message), "hint": text.typed(text.own(hint))}
        print(json.dumps({"error": told}, ensure_ascii=False))


def _of_the_machine(problem: OSError) -> KikoriError:
    if problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return EnvironmentProblem(f"The disk is full: {problem.filename or 'a file could not be written'}", "df -h")
    return EnvironmentProblem(f"{problem.filename or 'a file'}: {problem.strerror or problem}")


def _written_down() -> str:
    """Keep the traceback for whoever fixes it; gives the command that shows it."""
    file = paths.state() / "last-error.log"
    try:
        from kikori.attempts.atomic_files import write_whole  # only where something went wrong

        write_whole(file, traceback.format_exc().encode("utf-8", "backslashreplace"))
    except OSError:
        return "./kikori doctor"  # with no place for the log, the machine is the first thing to fix
    return f"less {file}"
