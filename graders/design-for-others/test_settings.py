"""Does what the document says fit what is set?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import values
from filled_form import reader
from words import COLUMNS, EFFECTS, FACTS, FOREIGN, LOUD, NUMBERS, PLACES, TEAMS, label

from conftest import the_name, the_number
from kikori.grading import quoted, reasons

if TYPE_CHECKING:
    from filled_form.reader import Form, Row
    from truth import Truth

reason = reasons(__file__)

pytestmark = [pytest.mark.static, pytest.mark.needs("test_form")]
SEVERAL = ("port", "metrics", "data", "at_once", "oldest", "memory")
"""Facts that stand in more than one place, of which one wins."""
SERVED = re.compile(r":(\d{4,5})/([a-z][\w.-]*)", re.ASCII)
"""A port with what is asked of it."""
PORT = re.compile(r"(?<![\d.])(?::|\bport |ポート ?)(\d{4,5})(?![\d:.-])")
PATH = re.compile(
    r"(?<![\w/.:])/(?:etc|var|srv|opt|usr|data|mnt|home|root|tmp|run|dev|bin)(?:/[\w.<>*$@-]+)*", re.ASCII
)
OWN = re.compile(r"(?<![\w/.-])tally-[a-z-]+", re.ASCII)
METRIC = re.compile(r"(?<!\w)tally_[a-z_]+", re.ASCII)
RULE = re.compile(r"(?<!\w)(?:Tally|Docks)[A-Z]\w+", re.ASCII)
THEIRS = re.compile(r"(?<![\w/.-])[A-Za-z]+(?:[-_][a-z]+)*(?![\w-])", re.ASCII)
AT = re.compile(r"(?<![\w.-])([a-z][\w-]*):(\d{4,5})(?!\d)", re.ASCII)
"""A machine with a port."""


def rows_of(document: Form) -> dict[str, Row]:
    """Give the rows of the facts, each of which is one of the form's and stands there once."""
    found: dict[str, Row] = {}
    for row in document.tables["facts"]:
        name = reader.named(row.cells["name"], FACTS)
        assert name, reason("fact-unknown", line=row.line, seen=quoted(row.cells["name"]))
        assert name not in found, reason("fact-twice", line=row.line, seen=quoted(row.cells["name"]))
        found[name] = row
    missing = [label(FACTS[name]) for name in FACTS if name not in found]
    assert not missing, reason("fact-lacks", rows=missing)
    return found


def test_facts(document: Form, truth: Truth) -> None:
    """Ports, places, limits, times and telephones are those that hold.

    ja: ポート、場所、上限、時間、電話番号が、いま効いているとおりである。
    """
    for name, row in rows_of(document).items():
        line, title = row.cell("value"), label(FACTS[name])
        if name in NUMBERS:
            number = the_number(line, name, title)
            seen, right = f"{number:g}", number in truth.accepted(name)
        else:
            seen = values.word(line.text)
            assert seen, reason("only-word", line=line.number, row=title, seen=quoted(line.text))
            right = seen == truth.facts[name][0].casefold()
        cell = quoted(line.text)
        is_old = not right and truth.is_old(name, seen)
        assert not is_old, reason("fact-old", line=row.line, row=title, seen=cell)
        assert right or name not in SEVERAL, reason("fact", line=row.line, row=title, seen=cell)
        assert right, reason("fact-other", line=row.line, row=title, seen=cell)


def test_places(document: Form, truth: Truth) -> None:
    """For each fact it is said where it is set, so that it can be changed there.

    ja: どの事実にも、それを決めている場所が書いてある。
    """
    for name, row in rows_of(document).items():
        seen = the_name(row.cell("place"), PLACES, label(FACTS[name]))
        right = seen == truth.facts[name][1]
        assert right, reason("place", line=row.line, row=label(FACTS[name]), seen=quoted(row.cells["place"]))


def test_dependencies(document: Form, truth: Truth) -> None:
    """Each dependency has its address, what becomes of the service without it, and how long that can be borne.

    ja: どの依存先にも、アドレス、ないとどうなるか、どれだけ耐えられるかが書いてある。
    """
    needs, seen = truth.house.needs, set()
    for row in document.tables["needs"]:
        name = values.one_of(row.cells["name"], {one: (one,) for one in needs})
        assert name, reason("need-unknown", line=row.line, seen=quoted(row.cells["name"]))
        need = needs[name]
        assert need.name not in seen, reason("need-twice", line=row.line, need=need.name)
        seen.add(need.name)
        address = values.word(row.cells["address"])
        assert address, reason("only-word", line=row.line, row=need.name, seen=quoted(row.cells["address"]))
        assert address == need.address.value, reason("address", line=row.line, need=need.name, seen=quoted(address))
        effect = the_name(row.cell("effect"), EFFECTS, need.name)
        assert effect == need.effect, reason("effect", line=row.line, need=need.name, effect=label(EFFECTS[effect]))
        right = the_number(row.cell("hours"), "borne", need.name) == need.hours
        assert right, reason("hours", line=row.line, need=need.name, seen=quoted(row.cells["hours"]))
    missing = [one for one in needs if one not in seen]
    assert not missing, reason("need-lacks", count=len(missing))


def test_alerts(document: Form, truth: Truth) -> None:
    """Each alert is told with its time, how loud it is, and which team it wakes.

    ja: どのアラートにも、鳴るまでの時間、強さ、起きるチームが書いてある。
    """
    seen, titles = set(), COLUMNS["alerts"]
    known = {name: (name,) for name in truth.alerts}
    for row in document.tables["alerts"]:
        name = values.one_of(row.cells["name"], known)
        assert name, reason("alert-unknown", line=row.line, seen=quoted(row.cells["name"]))
        assert name not in seen, reason("alert-twice", line=row.line, seen=quoted(row.cells["name"]))
        seen.add(name)
        rule, minutes = truth.alerts[name], the_number(row.cell("minutes"), "rings", name)
        assert minutes == rule.minutes, reason("alert-minutes", line=row.line, alert=name)
        loud = the_name(row.cell("loud"), LOUD, label(titles["loud"]))
        assert loud == rule.severity, reason("alert-loud", line=row.line, alert=name)
        team = the_name(row.cell("who"), TEAMS, label(titles["who"]))
        assert team == rule.team, reason("alert-team", line=row.line, alert=name, seen=quoted(row.cells["who"]))
    missing = [name for name in known if name not in seen]
    assert not missing, reason("alert-lacks", count=len(missing))


def test_names(document: Form, truth: Truth) -> None:
    """Every port, path, command, metric and alert that the document names is there.

    ja: 文書に出てくるポート、パス、コマンド、メトリクス、アラートが、どれも実在する。
    """
    for line in document.lines:
        said, number = line.text.replace("&nbsp;", " "), line.number
        plain = reader.plain(said)
        for port in PORT.findall(plain):
            assert port in truth.house.ports, reason("no-such-port", line=number, port=port)
        for port, asked in SERVED.findall(plain):
            _is_asked(number, port, asked, truth)
        for machine, port in AT.findall(plain):
            elsewhere = port in truth.own_ports and machine in truth.machines
            assert not elsewhere, reason("wrong-machine", line=number, seen=quoted(machine))
        for found in PATH.finditer(said):
            path = found[0].rstrip(".*")  # a full stop, or Markdown's marks
            assert truth.has_path(path), reason("no-such-path", line=number, path=quoted(path))
        for command in OWN.findall(plain):
            assert command in truth.commands, reason("no-such-command", line=number, command=quoted(command))
        for metric in METRIC.findall(said):
            assert metric in truth.metrics, reason("no-such-metric", line=number, metric=quoted(metric))
        for rule in RULE.findall(said):
            assert rule in truth.alerts, reason("no-such-alert", line=number, alert=quoted(rule))
        for name in THEIRS.findall(said):
            assert name not in FOREIGN, reason("foreign-name", line=number, seen=quoted(name))


def _is_asked(line: int, port: str, asked: str, truth: Truth) -> None:
    """Fail where something is asked that nothing answers, or at another port than its own."""
    right = asked in truth.requests.get(port, {asked})
    elsewhere = not right and port in truth.own_ports and asked in set().union(*truth.requests.values())
    assert not elsewhere, reason("port-path", line=line, port=port, path=f"/{asked}")
    assert right, reason("no-such-request", line=line, path=f"/{asked}")
