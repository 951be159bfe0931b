"""Who is stuck: kikori cohort and the learner's kikori help-me."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kikori import settings
from kikori.cli import text
from kikori.cli.app import LabOption, Yes, app, command, session, with_default
from kikori.cli.cohort import show
from kikori.errors import KikoriError

if TYPE_CHECKING:
    from kikori.learner.submit import Submitted


PANEL = "Class"


cohort = typer.Typer(
    cls=with_default("status"),
    help="Show an instructor who is stuck, if you want that.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


app.add_typer(cohort, name="cohort", rich_help_panel=PANEL)


@command("serve", show.ended, panel=PANEL, parent=cohort)
def serve(
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Keep it: learners know it.")] = 8765,
    listen: Annotated[
        str, typer.Option("--listen", metavar="ADDRESS", help="This computer's address in the class's network.")
    ] = "127.0.0.1",
    database: Annotated[
        str,
        typer.Option("--database", metavar="URL", help="PostgreSQL; better in KIKORI_COHORT_DATABASE."),
    ] = "",
    submissions: Annotated[
        str, typer.Option("--submissions", metavar="FOLDER", help="Where submissions are kept, for `kikori review`.")
    ] = "",
    renew: Annotated[bool, typer.Option("--renew", help="A new join address; who has joined stays.")] = False,
    open_: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
) -> object:
    """Serve the page that shows who is stuck, and take check-ins from learners who joined."""
    from kikori.cohort.server.serving import Plan, serve_cohort
    from kikori.web.serving import address

    at = address(port, listen)
    plan = Plan(database=database, folder=submissions, renewed=renew, opening=open_, lang=settings.language())
    serve_cohort(at, plan, ready=lambda joining: show.serving(joining, loopback=at.is_loopback))
    return None


@command("join", show.joined, panel=PANEL, parent=cohort)
def join(
    url: Annotated[
        str,
        typer.Argument(
            metavar="URL",
            help="The address that your instructor gave. Without it you are asked, or it is read from the standard "
            "input: others on this computer can read what a command is given, and the address lets them join.",
        ),
    ] = "",
    name: Annotated[str, typer.Option("--name", help="Who you are; else KIKORI_LEARNER or the login name.")] = "",
    yes: Yes = False,
) -> object:
    """Let your instructor see where you are; shows first what is sent."""
    from kikori.cohort.client import joining
    from kikori.cohort.client.membership import parts

    server, token = parts(url or _asked("ask-address"))
    joining.refuse_joined()
    who = joining.own_name(name)
    _agreed(joining.preview(server, who, settings.language()), _said("agree-join"), yes=yes)
    return joining.join(server, token, who)


@command("leave", show.left, panel=PANEL, parent=cohort)
def leave(yes: Yes = False) -> object:
    """Leave: what was collected of you on the server, submissions too, and your token here are deleted."""
    from kikori.cohort.client import joining

    if count := joining.submissions_there():
        _agreed("", _said("agree-leave").format(count=count), yes=yes)
    return joining.leave()


@command("status", show.status, panel=PANEL, parent=cohort)
def status() -> object:
    """Show whether you have joined a cohort, what was sent last, and the answer."""
    from kikori.cohort.client.membership import standing

    return standing()


@command("send", show.sent, panel=PANEL, parent=cohort)
def send(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A .kikori file, as `kikori submit` wrote it.")],
) -> object:
    """Hand a submission in on the instructor's machine."""
    from kikori.cohort.client.upload import hand_in

    return hand_in(Path(file))


@command("game-day", show.played, panel=PANEL, parent=cohort)
def game_day(
    leave: Annotated[bool, typer.Option("--leave", help="Take your consent back.")] = False,
    yes: Yes = False,
    lab: LabOption = None,
) -> object:
    """Take part in a game day: your instructor lets faults into your lab; asks first, and runs until it is over."""
    from kikori.cohort.client import game_day as client

    if leave:
        return client.withdraw()
    attempt = client.invited(session(lab))
    if not client.has_agreed(attempt):
        _agreed(client.preview(attempt, settings.language()), _said("agree-game-day"), yes=yes)
        client.agree(attempt)
    try:
        show.plays(attempt.lab)
        return client.Participant(attempt, show.heard).play()
    except KeyboardInterrupt:
        show.interrupted()
        raise


@command("help-me", show.called, panel=PANEL)
def help_me(
    words: Annotated[str, typer.Argument(metavar="TEXT", help="Where you are stuck, in a sentence.")] = "",
    lower: Annotated[bool, typer.Option("--lower", help="Take your call back.")] = False,
    to: Annotated[str, typer.Option("--to", metavar="FOLDER", help="Where help-me.txt goes, without a cohort.")] = ".",
    yes: Yes = False,
    lab: LabOption = None,
) -> object:
    """Raise your hand on the instructor's page, or write help-me.txt; shows first what is sent."""
    from kikori.cohort.client import help_request
    from kikori.cohort.client.membership import joined

    if lower:
        return help_request.lower()
    at, member = session(lab), joined()
    asked = help_request.call(at, words)
    _agreed(*help_request.preview(asked, member, Path(to), at.lang), yes=yes)
    return help_request.deliver(asked, member, Path(to), at.lang)


def hand_over(value: Submitted) -> None:
    """Once a submission is packed and a cohort was joined: offer to hand it in there, if somebody sits there."""
    from kikori.cohort.client.membership import joined
    from kikori.cohort.client.upload import hand_in

    if (member := joined()) is None:
        return
    question = _said("agree-send").format(url=member.url)
    if sys.stdin.isatty() and sys.stdout.isatty() and typer.confirm(question, default=True, err=True):
        show.sent(hand_in(Path(value.file)))
    else:
        text.line(f"To hand it in at {member.url}: kikori cohort send {shlex.quote(value.file)}")


def _agreed(shown: str, question: str, *, yes: bool) -> None:
    """Show what will be sent, on the standard error, and ask.

    Raises:
        KikoriError: somebody says no, or nobody can be asked.
    """
    typer.echo(text.harmless(shown), err=True)
    if yes:
        return
    if not sys.stdin.isatty():
        raise KikoriError("Nothing was sent: there is nobody to ask.", "the same with --yes, to agree to what is shown")
    if not typer.confirm(question, default=False, err=True):
        raise KikoriError("Nothing was sent.")


def _asked(question: str) -> str:
    """A line that nobody else on this computer is to read: typed without being shown, or from the standard input."""
    if sys.stdin.isatty():
        return str(typer.prompt(_said(question), hide_input=True, err=True))
    return sys.stdin.readline()


def _said(key: str) -> str:
    from kikori.bilingual import texts
    from kikori.cohort import WORDS

    return str(texts(WORDS, settings.language())[key])
