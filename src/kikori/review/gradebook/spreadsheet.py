"""Texts of others as cells of a spreadsheet, none of which is taken for a formula."""

from __future__ import annotations

import re

ENDS = r";\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029"
"""Where a cell may end: at a semicolon, too, where a comma is the decimal sign, and quotes then hold none together."""
PLAIN = re.escape("([{<‹«#.…*•:,!?/「『（【〈《“‘'")
BEGIN = re.compile(rf"(?P<end>\A|[{ENDS}])(?P<odd>[^\w{PLAIN}{ENDS}]*)")
"""The begin of what may be a cell, up to a letter, a digit or a sign with which no formula begins."""


def cell(value: object) -> object:
    """Give a value as a spreadsheet may have it: no text that it would take for a formula."""
    if isinstance(value, tuple):
        return cell(" ".join(value))
    if not isinstance(value, str) or not value.strip():
        return value
    quoted = BEGIN.sub(_quoted, value)
    return quoted if re.match(rf"[\w{PLAIN}]", quoted) else f"'{quoted}"


def _quoted(found: re.Match[str]) -> str:
    """Put an apostrophe before whatever is no blank: spreadsheets then take what follows for a text."""
    return f"{found['end']}'{found['odd']}" if found["odd"].strip() else found[0]
