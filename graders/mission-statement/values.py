"""Reads what is named by a number or a letter, and the words around a number of days."""

from __future__ import annotations

import re

from filled_form.reader import plain
from filled_form.values import units

DAYS = units(
    "d day days working work person persons of this each every per a quarter quarters after from then on later pt "
    "percent cent pairs alike altogether we us our",
    "日間|人日|営業日|今期|四半期|次の期から|ごと|毎期|期|割合|一致|[日人分にでは]",
)
"""Words that people write around a number of days or a share."""
LABEL = re.compile(r"(?<![a-z0-9])([mr]) ?-?(\d{1,2})(?!\d)")
ASKED = re.compile(
    r"(?:(?<![\w])#|\bno\.? ?#?|\bnr\.? ?|\brequests? #?|\bnumbers? #?|\bletters? #?|頼みごと ?#?|依頼 ?#?|番号 ?#?)"
    r"(\d{1,2}(?:(?: ?,| and| or| ?&| ?と| ?、| ?/| ?・)(?: and)? ?#?\d{1,2})*)(?![\d])(?! ?(?:days|日|weeks|週|%))"
)
ASKED_JA = re.compile(r"(?<!\d)(\d{1,2}) ?番(?!目)")


def cited(text: str) -> set[str]:
    """Give the sentences that a text cites, such as M1."""
    return {f"{kind.upper()}{int(number)}" for kind, number in LABEL.findall(plain(text))}


def requests(text: str) -> set[int]:
    """Give the numbers of requests that a text names: #4, request 4, 4番."""
    said = plain(text)
    runs = [*ASKED.findall(said), *ASKED_JA.findall(said)]
    return {int(one) for run in runs for one in re.findall(r"\d+", run)}


def first_number(text: str) -> set[int]:
    """Give the number with which a text begins, a word or two before it."""
    found = re.match(r"\D{0,24}(\d{1,2})(?!\d)", plain(text))
    return {int(found[1])} if found else set()
