"""Tell whether a change says what its verdict asks for, and nothing that is another decision."""

from __future__ import annotations

import re
from collections.abc import Iterable

from asides import is_open
from filled_form.reader import plain
from verdicts import last_number

PERCENT = re.compile(r"(?<![\d.,])([5-9]\d(?:[.,]\d{1,4})?) ?(%|per ?cent|パーセント)?(?![\d.,]*\d)")
PERCENTILE = re.compile(r"\bp ?9\d(?:\.\d+)?\b|\b9\d(?:\.\d+)?(?:th)?[ -]?percentile|9\d(?:\.\d+)?パーセンタイル")
ROUNDED = 0.001
"""How far a rounded number may be from its own, beside half of its last digit."""
TOWARDS = re.compile(r"(?:\bto|\bat|->|→|=>|から) ?$")
UNITS = re.compile(
    r"^ ?(?:people|persons?|developers?|hours?|h\b|days?|weeks?|minutes?|min\b|s\b|seconds?|ms\b|人|名|時間|日|"
    r"週|分|秒)"
)
ENDED = re.compile(
    r"\b(?:suspension|exception|move)s? (?:(?:is|are|has|have|was|been|now) )*(?:over|ended|ends|done|lifted|gone)\b|"
    r"\b(?:no|without|end(?:s|ed)? (?:of )?)(?: (?:an?|the|more|further|other|second|longer))* (?:suspension|"
    r"exception)s?\b|"
    r"\bno longer suspended\b|"
    r"(?:停止|例外)(?:は|が|の|を)?(?:終わ\w*|終了|解除|やめ\w*|なし|しない|せず|延長(?:は|を)?(?:しない|せず|なし))|延長(?:は|を)?(?:しない|せず|なし)|"
    r"\b(?:releases?|features?|deploy\w*|changes)(?: (?:is|are|stay|be|of the \w+))* (?:paused|suspended|stopped)\b|"
    r"\b(?:paus|suspend|stopp?)\w* (?:(?:all|the|of|new|other) )*(?:releases?|features?|deploy\w*|changes)\b|"
    r"(?:リリース|配信|新機能|機能追加|開発|変更|計画|予告|短い|短時間)[^、。]{0,6}停止\w*|"
    r"\brais\w+ (?:an? |the )?(?:alerts?|alarms?|awareness|question)\b",
    re.ASCII,
)
"""What was suspended before, or is no number."""
SECOND = re.compile(
    r"\blower(?:ed|ing|s)?(?= (?:to|it|the (?:number|objective|promise)|its|if|when|by|from|in)\b|$)|\blowered\b|"
    r"\brais(?:e|ed|es|ing)\b|\bsuspen\w+|\bexceptions?\b|\bprolong\w*|\bwaive\w*|\bexempt\w*|\bout of force\b|"
    r"\b(?:does|do|will)(?: not|n't) (?:count|hold|apply)\b|\bignor(?:e[ds]?|ing)\b|\b(?:no|without) consequences\b|"
    r"数え(?:ない|ません)|効かない|適用し?ない|"
    r"\b(?:not|no longer) in force\b|\bpaused?\b|引き下げ|引き上げ|停止|例外|延長|免除|猶予",
    re.ASCII,
)
"""Words of another verdict in the change of one that leaves the number as it is."""
TO_COME = re.compile(
    r"\b(?:will|shall|would|to|should|must|has to|have to|going to|can|could)\b(?: \w+){0,2} "
    r"(?:propos|suggest|defin|design|find|found|chosen|choos|decid|agree|invent|develop|com(?:e|es) up|think|"
    r"thought|worked out|"
    r"work out|look(?:s|ed)? for)\w*|\b(?:is|are) (?:still )?(?:proposed|being (?:found|chosen|worked out|designed))\b|"
    r"(?:提案|決め|決ま|考え|探|検討|相談|設計)[^、。]{0,5}(?:予定|つもり|ことに|する$|る$|ます$|もの|指標|数字)|これから(?:決|考|探)",
    re.ASCII,
)
"""Of an indicator that there is not yet."""
AS_BEFORE = re.compile(
    r"\b(?:counted|measured|count|measure)s? (?:it )?(?:as|like) (?:before|now|today|until now|ever|so far|always)\b|"
    r"(?:今|これ|いま)まで(?:どおり|通り)|従来(?:どおり|通り)|同じ(?:測り方|数え方)"
)
NO_INDICATOR = frozenset(
    re.findall(
        r"[a-z]+",
        "a an the another other new better good best something some somehow anything different otherwise differently "
        "indicator indicators measure measures measured measuring metric metrics number numbers way ways one "
        "ones sli slo "
        "count counts counted counting counter that this which what it its is are be been will would shall "
        "should to of for "
        "in on by with at from and more less most real right proper suitable meaningful modern closer users "
        "user people "
        "propose proposes proposed find finds found choose chosen define defined later soon then when next "
        "first january "
        "february march april may june july august september october november december quarter month week "
        "instead we they "
        "she he i our their her his vera ono takumi mori signe riku joji ines lena hisae paulo as before now nothing "
        "whatever helps fits works see sees need needs matter matters useful",
    )
)
"""Words with which nothing is named that could be counted."""
NO_INDICATOR_JA = re.compile(
    r"別の|新しい|もっと|より|よい|良い|いい|ほかの|他の|何か|指標|測り方|数え方|測定|計測|数字|数|方法|もの|こと|適切|正しい|"
    r"ユーザー|使う人|見直|変え|変更|測る|数える|する|した|して|これから|後で|[をのにでがとはへもな]|ベラ|オノ|タクミ|モリ|シグネ|リク|"
    r"ジョージ|イネス|レナ|ヒサエ|パウロ|提案|考え|る|\d+月"
)


def second_decision(cell: str, old: float, known: Iterable[float]) -> str:
    """Words by which a change moves or suspends a number that its verdict keeps; empty where it does not.

    ``old`` is the number that stays; in a sentence, those that are ``known`` of the objective may be told as well.
    """
    if moved := [one for one in last_number(cell) if one != old]:
        return str(moved[0])
    said = PERCENTILE.sub(" ", plain(cell))
    for found in PERCENT.finditer(said):
        towards = TOWARDS.search(said[: found.start()])
        is_one = "." in found[1] or "," in found[1] or found[2] or towards
        within = 0.5 * 10 ** -len(re.sub(r"^\d+[.,]?", "", found[1])) + ROUNDED
        right = [old] if towards else [old, *known]
        is_right = any(abs(float(found[1].replace(",", ".")) - one) <= within for one in right)
        if is_one and not is_right and not UNITS.search(said[found.end() :]):
            return found[0].strip()
    second = SECOND.search(ENDED.sub(" ", said))
    return second[0].strip() if second else ""


def names_indicator(cell: str) -> bool:
    """Whether a change names something that can be counted, and that is not as before, or yet to be found."""
    said = plain(cell).replace("’", "'")
    if TO_COME.search(said) or AS_BEFORE.search(said) or is_open(said.replace("whether", " ")):
        return False
    words = {one.removesuffix("'s") for one in re.findall(r"[a-z']+", said)} - NO_INDICATOR
    left = re.findall(r"[^\W\d_]", NO_INDICATOR_JA.sub("", re.sub(r"[a-z']+", " ", said)))
    return bool(words or len(left) > 1)
