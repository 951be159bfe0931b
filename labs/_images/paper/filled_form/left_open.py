"""Tell an answer from one that is put off."""

from __future__ import annotations

import re
import unicodedata

SENTENCE = re.compile(r"[.。!?！？\n|;；:：]")
ASKED = (
    r"decided|defined|determined|agreed|settled|found|named|chosen|written|filled|added|clarified|confirmed|discussed"
)
DECIDE = "decide|define|determine|agree|settle|find|name|choose|write|fill|add|clarify|confirm|discuss|think|see|know"
PUT_OFF = re.compile(
    r"\b(?:tbd|tba|tbc|todo|fixme)\b"
    r"|^(?:(?:this|that|it|which|who|still|yet|is|are|will|has|have) )*"
    rf"(?:to be|not yet|not|be|yet to be) (?:(?:yet|fully|finally) )?(?:{ASKED})\b(?! (?:by|in|at) hand\b)"
    rf"|^(?:i|we|somebody|someone|the team|they|she|he)(?:'ll| will| shall| must| have to| need to) (?:{DECIDE})\b"
    r".*\b(?:later|then|next (?:week|month|time|quarter)|tomorrow|soon|together|on that|on it|who|what)\b"
    r"|^(?:nobody|no one|none|nothing)(?: is)?(?: (?:yet|so far|decided|found|known))+$"
    r"|^(?:there is )?(?:none|nobody|nothing) (?:known|yet)\b"
    r"|^(?:not|it is not|still not|i do not|we do not|i don't|we don't) (?:yet )?(?:know|known|sure|clear)(?: yet)?\b"
    r"|^(?:later|open|undecided|unknown|unclear|pending)$"
)
PUT_OFF_JAPANESE = re.compile(
    r"未定|未決|検討中|調整中|相談中|確認中"
    r"|(?:まだ|いまだ|現時点では|今のところ).{0,12}(?:決ま|決め|分か|わか|書け|書い|考え).{0,3}(?:ない|ません|いない|いません)"
    r"|(?:これから|後で|あとで|後日|のちほど|後ほど|来週|来月|今度|そのうち|追って).{0,16}"
    r"(?:決め|決ま|書く|書き|考え|相談|検討|調整|確認|記入|連絡)[^、]{0,6}$"
    r"|^(?:まだ)?(?:決まっていない|決まっていません|分からない|わからない|不明)$"
)
"""Who decides later has decided nothing; a word such as 確認中 is no answer wherever it stands."""


def is_left_open(text: str) -> bool:
    """Whether half of a text, or more, only says that the answer comes later."""
    sentences = [one.strip(" ,、") for one in SENTENCE.split(unicodedata.normalize("NFKC", text).casefold())]
    return 0 < 2 * sum(map(len, filter(_is_put_off, sentences))) >= sum(map(len, sentences))


def _is_put_off(sentence: str) -> bool:
    return bool(PUT_OFF.search(sentence) or PUT_OFF_JAPANESE.search(sentence))
