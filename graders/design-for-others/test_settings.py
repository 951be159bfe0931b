"""Does what the document says fit what is set?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import steps
import values
from filled_form import reader
from filled_form.doubts import has_condition, is_taken_back
from filled_form.values import without_asides
from telephones import wrong_number
from words import EFFECTS, FACTS, LOUD, MEMBERS, PLACES, TEAMS, label

from conftest import acts
from kikori.grading import quoted, reasons

if TYPE_CHECKING:
    from filled_form.reader import Form, Row
    from truth import Truth

reason = reasons(__file__)

pytestmark = [pytest.mark.static, pytest.mark.needs("test_form")]
WORDS = ("host", "user", "data", "backups")
"""Facts that are no numbers."""
SEVERAL = ("port", "metrics", "data", "at_once", "oldest", "memory")
"""Facts that stand in more than one place, of which one wins."""
NEAR = 1e-6
"""What is left when a unit is turned into another."""
PLAIN_WORDS = re.compile(r"tally-(?:related|like|specific|side|owned|service|unit|team)$")
"""What is no command, although it looks like one."""
SERVED = re.compile(r":(\d{4,5})/([a-z][\w.-]*)", re.ASCII)
"""A port with what is asked of it."""
ASKED = re.compile(r"(?<![\w/.:~<>$}-])/([a-z][\w-]*)", re.ASCII)
"""A path with nothing before it."""
AT_HOST = re.compile(r"(?:https?://|\b(?:curl|wget) (?:-\S+ )*[\"']?)([a-z$1][\w.-]*)(?::\$?[a-z]\w*)?/([a-z][\w-]*)")
"""A path behind a machine alone."""
MARKED = re.compile(r"`([^`]*)`")
ROOTS = frozenset(
    re.findall(
        r"\w+", "bin boot data dev etc home lib lib64 media mnt opt proc root run sbin srv sys tmp usr var records"
    )
)
"""Folders of a machine: with one of them a path begins that is no request."""
TWO = re.compile(r"\bor\b|/|または|もしくは|あるいは", re.ASCII)
"""Words between two of which one is meant."""
PORT = re.compile(r"(?<![\d.])(?::|\bport |ポート ?)(\d{4,5})(?![\d:.-])")
PATH = re.compile(
    r"(?<![\w/.:])/(?:etc|var|srv|opt|usr|data|mnt|home|root|tmp|run|dev|bin)(?:/[\w.<>*$@-]+)*", re.ASCII
)
NAMED = re.compile(r"(?<![\w/.-])tally-[a-z-]+")
METRIC = re.compile(r"(?<!\w)tally_[a-z_]+", re.ASCII)
RULE = re.compile(r"(?<!\w)(?:Tally|Docks)[A-Z]\w+", re.ASCII)


def rows_of(document: Form) -> dict[str, Row]:
    """The rows of the facts, each of which is one of the form's and stands there once."""
    found: dict[str, Row] = {}
    for row in document.tables["facts"]:
        name = reader.named(row.cells["name"], FACTS)
        if name:  # what is none of the form's is the author's own
            assert name not in found, reason("fact-twice", line=row.line, seen=quoted(row.cells["name"]))
            found[name] = row
    missing = [label(FACTS[name]) for name in FACTS if name not in found]
    assert not missing, reason("fact-lacks", rows=missing)
    return found


def test_facts(document: Form, truth: Truth) -> None:
    """Ports, places, limits and times are those that hold.

    ja: ポート、場所、上限、時間が、いま効いているとおりである。
    """
    for name, row in rows_of(document).items():
        cell, title = row.cells["value"], label(FACTS[name])
        wanted = truth.facts[name][0]
        if name in WORDS:
            seen = values.word(cell)
            is_one = seen and not values.another(cell, truth.machines)
            assert is_one, reason("one-word", line=row.line, row=title, seen=quoted(cell))
            _holds(row, name, seen, seen == wanted, truth)
            continue
        other_side = values.is_other_side(cell, name)
        assert not other_side, reason("fact-side", line=row.line, row=title, seen=quoted(cell))
        table, unit = values.MEASURED.get(name, ({}, ""))
        told = values.measured(cell, table, unit) if table else None
        number = values.bare_number(cell, name) if told is None else told
        is_one = number is not None and not values.taken_back(cell, name)
        assert is_one, reason("one-number", line=row.line, row=title, seen=quoted(cell))
        other = told is None and number != float(wanted)
        other = other and bool(table) and values.is_in_another_unit(number, float(wanted), table, unit)
        assert not other, reason("fact-unit", line=row.line, row=title, seen=quoted(cell))
        right = min(abs(number - one) for one in truth.accepted(name)) < NEAR
        _holds(row, name, f"{number:g}", right, truth)


def _holds(row: Row, name: str, seen: str, right: bool, truth: Truth) -> None:
    """Fail where a fact is not so, with what the records say of it."""
    cell, title = quoted(row.cells["value"]), label(FACTS[name])
    is_old = not right and truth.is_old(name, seen)
    assert not is_old, reason("fact-old", line=row.line, row=title, seen=cell)
    assert right or name not in SEVERAL, reason("fact", line=row.line, row=title, seen=cell)
    assert right, reason("fact-other", line=row.line, row=title, seen=cell)


def test_places(document: Form, truth: Truth) -> None:
    """For each fact it is said where it is set, so that it can be changed there.

    ja: どの事実にも、それを決めている場所が書いてある。
    """
    for name, row in rows_of(document).items():
        said, title = without_asides(row.cells["place"]), label(FACTS[name])
        seen = {place for place, words in PLACES.items() if re.search(words, said, re.ASCII)}
        assert seen, reason("place-word", line=row.line, row=title, seen=quoted(row.cells["place"]), files=list(PLACES))
        assert len(seen) == 1, reason("place-several", line=row.line, row=title, seen=quoted(row.cells["place"]))
        is_open = values.is_place_open(row.cells["place"])
        assert not is_open, reason("place-open", line=row.line, row=title, seen=quoted(row.cells["place"]))
        if name == "host":
            continue  # more than one record tells it
        right = seen == {truth.facts[name][1]}
        assert right, reason("place", line=row.line, row=title, seen=quoted(row.cells["place"]))


def test_dependencies(document: Form, truth: Truth) -> None:
    """Each dependency has its address, what becomes of the service without it, and how long that can be borne.

    ja: どの依存先にも、アドレス、ないとどうなるか、どれだけ耐えられるかが書いてある。
    """
    needs, seen = truth.house.needs, set()
    offered = [label(words) for words in EFFECTS.values()]
    for row in document.tables["needs"]:
        named = [one for one in needs if one in reader.plain(row.cells["name"])]
        assert len(named) == 1, reason("need-unknown", line=row.line, seen=quoted(row.cells["name"]), needs=list(needs))
        need = needs[named[0]]
        assert need.name not in seen, reason("need-twice", line=row.line, need=need.name)
        seen.add(need.name)
        beside = values.another(row.cells["address"])
        assert not beside, reason("one-word", line=row.line, row=need.name, seen=quoted(row.cells["address"]))
        address = values.word(row.cells["address"]).removeprefix("http://").split("/")[0]
        assert address == need.address.value, reason("address", line=row.line, need=need.name, seen=quoted(address))
        effect = values.one_of(row.cells["effect"], EFFECTS)
        assert effect, reason("effect-word", line=row.line, seen=quoted(row.cells["effect"]), words=offered)
        name = label(EFFECTS[effect])
        assert effect == need.effect, reason("effect", line=row.line, need=need.name, effect=name)
        hours = values.hours(row.cells["hours"])
        is_one = hours is not None and not values.taken_back(row.cells["hours"], "borne")
        assert is_one, reason("one-number", line=row.line, row=need.name, seen=quoted(row.cells["hours"]))
        assert hours == need.hours, reason("hours", line=row.line, need=need.name, seen=quoted(row.cells["hours"]))
    missing = [one for one in needs if one not in seen]
    assert not missing, reason("need-lacks", count=len(missing))


def test_alerts(document: Form, truth: Truth) -> None:
    """Each alert is told with its time, how loud it is, and which team it wakes.

    ja: どのアラートにも、鳴るまでの時間、強さ、起きるチームが書いてある。
    """
    known = {name.casefold(): one for name, one in truth.alerts.items()}
    seen = set()
    for row in document.tables["alerts"]:
        name = reader.plain(row.cells["name"])
        assert name in known, reason("alert-unknown", line=row.line, seen=quoted(row.cells["name"]))
        assert name not in seen, reason("alert-twice", line=row.line, seen=quoted(row.cells["name"]))
        seen.add(name)
        rule, minutes = known[name], values.minutes(row.cells["minutes"])
        is_one = minutes is not None and not values.taken_back(row.cells["minutes"], "rings")
        assert is_one, reason("one-number", line=row.line, row=rule.name, seen=quoted(row.cells["minutes"]))
        assert minutes == rule.minutes, reason("alert-minutes", line=row.line, alert=rule.name)
        loud = "" if has_condition(row.cells["loud"]) else values.one_of(row.cells["loud"], LOUD)
        assert loud, reason("alert-loud-word", line=row.line, seen=quoted(row.cells["loud"]))
        assert loud == rule.severity, reason("alert-loud", line=row.line, alert=rule.name)
        who = without_asides(row.cells["who"])
        places = {team: found.start() for team, words in TEAMS.items() if (found := re.search(words, who, re.ASCII))}
        person = not places and bool(re.search(MEMBERS, who, re.ASCII))
        assert not person, reason("alert-person", line=row.line, seen=quoted(row.cells["who"]))
        is_doubted = is_taken_back(row.cells["who"])
        assert not is_doubted, reason("alert-doubt", line=row.line, seen=quoted(row.cells["who"]))
        is_either = len(places) > 1 and bool(TWO.search(who))
        assert not is_either, reason("alert-either", line=row.line, seen=quoted(row.cells["who"]))
        first = min(places, key=lambda team: places[team], default="")
        assert first == rule.team, reason("alert-team", line=row.line, alert=rule.name, seen=quoted(row.cells["who"]))
    missing = [name for name in known if name not in seen]
    assert not missing, reason("alert-lacks", count=len(missing))


def _is_asked(line: int, plain: str, said: str, truth: Truth) -> None:
    """Fail where something is asked that nothing answers, or at another port than its own."""
    every = set().union(*truth.requests.values())
    for port, asked in SERVED.findall(plain):
        right = asked in truth.requests.get(port, {asked})
        elsewhere = not right and asked in every and port in truth.own_ports
        assert not elsewhere, reason("port-path", line=line, port=port, path=f"/{asked}")
        assert right, reason("no-such-request", line=line, path=f"/{asked}")
    parts = [*MARKED.findall(said), MARKED.sub("x", said)]
    here = {truth.house.host, "localhost", "127.0.0.1", "$host", "hostname"}
    at_host = [asked for machine, asked in AT_HOST.findall(plain) if machine in here]
    for asked in [*ASKED.findall(" ; ".join(map(reader.plain, parts))), *at_host]:
        assert asked in every | ROOTS, reason("no-such-request", line=line, path=f"/{asked}")


def _is_answered(document: Form, truth: Truth) -> None:
    """Fail where a telephone number is nobody's, or not that of whoever is named beside it."""
    teams = {row.line: truth.alerts[name].team for row in document.tables["alerts"] if (name := _alert(row, truth))}
    for line in document.lines:
        said, ports = reader.plain(line.text), truth.house.ports
        number, is_other = wrong_number(said, truth.telephones, ports, teams.get(line.number, ""))
        assert not is_other, reason("telephone-other", line=line.number, seen=number)
        assert not number, reason("no-such-telephone", line=line.number, seen=number)


def _alert(row: Row, truth: Truth) -> str:
    """The alert that a row is about; empty where there is none of its name."""
    name = reader.plain(row.cells["name"])
    return next((one for one in truth.alerts if one.casefold() == name), "")


def test_names(document: Form, truth: Truth) -> None:
    """Every port, path, command, metric, alert and telephone number that the document names is there.

    ja: 文書に出てくるポート、パス、コマンド、メトリクス、アラート、電話番号が、どれも実在する。
    """
    _is_answered(document, truth)
    for line in document.lines:
        said = line.text.replace("&nbsp;", " ")
        for port in PORT.findall(reader.plain(said)):
            assert port in truth.house.ports, reason("no-such-port", line=line.number, port=port)
        _is_asked(line.number, reader.plain(said), said, truth)
        for found in PATH.finditer(said):
            path = found[0].rstrip(".")
            assert truth.has_path(path), reason("no-such-path", line=line.number, path=quoted(path))
        for command in NAMED.findall(" ".join(values.codes(said))):
            assert command in truth.commands, reason("no-such-command", line=line.number, command=quoted(command))
        for metric in METRIC.findall(said):
            assert metric in truth.metrics, reason("no-such-metric", line=line.number, metric=quoted(metric))
        for rule in RULE.findall(said):
            assert rule in truth.alerts, reason("no-such-alert", line=line.number, alert=quoted(rule))
    for number, cell in acts(document):
        machine = steps.wrong_machine(reader.plain(cell), truth.house.host, truth.own_ports, truth.machines)
        assert not machine, reason("wrong-machine", line=number, seen=quoted(machine))
        for command in NAMED.findall(reader.plain(cell)):
            known = command in truth.commands or PLAIN_WORDS.match(command)
            assert known, reason("no-such-command", line=number, command=quoted(command))
