"""The author's commands: kikori lab new, lint, prove, mutate, adopt, and how a terminal shows their results."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kikori.cli import text
from kikori.cli.app import Shown, app, command
from kikori.cli.show import result
from kikori.errors import KikoriError

if TYPE_CHECKING:
    from kikori.lint import Finding, Findings
    from kikori.prove.from_submission import Adopted, Against
    from kikori.prove.mutation.results import Mutation, Outcome
    from kikori.prove.proof import Demand, Proofs
    from kikori.prove.status import ProofStatus
    from kikori.prove.transcripts import Ran, Transcripts
    from kikori.scaffold import New


def show_ran(value: Ran) -> None:
    """One command of a transcript, and the lines of the page that it did not say."""
    mark = "✗" if value.missing else "✓"
    text.line(text.harmless(f"{mark} {value.fault}: {value.typed.place}$ {value.typed.command}"))
    for line in value.missing:
        text.line(text.harmless(f"    the page shows: {line}"), fg="red")


def show_transcripts(value: Transcripts) -> None:
    """How many commands said what the pages show, and which pages were written."""
    for page in value.written:
        text.line(f"written: {_nearer(page)}")
    text.line(f"{value.commands} commands, {value.differ} that say something else", bold=True)
    text.next_step("" if value.written or not value.differ else f"kikori lab transcripts {value.lab} --write")


def show_findings(value: Findings) -> None:
    """Every finding and warning with its place and fix, lab by lab."""
    told = [*((one, "") for one in value.findings), *((one, "  warning") for one in value.warnings)]
    for lab, group in groupby(sorted(told, key=_lab), _lab):
        text.line(lab or "what labs share", bold=True)
        for one, mark in group:
            _finding(one, mark)
        text.line()
    for service in value.services:
        text.line(text.harmless(service))
    for note in value.notes:
        text.line(f"Note: {note}")
    labs = f"{len(value.labs)} labs" if len(value.labs) != 1 else value.labs[0]
    text.line(f"{labs}, {value.rules} rules: {_counted(value)}", fg="red" if value.findings else "green", bold=True)
    text.next_step(_next(value))


def _lab(told: tuple[Finding, str]) -> str:
    return told[0].lab


def _counted(value: Findings) -> str:
    found = f"{len(value.findings)} findings" if value.findings else "no finding"
    warnings = len(value.warnings)
    said = "warning" if warnings == 1 else "warnings"
    return text.own(f"{found}, {warnings} {said}" if warnings else found)


def _finding(one: Finding, mark: str) -> None:
    place = f"{_nearer(one.file)}:{one.line}" if one.line else _nearer(one.file)
    text.line(f"  {text.harmless(place)}  [{one.rule}]{text.own(mark)}")
    text.line(f"    {text.harmless(one.message)}")
    text.line(f"    → {text.harmless(one.fix.replace(one.file, _nearer(one.file)))}")


def _nearer(file: str) -> str:
    """A path as one would type it here."""
    return os.path.relpath(file) if Path(file).is_relative_to(Path.cwd()) else file


def _next(value: Findings) -> str:
    labs = list(dict.fromkeys(one.lab for one in value.findings if one.lab))
    if value.findings:
        return f"kikori lab lint {' '.join(labs)}".strip()
    return f"kikori lab prove {value.labs[0]}" if len(value.labs) == 1 else "kikori lab prove"


def show_demand(value: Demand) -> None:
    """One demand, as soon as it was executed (on stderr)."""
    mark = typer.style("✓", fg="green") if value.met else typer.style("✗", fg="red")
    took = text.own(f"{value.seconds:.1f} s, {value.processor:.1f} of processor")
    typer.echo(f"{mark} {value.lab} {value.name}  {took}", err=True)
    if not value.met:
        typer.echo(f"    {text.own(value.breach)}\n    → {text.again(value.command)}", err=True)


def show_proved(value: Proofs | ProofStatus | Against) -> None:
    """Show a proof, how proofs stand, or a replayed dispute."""
    from kikori.prove.proof import Proofs
    from kikori.prove.status import ProofStatus

    if isinstance(value, Proofs):
        show_proofs(value)
    elif isinstance(value, ProofStatus):
        show_status(value)
    else:
        show_dispute(value)


def show_status(value: ProofStatus) -> None:
    """Show every lab's rows in a line, and the command that proves what is not proved."""
    now = datetime.now(UTC)
    rows = []
    for lab in value.labs:
        counts = (lab.demands, lab.proved, lab.engine, lab.stale, lab.missing)
        mutants = f"{lab.mutants - lab.holes} of {lab.mutants}" if lab.mutants else "-"
        rows.append((lab.lab, *map(str, counts), f"{(now - lab.oldest).days} d" if lab.oldest else "-", mutants))
    text.table(("lab", "demands", "proved", "other engine", "stale", "missing", "oldest", "mutants caught"), rows)
    for lab in value.labs:
        if lab.problem:
            text.line(lab.problem, fg="red")
    text.next_step(value.next)


def show_dispute(value: Against) -> None:
    """What the learner typed, and what every check says to it."""
    text.line(f"{text.harmless(value.learner)} at {value.lab}, fault {value.fault or 'none'}", bold=True)
    for one in value.trail:
        text.line(text.harmless(f"  [#{one.number}] {one.line}  ({one.service}, exit {one.exit_code})"))
    for check in value.report.checks:
        result(check)
    text.next_step(value.next)


def show_written(value: New) -> None:
    """Every file of a new lab."""
    for file in value.files:
        text.line(file)
    text.next_step(value.next)


def show_adopted(value: Adopted) -> None:
    """Where the script is; a person says it shorter."""
    text.line(f"{value.file}", bold=True)
    text.line("Read it, make it as short as a person would write it, then prove it.")
    text.next_step(value.next)


def show_proofs(value: Proofs) -> None:
    """Every lab in a line."""
    rows = []
    for proof in value.proofs:
        met = sum(one.met for one in proof.demands)
        state = "proved" if proof.met else "breached"
        rows.append((proof.lab, "unchanged" if proof.skipped else state, f"{met} of {len(proof.demands)}"))
    text.table(("lab", "", "demands met"), rows)
    text.line(f"{value.seconds:.0f} s")
    for proof in value.proofs:
        if proof.recorded:
            text.line(f"recorded: {proof.recorded}")
        if proof.changed:
            text.line(f"{proof.lab} was edited meanwhile, so nothing of it was recorded: prove it again", fg="red")
        if proof.void:
            text.line(f"{proof.void} said that this is met: it is void, and removed", fg="red")


LONGEST = 160


"""Characters of a line of a diff, or of what refused a mutant."""


def show_outcome(value: Outcome) -> None:
    """Show one mutant, as soon as it was tried (on stderr)."""
    mark = typer.style("✗", fg="red") if value.state == "survived" else typer.style("✓", fg="green")
    told = value.killer or (f"passes, and is equal: {value.reason}" if value.reason else "passes")
    typer.echo(f"{mark} {value.id}  {text.harmless(text.own(told))[:LONGEST]}", err=True)


def show_mutation(value: Mutation) -> None:
    """Count the mutants of each fault; show each that passes with its error and its command."""
    rows = [(one.fault, *map(str, (one.tried, one.killed, one.marked, one.survived))) for one in value.faults]
    text.table((value.lab, "tried", "killed", "marked as equal", "survived"), rows)
    for one in value.outcomes:
        if one.state == "survived":
            _survivor(one)
        elif one.killer and one.reason:
            text.line(f"{one.id} is marked as equal, and yet {text.harmless(one.killer)[:LONGEST]}: take the mark out")
    text.line(f"{value.seconds:.0f} s, seed {value.seed}")
    if value.recorded:
        text.line(f"recorded: {value.recorded}")
    if value.changed:
        text.line(f"{value.lab} was edited meanwhile, so nothing of it was recorded: try it again", fg="red")
    if any(one.state == "survived" for one in value.outcomes):
        text.line("Each that passes is a hole in the checks, or as right as the fix: then say why in mutants.toml.")


def _survivor(one: Outcome) -> None:
    text.line(f"{one.id} passes", fg="red")
    for line in one.diff:
        text.line(f"    {text.harmless(line)[:LONGEST]}")
    text.line(f"    → {text.again(one.command)}")


PANEL = "Writing labs"


lab = typer.Typer(help="Write labs: lint and prove them.", no_args_is_help=True, rich_markup_mode=None)


app.add_typer(lab, name="lab", rich_help_panel=PANEL)


@command("lint", show_findings, panel=PANEL, parent=lab)
def lint(labs: Annotated[list[str] | None, typer.Argument(help="Only these labs.")] = None) -> object:
    """Look for what breaks a rule in labs: in a second, without Docker; each finding says its fix."""
    from kikori.content import Catalog
    from kikori.lint import lint as look

    return look(Catalog(), labs or ())


@command("prove", show_proved, panel=PANEL, parent=lab)
def prove(
    labs: Annotated[list[str] | None, typer.Argument(help="Only these labs.")] = None,
    fault: Annotated[str | None, typer.Option("--fault", help="Only the demands of this fault.")] = None,
    only: Annotated[
        str | None, typer.Option("--only", metavar="DEMAND", help="One demand, such as FAULT/fixes/NAME.")
    ] = None,
    seed: Annotated[
        int | None, typer.Option("--seed", min=0, max=2**63 - 1, help="The seed of the parameters; else a random one.")
    ] = None,
    repeat: Annotated[
        int, typer.Option("--repeat", min=1, help="Execute each demand so often, to find what is flaky.")
    ] = 1,
    jobs: Annotated[int, typer.Option("--jobs", min=1, help="How many demands run side by side.")] = 2,
    changed: Annotated[bool, typer.Option("--changed", help="Leave out what is recorded as it is.")] = False,
    record: Annotated[
        bool, typer.Option("--record", help="Write what is met to proofs/LAB.toml, and go on after a breach.")
    ] = False,
    status: Annotated[
        bool, typer.Option("--status", help="Execute nothing: say what is proved, stale and missing, and how old.")
    ] = False,
    against: Annotated[
        str | None, typer.Option("--against", metavar="FILE", help="Replay a learner's dispute instead.")
    ] = None,
) -> object:
    """Prove labs on real Docker: faults seen, fixes accepted, traps caught, nothing left."""
    from kikori.content import Catalog
    from kikori.prove.runner import Wanted
    from kikori.prove.runner import prove as execute

    catalog = Catalog()
    if against:
        from kikori.prove.from_submission import against as replay_dispute

        return replay_dispute(catalog, Path(against), Shown())
    chosen = tuple(catalog.lab(name) for name in labs) if labs else catalog.labs()
    if status:
        from kikori.prove.status import status as status_of_proofs

        return status_of_proofs(chosen)
    wanted = Wanted(
        labs=chosen, fault=fault, only=only, seed=seed, repeat=repeat, jobs=jobs, changed=changed, record=record
    )
    return execute(wanted, Shown(), done=show_demand)


@command("mutate", show_mutation, panel=PANEL, parent=lab)
def mutate(
    name: Annotated[str, typer.Argument(metavar="LAB", help="The lab whose fixes are spoiled.")],
    fault: Annotated[str | None, typer.Option("--fault", help="Only the fixes of this fault.")] = None,
    only: Annotated[str | None, typer.Option("--only", metavar="MUTANT", help="One mutant by its id.")] = None,
    most: Annotated[
        int | None, typer.Option("--most", metavar="N", min=1, help="So many at most, drawn by the seed.")
    ] = None,
    seed: Annotated[
        int | None, typer.Option("--seed", min=0, max=2**63 - 1, help="The seed of the parameters; else a random one.")
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", min=1, help="How many mutants are tried side by side.")] = 2,
    record: Annotated[
        bool, typer.Option("--record", help="Write proofs/mutants/LAB.toml, where all are tried.")
    ] = False,
) -> object:
    """Spoil a lab's right fixes in one place each, and say which of them the checks still accept."""
    from kikori.content import Catalog
    from kikori.prove.mutation.runner import Wanted
    from kikori.prove.mutation.runner import mutate as execute

    wanted = Wanted(lab=Catalog().lab(name), fault=fault, only=only, most=most, seed=seed, jobs=jobs, record=record)
    return execute(wanted, Shown(), done=show_outcome)


@command("transcripts", show_transcripts, panel=PANEL, parent=lab)
def transcripts(
    name: Annotated[str, typer.Argument(metavar="LAB", help="The lab whose debriefs are meant.")],
    fault: Annotated[str | None, typer.Option("--fault", help="Only the debrief of this fault.")] = None,
    write: Annotated[bool, typer.Option("--write", help="Write the output into the pages.")] = False,
) -> object:
    """Run what debriefs have an expert type, on the broken lab, and compare or write the output."""
    from kikori.content import Catalog
    from kikori.prove.transcripts import transcripts as run

    return run(Catalog().lab(name), fault, write=write, done=show_ran)


@command("adopt", show_adopted, panel=PANEL, parent=lab)
def adopt(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A dispute or a submission, or a setter's .fault file.")],
    name: Annotated[str, typer.Option("--name", help="The name of the new script, or of the new fault.")],
    kind: Annotated[
        Literal["fix", "trap"] | None, typer.Option("--as", help="Whether its end state is right or wrong.")
    ] = None,
    fails: Annotated[str, typer.Option("--fails", metavar="CHECK", help="The check that a trap must fail at.")] = "",
    word: Annotated[
        str | None, typer.Option("--word", metavar="WORD", help="What the setter sealed a .fault file with.")
    ] = None,
) -> object:
    """Turn a learner's end state into a new fix or trap of its lab, or a setter's fault into one of its lab's own."""
    from kikori.content import Catalog
    from kikori.fault_file.format import SUFFIX
    from kikori.prove.from_submission import adopt as write

    if file.endswith(SUFFIX):
        from kikori.cli.premortem import word_of
        from kikori.premortem.adopt import adopt_fault

        return adopt_fault(Catalog(), Path(file), word_of(word), name)
    if kind is None:
        raise KikoriError("--as fix or --as trap: is its end state right or wrong?", "kikori lab adopt --help")
    return write(Catalog(), Path(file), kind, name, fails)


@command("new", show_written, panel=PANEL, parent=lab)
def new(
    name: Annotated[str, typer.Argument(metavar="ID", help="The new lab's id.")],
    course: Annotated[str, typer.Option("--course", help="The course that it belongs to.")],
    module: Annotated[str, typer.Option("--module", help="The module of that course.")],
    kind: Annotated[
        Literal["repair", "build", "tune", "write"], typer.Option("--kind", help="What it asks for.")
    ] = "repair",
    workspace: Annotated[
        bool, typer.Option("--workspace", help="What is to be repaired lies in the learner's folder.")
    ] = False,
    to: Annotated[str | None, typer.Option("--to", metavar="DIR", help="A content root of your own.")] = None,
) -> object:
    """Write a small lab that already proves, to be made into your own."""
    from kikori import paths
    from kikori.content import Catalog
    from kikori.model import Kind
    from kikori.scaffold import new_lab

    root = Path(to).absolute() if to else paths.ROOT
    return new_lab(Catalog(), root, name, course, module, Kind(kind), workspace=workspace)
