"""Pages from templates."""

from jinja2 import Environment, FileSystemLoader

from engawa import sessions
from engawa.words import tidy

FOLDER = "/srv/board/templates"


def moment(at):
    """A time as pages and addresses write it: 2025-12-31T23:50:00.000."""
    return at.isoformat(timespec="milliseconds")


def _environment():
    made = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    made.filters |= {"moment": moment, "tidy": tidy}
    made.globals |= {"me": sessions.me, "known_token": sessions.known_token, "notice": sessions.notice}
    return made


def page(name, **values):
    """One page, or a part of one."""
    return _environment().get_template(name).render(**values)
