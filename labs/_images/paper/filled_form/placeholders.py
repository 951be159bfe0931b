"""Tell a text that only holds its place, since all of it is put off, or stands elsewhere."""

from __future__ import annotations

import re

from filled_form.reader import plain

EMPTY = re.compile(r"[\s.,;:!?…、。，．！？：（）()「」-]+")
PUT_OFF = frozenset(
    re.findall(
        r"[a-z]+",
        "this that it we i you they one the a first second third sentence rule will would shall is are be been was has "
        "have not still yet to on in of for and as at all decide decided say said tell told fill filled write written "
        "agree agreed discuss discussed later soon when once know known more about see look above below same here open "
        "done please todo tbd",
    )
)
"""Of these words alone is made what puts an answer off; whatever says something has one more."""
LATER = re.compile(r"\b(?:later|soon|yet|todo|tbd|still open|to be (?:decided|said|told|written|agreed|discussed))\b")
ELSEWHERE = re.compile(r"\b(?:above|below)\b")
"""One of these has to be among them."""
PUT_OFF_JA = re.compile(
    r"(?:これ|それ|ここ|この欄|この文|欄|[一二三]つ目|について|[はもをにでのと]|もう少し|もっと|詳しく|よく|みんなで|"
    r"まだ|後で|あとで|後ほど|のちほど|追って|改めて|そのうち|いずれ|未定|検討中|上|下|同上|"
    r"考えてから|考える|考えます|分かってから|分かったら|相談して|話し合って|"
    r"決めて|決める|決めます|決まって|書く|書きます|埋める|埋めます|言う|言います|伝える|伝えます|"
    r"同じ|通り|とおり|参照|見る|見て|ください|いない|いません|である|です|だ|する|します)+"
)
LATER_JA = re.compile(r"まだ|もう少し|後で|あとで|後ほど|のちほど|追って|改めて|そのうち|いずれ|未定|検討中")
ELSEWHERE_JA = re.compile(r"同上|[上下].*(?:同じ|通り|とおり|参照|見)")
"""The same in Japanese; no word is made of others of them, so that a long text is read once."""
NOTHING = re.compile(
    r"(?:nothing|none)(?:atall|whatsoever|really|sofar)|(?:特に|まったく|全く)?(?:何も)?(?:ない|ありません|なし)"
)
"""What says in some words that nothing is there."""


def is_put_off(text: str) -> bool:
    """Tell whether all of a text puts its answer off, or leads to another place."""
    return is_for_later(text) or _is_all(text, ELSEWHERE, ELSEWHERE_JA)


def is_for_later(text: str) -> bool:
    """Tell whether all of a text puts its answer off."""
    return _is_all(text, LATER, LATER_JA)


def _is_all(text: str, english: re.Pattern[str], japanese: re.Pattern[str]) -> bool:
    """Whether a text is made of what puts an answer off alone, with a certain word among it."""
    said = EMPTY.sub(" ", plain(text)).strip()
    is_english = {*said.split()} <= PUT_OFF and bool(english.search(said))
    whole = said.replace(" ", "")
    return is_english or bool(PUT_OFF_JA.fullmatch(whole) and japanese.search(whole))


def is_nothing(text: str) -> bool:
    """Tell whether a text says in some words that nothing is there."""
    return bool(NOTHING.fullmatch(EMPTY.sub("", plain(text))))
