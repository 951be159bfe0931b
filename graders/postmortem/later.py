"""Tells what is put off from what was not known that night, which a post-mortem has to say."""

from __future__ import annotations

import re
import unicodedata

from left_open import is_left_open

STOP = re.compile(r"(?<=[.。!?！？\n])")
BEGINS = re.compile(
    r"^[(\[「]?(?:tb[acd]\b|to ?do(?::|\.|$)|未定(?:です|である|だ)?(?:[。.、:)\]」]|$)|未記入|"
    r"(?:still )?to be "
    r"(?:decided|defined|determined|discussed|written|filled|added|agreed|clarified)\b(?! by hand| in))"
)
"""A text that begins so is one that comes later, whatever else it says."""
PUT = r"(?:put|written|filled|added|noted|set|recorded|entered|listed|pasted|completed|summari[sz]ed|collected)"
THIS = r"this (?:part|section|place|document|post-?mortem)"
COMES = re.compile(
    r"^(?:i|we|the team|somebody|someone)(?:'ll| will| shall| are going to) "
    r"(?:fill|write|add|complete|discuss|decide)\b"
    r"[^.]{0,40}\b(?:here|this|it|that|later|part|lessons?)\b"
    r"[^.]{0,60}\b(?:after|once|when|later|next|in the (?:review|meeting))\b|"
    r"^(?:this|that|it|the (?:part|lessons?|rest)) (?:will|shall|is going to) "
    r"(?:follow|come|be (?:written|filled|added|decided|discussed))\b|"
    rf"\b(?:will|shall|(?:is|are)(?: going)? to)(?: (?:then|only))? be {PUT}(?: (?:down|in|up|out))? "
    rf"(?:here|below|(?:in|into|to) {THIS})\b|"
    rf"\b(?:will|shall)(?: then)? (?:go|come|follow|stand|appear) (?:here|(?:in|into|to) {THIS})\b|"
    rf"^(?:will|shall) be {PUT} (?:after|later|next)\b|"
    rf"\b(?:will|shall|'ll|(?:am|is|are) going to) (?:then )?(?:put|write|fill|add|note|set)(?: (?:\w+ ){{0,4}}?)?"
    rf"(?: ?(?:down|in))? ?(?:here|(?:in|into|to) {THIS})\b|"
    r"(?:ここ|この(?:欄|項目?|節))(?:に|へ)[^。]{0,16}(?:書|記|追記|加え|載せ|まとめ|足)(?:く|き|す|し|入|る)?"
    r"(?:し|する|ます|る|れる|られる)?(?:予定|つもり|こととする|ことにする)?(?:だ|である|です|ます)?[。]?$|"
    r"(?:ここに|この欄に|あとで|後で|のちほど|会議で|打ち合わせで)[^。]{0,16}"
    r"(?:書く|書き|記入|追記|決める|決め|埋める)[^。、]{0,4}(?:予定|つもり)[^。、]{0,3}[。]?$"
)
"""What announces words in the place of them."""
UNKNOWN = re.compile(
    r"^(?:it (?:is|was) |(?:i|we) do |still )?(?:not|don't) (?:yet )?(?:know|known|sure|clear)(?: yet)?(?! yet) \w|"
    r"^(?:i|we) don't (?:yet )?(?:know|see)(?! yet) \w|"
    r"(?<!教訓)(?<!これ)(?<!ここ)(?<!内容)[がは][^がは。]{0,6}(?:まだ|いまだ|現時点では|今のところ)[^。]{0,14}(?:ない|ません)|"
    r"\w{2,20}(?:が|は|を)[^。]{0,12}(?:検討|調整|相談|確認)中"
)
"""What was open that night, or is: no answer is put off by that."""


def is_later(text: str) -> bool:
    """Whether a text, or half of it, only says that an answer is to come."""
    said = " ".join(unicodedata.normalize("NFKC", text).casefold().replace("*", "").split())
    if BEGINS.match(said):
        return True
    sentences = [one.strip(" -・") for one in STOP.split(said)]
    told = [one for one in sentences if one and not UNKNOWN.search(one)]
    coming = sum(len(one) for one in told if COMES.search(one.strip(" .")) or is_left_open(one))
    return 0 < 2 * coming >= len(said)
