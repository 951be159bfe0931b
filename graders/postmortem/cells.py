"""What may stand in a cell beside its value: units and the words around a number, and nothing that takes it back."""

from __future__ import annotations

import re
from collections.abc import Mapping

from words import EFFECTS

LATIN = re.compile(r"[a-z][a-z'-]*")
WORD = re.compile(r"\S+")
AROUND = frozenset(
    WORD.findall(
        "about around three quarters quarter approximately approx circa ca nearly almost roughly just some half or so "
        "exactly precisely in total "
        "of the that may fail failed which were was is are sent lost affected met by at on from until to and for a an "
        "orders order customers customer people different distinct unique persons accounts requests customers' "
        "percent per cent budget error share month month's monthly window allowed allowance fail slo total days day "
        "pt h hr hrs hour hours m min mins minute minutes s sec secs second seconds utc z t gmt time am "
        "change changes number no nr schedule scheduler evening-archive evening archive job run runs begins began "
        "place moved jan feb mar apr may jun jul aug sep oct nov dec january february march april june july august "
        "september october november december mon tue wed thu fri sat sun monday tuesday wednesday thursday friday "
        "saturday sunday st nd rd th thursday's same evening's"
    )
)
"""Words that people write around a value."""
AROUND_JA = re.compile(
    "およそ|ほぼ|合計|全部で|ちょうど|ごろ|ころ|時間|分間|秒間|日間|異なる|別々|協定世界時|始まりから|発生から|"
    "半分近く|パーセント|消費|エラーバジェット|バジェット|月間|注文|顧客|許容|失敗|スケジューラ|実行時刻|実行|時刻|"
    "集計|ジョブ|開始|変更|番号|曜日?|してよい|した|その夜|[約頃人名件客年月日時分秒番木金の中内分に、をがからまで割と号]"
)
"""The same in Japanese."""
EFFECT_AROUND = frozenset(
    WORD.findall(
        "it things that this made make got get became become was were is a an the at once little bit much slightly "
        "later first then and for on all customers customers' orders pages effect visible whatsoever "
        "long run same still by with its"
    )
)
EFFECT_AROUND_JA = re.compile(
    "させた|された|される|させる|している|していた|した|する|済み|済|少し|さらに|やや|最初は|客から見て|効果|変化|[はがのに]"
)


def stranger(said: str) -> str:
    """A word that is no part of a value; empty where there is none."""
    for word in LATIN.findall(said):
        if word not in AROUND and any(part not in AROUND for part in word.split("-")):
            return word
    rest = LATIN.sub(" ", AROUND_JA.sub(" ", said))
    found = re.search(r"[^\W\d_]+", rest)
    return str(found[0]) if found else ""


def effects(said: str) -> list[str]:
    """The effects that a text names, if it says nothing else; none where it says more than that."""
    found = []
    for name, words in _longest(EFFECTS):
        if re.search(rf"(?<![a-z]){re.escape(words)}(?![a-z])", said):
            found.append(name)
            said = re.sub(rf"(?<![a-z]){re.escape(words)}(?![a-z])", " ", said)
    left = [word for word in LATIN.findall(said) if word not in EFFECT_AROUND]
    rest = re.sub(r"[\W\d_]", "", LATIN.sub(" ", EFFECT_AROUND_JA.sub(" ", said)))
    return [] if left or rest else list(dict.fromkeys(found))


def _longest(names: Mapping[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    """All words with their names, the longest first."""
    return sorted(((name, word) for name, words in names.items() for word in words), key=lambda two: -len(two[1]))
