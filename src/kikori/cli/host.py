"""This machine and Kikori itself: doctor, images, test, serve, site build, and how a terminal shows them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kikori.cli import text
from kikori.cli.app import Shown, app, command, session
from kikori.errors import KikoriError
from kikori.settings import language

if TYPE_CHECKING:
    from kikori.learner.doctor import Health, Images
    from kikori.panel.serving import Written
    from kikori.selftest import Suite
    from kikori.sizing.fit import Fits


def show_health(value: Health) -> None:
    """Every fact, and what to do about those that are not as they must be."""
    for fact in value.facts:
        mark = typer.style("✓", fg="green") if fact.ok else typer.style("✗", fg="red")
        wanted = "" if fact.ok or not fact.wanted else text.own(f"  (needs {text.own(fact.wanted)})")
        text.line(f"{mark} {text.column(fact.name, 11)} {text.own(fact.seen)}{wanted}")
        if fact.hint:
            text.line(f"    → {text.own(fact.hint)}")
    text.next_step("kikori start first-look" if all(fact.ok for fact in value.facts) else "")


def show_examined(value: Health | Fits) -> None:
    """Show the machine, or whether a class fits on it."""
    from kikori.learner.doctor import Health

    show_health(value) if isinstance(value, Health) else show_fits(value)


def show_fits(value: Fits) -> None:
    """Show what a class needs at each lab, marked where the machine has too little, and how many would fit."""
    from kikori.sizing.told import said_of

    told = said_of(value, language())
    for line in told.head:
        text.line(line)
    text.table(told.titles, told.rows)
    for line in told.foot:
        text.line(line)


def show_images(value: Images) -> None:
    """Every image and its size."""
    rows = [(row.lab, row.tag, f"{row.bytes / 10**6:.0f} MB") for row in value.images]
    text.table(("lab", "image", "size"), rows)


def show_tested(value: Suite) -> None:
    """Show the slowest tests, the demands that were executed and why, and last all that failed."""
    from kikori.cli.author import show_proofs

    for one in value.slowest:
        text.line(f"{one.seconds:7.1f} s  {one.test}")
    if value.proofs:
        show_proofs(value.proofs)
    for why, number in value.reasons.items():
        text.line(f"{number} demands executed: {why}")
    for test in value.failed:
        text.line(f"✗ {test}", fg="red")
    executed = [demand for proof in value.proofs.proofs for demand in proof.demands] if value.proofs else []
    for demand in executed:
        if not demand.met:
            text.line(f"✗ {demand.lab} {demand.name}: {demand.breach}", fg="red")


def show_built(value: Written) -> None:
    """Where the pages are."""
    text.line(f"Written: {value.pages} pages in {value.folder}", bold=True)


PANEL = "This machine"


@command("doctor", show_examined, panel=PANEL)
def doctor(
    learners: Annotated[
        int | None, typer.Option("--class", metavar="N", min=1, help="Say whether so many learners fit at once.")
    ] = None,
    labs: Annotated[
        list[str] | None, typer.Option("--lab", metavar="LAB", help="With --class: at this lab alone.")
    ] = None,
) -> object:
    """Tell what this machine has and lacks, and the next command; or how many learners it carries."""
    from kikori.learner.doctor import class_fits, health

    if learners:
        return class_fits(session(), learners, labs or [])
    if labs:
        raise KikoriError("--lab is about a class: how many learners?", f"kikori doctor --class 20 --lab {labs[0]}")
    return health()


@command("images", show_images, panel=PANEL)
def images(
    labs: Annotated[list[str] | None, typer.Argument(help="Only these labs.")] = None,
) -> object:
    """Set up Docker where needed, and build the labs' images ahead of time."""
    from kikori.learner.doctor import build_images

    return build_images(session(), labs or [])


@command(
    "test",
    show_tested,
    panel=PANEL,
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)
def run_tests(
    context: typer.Context,
    fast: Annotated[bool, typer.Option("--fast", help="Leave out what needs Docker or takes long.")] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Execute every demand on every lab, whatever is recorded.")
    ] = False,
    durations: Annotated[bool, typer.Option("--durations", help="List the hundred slowest tests.")] = False,
) -> object:
    """Run Kikori's own tests and the proofs that are due; further options go to pytest, and then no proof runs."""
    from kikori.cli.author import show_demand

    try:
        from kikori.selftest import Asked, selftest
    except ModuleNotFoundError:  # a wheel has neither tests nor labs to prove
        raise KikoriError(
            "Kikori's own tests are run in a copy of its repository; this is none.", "./kikori test, in the copy"
        ) from None
    asked = Asked(options=tuple(context.args), fast=fast, everything=everything, durations=durations)
    return selftest(asked, Shown(), show_demand)


Instructor = Annotated[
    bool, typer.Option("--instructor", help="With notes, slides and sheets that instructors alone see.")
]


site = typer.Typer(help="The course site as files.", no_args_is_help=True, rich_markup_mode=None)


app.add_typer(site, name="site", rich_help_panel="Learning")


@command("serve", lambda value: None, panel="Learning")
def serve(
    port: Annotated[int, typer.Option("--port", help="The port; else one that is free.")] = 8350,
    listen: Annotated[
        str, typer.Option("--listen", metavar="ADDRESS", help="Another address than 127.0.0.1: others can reach it.")
    ] = "127.0.0.1",
    opening: Annotated[bool, typer.Option("--open/--no-open", help="Open the browser.")] = True,
    instructor: Instructor = False,
) -> object:
    """Serve the course site with a panel and a terminal for each lab."""
    from kikori.panel.serving import serve as begin

    begin(Shown(), port, listen, opening=opening, instructor=instructor)
    return None


@command("build", show_built, panel="Learning", parent=site)
def build(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="Where the pages are written.")],
    instructor: Instructor = False,
) -> object:
    """Build the site as plain files, for a file server; panels become commands to copy."""
    from kikori.panel.serving import write

    return write(Shown(), Path(folder), instructor=instructor)
