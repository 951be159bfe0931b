"""Find texts of which nothing is left when all that only postpones is taken away."""

from __future__ import annotations

import re

from filled_form.left_open import MONTH
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


LATER = (
    r"(?: (?:again|later|then|soon|afterwards|another time|some (?:day|time)|next (?:time|week|month|quarter|year)|"
    r"in (?:the )?(?:autumn|summer|winter|spring|january|february|march|april|may|june|july|august|september|october|"
    r"november|december)|(?:when|once|if|as soon as) (?:somebody|someone|anybody|everybody|there is|we|i|they)\b.*))+"
)
SAYS_LATER = re.compile(
    r"^(?:(?:so|and|but|therefore|then|for now|first) )*(?:(?:i|we|they|one|the team|both|let's) )?"
    r"(?:(?:will|shall|must|should|can|have to|need to|'ll) )*"
    r"(?:(?:talk|speak|think|decide|discuss|consider|settle|clarify|revisit|come back)(?: (?:about|on|of|to))?"
    rf"(?: (?:it|that|this))?|look at (?:it|that|this)){LATER}$",
    re.ASCII,
)
"""The whole of a clause that only says when it is talked about."""
STAYS_OPEN = re.compile(
    r"^(?:(?:so|and|but|therefore|then|as yet|for now) )*"
    r"(?:(?:it|that|this|which|what|all|everything|the (?:answer|question|matter|point|rest|decision|reason|field|cell|"
    r"number)|[a-z]\d+)(?: (?:is|was|will be|stays|remains|has been|be))? )?(?:still |yet |therefore )?"
    r"(?:left open|open|undecided|put off|postponed|deferred|adjourned|unsettled|up in the air|pending|on hold)"
    r"(?: (?:for now|for the time being|so far|until (?:then|later|(?:the )?next [\w ]{1,20})|in this meeting))*$",
    re.ASCII,
)
NOBODY_SAYS = re.compile(
    r"^(?:(?:so far|as|since|today|so) )*(?:nobody|no one|none of us|we|i|they) (?:\w+ )?"
    r"(?:(?:could|can|cannot|can't|couldn't|did not|didn't|do not|don't)(?: not)? "
    r"(?:say|tell|answer|decide|know|agree)|knew|knows|had (?:an |the |any |no )?(?:answer|idea|time|opinion))"
    r"(?: (?:it|that|this|yet|so far|on it|anything))*(?: (?:in|at) (?:this|the|that|our) \w+)?$",
    re.ASCII,
)
SAYS_LATER_JAPANESE = re.compile(
    r"^(?:それ|これ|答え|結論|判断|この件)?(?:は|を|も)?(?:いったん|当面|ひとまず|今回は|次回まで)?"
    r"(?:保留|先送り|持ち越し|見送り|棚上げ|未定|未決)(?:に|と)?(?:する|した|します|しました|です|である|だ)?$|"
    r"^(?:それは|この件は)?(?:また|次回|今度|後で|あとで|後日|改めて|いずれ|そのうち)[^のをがはで]{0,14}"
    r"(?:決め|決ま|考え|話し|相談|検討|議論)[^、]{0,8}$|"
    r"^[^、。]{0,12}時間[^、。]{0,6}(?:たら|れば|とき|時に?)$|"
    r"^(?:この場|会議|今回|この会議)では?[^、。]{0,6}(?:誰も|誰にも|何も)[^、。]{0,6}"
    r"(?:言え|答え|決め|決ま|分から|わから)[^、。]{0,3}(?:ない|なかった|ません)(?:でした)?$|"
    r"^(?:誰も|誰にも|何も)(?:言え|答え|決め|決ま|分から|わから)[^、。]{0,3}(?:ない|なかった|ません)(?:でした)?$"
)
YET_TO_COME = re.compile(
    r"^(?:something|anything|whatever|what|(?:an?|the|some) [\w-]+(?: [\w-]+)?(?= (?:that|which) ))"
    r"(?: else| better| new)?(?: that| which)? (?:[\w'-]+ ){1,6}?"
    r"(?:will|shall|would|(?:is|are) going to|(?:has|have|is|are) (?:still |yet )?to|must|should|may|might) "
    r"(?:still |then |later |yet )*"
    r"(?:(?:propose|suggest|define|invent|come up with|think of|work out)(?: [\w'-]+){0,4}|"
    r"(?:choose|decide|agree on|settle)(?: (?:it|that))? (?:later|then|soon|next \w+|"
    rf"(?:in|by|on|at) (?:{MONTH}|the (?:next )?(?:meeting|review))))$|"
    r"^[^、。]{1,24}[がはで][^、。]{0,16}(?:提案|検討|相談|設計|定義)(?:する|します)(?:予定の?|つもりの?)?"
    r"(?:もの|こと|指標|条件|数字|基準|何か)(?:です|である|だ)?$|"
    r"^[^、。]{1,30}(?:提案|決め|考え|検討)(?:する|る)(?:予定|つもり)(?:です|である|だ)?$",
    re.ASCII,
)
"""The whole of a text that names what somebody has yet to find."""


def is_put_off(text: str, least: int) -> bool:
    """Whether clauses that only postpone leave fewer words than a text has to have.

    Narrower than ``is_postponed``, for texts about things: what waits until something has come, or is open, is one.
    """
    said = plain(text).replace("’", "'")
    if YET_TO_COME.search(said.strip(" .。")):
        return True
    clauses = [one.strip(" '\"") for one in CLAUSE.split(said)]
    put_off = (SAYS_LATER, STAYS_OPEN, NOBODY_SAYS, SAYS_LATER_JAPANESE)
    kept = [one for one in clauses if not any(each.search(one) for each in put_off)]
    return len(kept) < len(clauses) and length(" ".join(kept)) < least
