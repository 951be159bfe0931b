"""Tell what somebody can do from doing the same once more."""

from __future__ import annotations

import re

from filled_form.reader import plain

AGAIN = re.compile(
    r"\b(?:again|retry|retries|retrying|repeat|redo|once more|try|trying|start over)\b|"
    r"もう(?:一度|1度|一回|1回)|再度|再試行|再実行|リトライ|"
    r"やり直|繰り返|試|何度"
)
SAME = frozenset(
    re.findall(
        r"\S+",
        "ok keep keeps going "
        "again retry retries retrying repeat redo once more try tries trying do does it this that the a an all of "
        "them same step steps command commands thing action task whole start over from beginning top first please "
        "just simply then and until till it's works worked work succeeds well goes through by hand few some "
        "several many other another one two three four five times time or if not still run running to with for in "
        "so long as often you can need wait waiting second seconds minute minutes hour hours moment while little "
        "bit later s min h later after seen is there appears shown",
    )
)
"""Words with which no more is said than that it is to be done once more."""
SAME_JA = re.compile(
    r"もう(?:一|1)(?:度|回)|再度|再試行|再実行|リトライ|やり直|繰り返|試|何(?:度|回)|同じ|手順|コマンド|操作|作業|こと|これ|それ|"
    r"(?:最初|はじめ|初め|頭)から|"
    r"(?:うまくいく|成功する|できる|見える|出る)まで|待|少し|しばらく|数|秒|分|時間|後|"
    r"ください|下さい|実行|やって|打|行|する|して|し|みる|みて|す|り|って|ち|つ|う|く|い|てから|また|でも|また|も|"
    r"[をにのでがとはへかな一二三四五六七八九十]"
)


def is_same_again(said: str) -> bool:
    """Whether a cell only says that it is to be done once more."""
    text = plain(said)
    if not AGAIN.search(text):
        return False
    rest = [word for word in re.findall(r"[a-z']+", text) if word not in SAME]
    return not rest and not re.search(r"[^\W\d_a-z]", SAME_JA.sub("", re.sub(r"[a-z']+", "", text)))
