"""Tell an answer from one that is put off."""

from __future__ import annotations

import re
import unicodedata

SENTENCE = re.compile(r"[.。!?！？\n|;；:：]")
ASKED = "decided|defined|determined|agreed|settled|clarified|confirmed|discussed"
MADE = "found|named|chosen|written|filled(?: in)?|added"
DECIDE = "decide|define|determine|agree|settle|choose|discuss|think|clarify"
SOON = "later|soon|tomorrow|next (?:week|month|time|quarter)"
PUT_OFF = re.compile(
    r"\b(?:tbd|tba|tbc)\b|^(?:todo|fixme)\b(?! list)"
    r"|^(?:(?:this|that|it|which|who|still|yet|is|are|will|has|have) )*"
    rf"(?:to be|not yet|be|yet to be) (?:(?:yet|fully|finally) )?"
    rf"(?:(?:{ASKED})\b(?! by hand\b)|(?:{MADE})\b(?! (?:by|in|on|at|from) (?!me\b|us\b)))"
    r"|^(?:(?:this|that|it|which|who|still|is|are|has|have) )*"
    r"(?:not|not been) (?:decided|determined|agreed|settled|defined)\b"
    rf"|^(?:(?:this|that|it|is|are|has|have|been) )*not (?:{ASKED}|{MADE})(?: yet| so far)?$"
    r"|, (?:still |yet )?to be (?:decided|determined|agreed|defined)(?: later| soon| with .{1,30})?$"
    rf"|^(?:i|we|somebody|someone|the team|they|she|he)(?:'ll| will| shall| must| have to| need to) (?:"
    rf"(?:{DECIDE})\b.*\b(?:{SOON}|then|together|on that|on it|who|what)\b"
    rf"|(?:find|name|write|fill|add|confirm|see|know)(?: it| this| that| out| in)*(?: then)? (?:{SOON}|together)$"
    r"|(?:find out|see|know)(?: it| that)? (?:in the course|over time|as we go|once|when)\b"
    r"|see (?:who (?:has time|can|could|wants|takes|gets|is free)|what (?:comes|happens)|then)\b)"
    r"|^(?:nobody|no one|none|nothing)(?: is)?(?: (?:yet|so far|decided|found|known))+$"
    r"|^(?:there is )?(?:none|nobody|nothing) (?:known|yet)\b"
    r"|^(?:not|it is not|still not|i do not|we do not|i don't|we don't) (?:yet )?(?:know|known|sure|clear)(?: yet)?\b"
    r"|^(?:later|open|undecided|unknown|unclear|pending)$"
)
LATER = "これから|後で|あとで|後日|のちほど|後ほど|来週|来月|今度|そのうち|追って"
PUT_OFF_JAPANESE = re.compile(
    r"(?:未定|未決|検討中|調整中|相談中|確認中)(?:です|である|だ|とする|のため|なので)?[)」]?$"
    r"|(?:まだ|いまだ|現時点では|今のところ).{0,12}(?:決ま|決め|書け|書い).{0,3}(?:ない|ません)(?:です|$|ので|ため|が)"
    r"|^(?:まだ|いまだ|現時点では|今のところ)[^のをがは]{0,6}(?:分か|わか|考え).{0,3}(?:ない|ません)$"
    rf"|(?:{LATER})[^のをがは]{{0,16}}(?:決め|決ま|相談|検討|調整)(?!でき)[^、]{{0,6}}$"
    r"|改めて(?:検討|相談|考え|決め|話し)[^、]{0,8}$"
    rf"|(?:{LATER})[、]?(?:また|改めて|みんなで|皆で|チームで|本人と|リーダーと)?"
    r"(?:書く|書き|考え|確認|記入|連絡)(?!でき)[^、のを]{0,6}$"
    r"|^(?:まだ)?(?:決まっていない|決まっていません|分からない|わからない|不明)$"
)
"""Who decides later has decided nothing; a word such as 確認中 ends a sentence that is no answer."""
MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:tember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?)"
)
DAY = rf"(?:(?:early|late|mid)[ -])?(?:\d{{1,2}}(?:st|nd|rd|th)? )?{MONTH}(?: \d{{1,2}}(?:st|nd|rd|th)?)?,?(?: 20\d\d)?"
"""A day or a month, without the word before it."""
STILL_OPEN = r"(?:(?:it|this|that|which) is )?(?:still|yet) (?:open|undecided)"
AGREED_LATER = re.compile(
    r"(?:i|we)(?:'ll| will)? (?:agree|decide|settle)(?: on)? (?:that|this|it)(?: together| in writing)?"
    rf"(?: with(?: [\w'-]+){{1,5}}?)? (?:in|by|until|on) {DAY}(?:(?:,| and|, and|, but) {STILL_OPEN})?"
)
"""The whole of an answer; with a condition before it, or behind, it is one."""


def is_left_open(text: str) -> bool:
    """Whether half of a text, or more, only says that the answer comes later."""
    sentences = [one.strip(" ,、") for one in SENTENCE.split(unicodedata.normalize("NFKC", text).casefold())]
    if AGREED_LATER.fullmatch(" ".join(" ".join(sentences).split()).replace("’", "'")):
        return True
    return 0 < 2 * sum(map(len, filter(_is_put_off, sentences))) >= sum(map(len, sentences))


def _is_put_off(sentence: str) -> bool:
    return bool(PUT_OFF.search(sentence) or PUT_OFF_JAPANESE.search(sentence))
