"""Draw what customers write: no learner has seen these telegrams before."""

import random

LANGUAGES = (
    "Здоровья и счастья!",
    "진심으로 축하합니다",
    "ألف مبروك",
    "जन्मदिन मुबारक",
    "สุขสันต์วันเกิด",
    "Καλή τύχη!",
    "祝你們百年好合",
    "Þúsund þakkir, kæra Þóra",
    "Chúc mừng sinh nhật 👩‍👩‍👧",
)
SIGNS = (
    'She said "yes", and "at once".',
    "It lies in C:\\new\\tables, as '\\u0041\\n'.",
    "100 % of it: %msg%, %20, $HOME, `date`.",
    "<134>1 {curly} [square] <b>bold<b> &amp; #012 #011",
    "   three blanks before, and a ~ behind   ~",
)
NAMES = (' "Tante" 典子 Ōe', ' Zoë "Zo" Müller & Söhne', ' Łukasz «Łuk» Nowak, "Café 9"')


def texts(chance: random.Random) -> dict[str, str]:
    """Draw texts, each of which may be too much for a pipeline."""
    return {
        "language": "ご結婚おめでとうございます 🎎 Ærø, Škoda " + " ".join(chance.sample(LANGUAGES, 3)),
        "lines": "Dear all,\n\n  one\ttab, two lines.\n謹んで\n\nYours, " + chance.choice(("Aki", "Bo", "Chie")),
        "signs": "\r\n".join(chance.sample(SIGNS, len(SIGNS))),
        "long": "Once more from the beginning. " * chance.randint(2500, 3500),
        "recipient": f"By whom this is read, the {chance.choice(('first', 'upper'))} line says.",
    }


def long_one(chance: random.Random) -> str:
    """Draw a text of 116 KiB that shares no word with another.

    It repeats itself, so that a submission that holds some of them stays small.
    """
    return (" ".join(f"{chance.getrandbits(40):010x}" for _ in range(180)) + " ") * 60


def name(chance: random.Random) -> str:
    """Draw whom a telegram is for, as it follows a run's number."""
    return chance.choice(NAMES)
