"""Find reasons of which nothing is left when all that only postpones is taken away."""

from __future__ import annotations

import re

from filled_form.reader import length, plain

CLAUSE = re.compile(
    r"[.;:!?。;:!?、,\n|()「」]|—|–| - |\b(?:so(?: that)?|because|therefore|hence|and|but)\b|ので|ため|から、|が、",
    re.ASCII,
)
WHO = r"(?:i|we|they|he|she|it|you|one|nobody|no one|somebody|someone|everybody|[a-z]+)"
DONE = (
    r"(?:made up|decided|agreed|settled|discussed|talked|thought|found|looked|had|got|gotten|said|told|answered|asked|"
    r"considered|seen|come back|returned|time|the time|a (?:better |good )?idea|an (?:idea|opinion|answer)|more time|"
    r"decides?|agrees?|settles?|knows?|finds?|thinks?|is back|are back|is ready|are ready|is free|are free)"
)
AFTER = re.compile(
    rf"\b(?:until|till|before|once|when(?:ever)?|as soon as|after|if|unless)\b(?: the| our| her| his| their)? "
    rf"{WHO}(?: \w+)?(?: (?:has|have|had|'s|is|are|can|will|could))? {DONE}\b.*$",
    re.ASCII,
)
"""A condition by which somebody has to do something first, to the end of its clause."""
LEAD = rf"^(?:then |first |for now |so far |still |at the moment |in the meantime )*(?!nobody|no one)(?:{WHO} )?"
TALK = (
    r"(?:talk|speak|think|look|decide|discuss|return|come back|consider|settle|agree|clarify|review|revisit|"
    r"postpone)s?\b"
)
AGAIN = re.compile(
    rf"{LEAD}(?:(?:will|shall|must|should|have to|has to|need to|needs to|want to|would like to|are going to|"
    rf"'ll) )+{TALK}.*$|"
    rf"{LEAD}(?:can |could )?{TALK}(?!.*\bany more).*\b(?:again|later|then|soon|next (?:time|week|month|"
    rf"quarter)|another time|"
    r"some (?:day|time)|in (?:the )?(?:autumn|summer|winter|spring|july|august|september|october|november|"
    r"december|january)|afterwards)\b.*$",
    re.ASCII,
)
"""Of a clause that says no more than that it is talked about at another time."""
OPEN = re.compile(
    r"^.*\b(?:left open|leave[sn]? (?:it|that|this) open|stays? open|remains? open|is (?:still )?open|are open|put off|"
    r"postponed?|postpones|deferred|adjourned|on hold|undecided|pending|unsettled|up in the air|tbd)\b.*$|"
    r"^(?:it |that |this |which |what |still |is |are |has |have |yet |will )*(?:to )?be "
    r"(?:filled in|written|found|decided|settled|discussed|clarified|defined|agreed|added|completed|named|"
    r"chosen|seen)\b.*$|"
    r"^(?:so far |as |since )?(?:nobody|no one|none(?: of us)?|we|i|they)(?: \w+)? (?:could|can|can't|cannot|"
    r"did|didn't|knew|knows?|had|have|"
    r"do|don't|was|were)(?: not| no)? (?:say|tell|answer|decide|know|agree|time|idea|opinion|sure|anything|the time|"
    r"an (?:idea|opinion|answer)|any (?:idea|time))\b.*$|"
    r"^(?:as |since )?(?:there )?(?:was|is|were) (?:no|not enough|too little) time\b.*$|^for (?:now|the time being)$",
    re.ASCII,
)
JAPANESE = re.compile(
    r"^.*(?:保留|先送り|持ち越|見送|棚上げ|未定|未決|空欄|まだ(?:誰も)?(?:分から|わから|決ま|決め)).*$|"
    r"^.*(?:次回|次の|今度|後で|あとで|後日|改めて|いずれ|そのうち|秋に|夏に|来月|来週|時間の?(?:ある|できた|が(?:でき|あ)))"
    r".*(?:決め|決ま|考え|話し|相談|検討|議論|書[くきい]|埋め|見直|判断).*$|"
    r"^.*(?:決め|決ま|考え|話し合|相談|検討|判断|心を決め|結論)[^、。]{0,8}(?:まで|てから|次第).*$|"
    r"^.*(?:誰も|誰にも|何も|この場で|会議で)[^、。]{0,12}(?:言え|答え|決め|決ま|分から|わから|判断).{0,5}(?:ない|なかった|ません|ず).*$"
)
STAYS = re.compile(
    r"^(?:so |then |therefore |until then |for now )*(?:the |its |this )?(?:number|objective|percentage|promise|"
    r"it|all|everything)"
    r"(?: [\w-]+)? (?:stays?|remains?|is kept|keeps|is left)(?: \w+){0,5}$|^(?:数字|目標|約束|当面)(?:は|"
    r"を)?[^、。]{0,10}"
    r"(?:まま|維持|残す|変えない)(?:する|とする|にする)?$",
    re.ASCII,
)
"""A clause that says the verdict once more."""


def is_postponed(text: str, least: int) -> bool:
    """Whether something is put off, and what is said beside it has fewer words than it has to have."""
    kept, is_put_off = [], False
    for clause in (one.strip(" '\"") for one in CLAUSE.split(plain(text).replace("’", "'"))):
        rest = AFTER.sub(" ", clause).strip()
        is_put_off |= rest != clause
        if AGAIN.search(rest) or OPEN.search(rest) or JAPANESE.search(rest):
            is_put_off = True
        elif not STAYS.search(rest):
            kept.append(rest)
    return is_put_off and length(" ".join(kept)) < least
