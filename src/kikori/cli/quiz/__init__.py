"""The instructor's commands on the tests of a class: kikori quiz mark, quiz chart."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kikori.cli.app import app, command
from kikori.cli.instructor import PANEL
from kikori.cli.quiz.show import show_marked, show_rise
from kikori.settings import language

quiz = typer.Typer(help="Mark the tests of a class.", no_args_is_help=True, rich_markup_mode=None)

app.add_typer(quiz, name="quiz", rich_help_panel=PANEL)


@command("mark", show_marked, panel=PANEL, parent=quiz)
def mark(
    places: Annotated[list[str], typer.Argument(metavar="FILE|DIR...", help="CSV files, or folders that hold them.")],
    to: Annotated[str | None, typer.Option("--csv", metavar="FILE", help="Write the points as a CSV, too.")] = None,
) -> object:
    """Mark the answers that learners saved, or that were typed from paper."""
    from kikori.content import Catalog
    from kikori.review.quizzes.answers import collect
    from kikori.review.quizzes.marking import marked, write_table

    found = marked(collect([Path(place) for place in places], Catalog().quizzes()))
    if to:
        write_table(found, Path(to))
    return found


@command("chart", show_rise, panel=PANEL, parent=quiz)
def chart(
    before: Annotated[str, typer.Argument(metavar="PRE", help="The answers to the test before: a CSV, or a folder.")],
    after: Annotated[str, typer.Argument(metavar="POST", help="Those to the test after; it may be the same folder.")],
    to: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="Where to write it, as SVG.")] = "chart.svg",
) -> object:
    """Draw what a class has gained: a line for each learner, the median, and each objective."""
    from kikori.content import Catalog
    from kikori.review.quizzes.answers import collect
    from kikori.review.quizzes.marking import rise
    from kikori.site.quizzes.rise_chart import write_chart

    catalog, lang = Catalog(), language()
    found = rise(*(collect([Path(place)], catalog.quizzes()) for place in (before, after)))
    modules = [module for course in catalog.courses() for module in course.modules]
    titles = {f"{module.course}/{module.id}": module.about.title.lang(lang) for module in modules}
    write_chart(found, titles, Path(to), lang)
    return found
