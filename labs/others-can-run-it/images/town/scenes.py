"""Scenes of an evening: what waits in the sender's folders, what its log says, and how the provider is.

A scene is data: a box lays it out, the town plays the provider, and a grader knows the truth of it.
"""

import base64
import json

STATIONS = ("aobadai", "hirao", "ikuta", "kanda", "komae", "machida", "noborito", "seijo", "tama", "ueno", "yurigaoka")
ACCOUNT_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
PUBLIC = ("calm", "jam", "provider")
"""Those that one can practise on."""
LONG_AGO = 86400
"""Seconds: what was in the log before tonight is some days older."""


def drawn(rng, kind):
    """A scene to practise on."""
    if kind == "calm":
        return build(rng, waiting=rng.randint(0, 6), oldest=rng.randint(3, 20), old=True)
    if kind == "jam":
        return build(rng, waiting=rng.randint(15, 40), bad={0: rng.choice(["empty", "cut"])}, down=True)
    return build(rng, waiting=rng.randint(15, 40), provider=503, old=True)


def build(rng, *, waiting, oldest=0, bad=None, down=False, provider=200, rate=40, key=True, old=False, said=(),
          elsewhere=False, takes=0):  # fmt: skip
    """Put a scene together.

    ``bad`` tells which places of the queue have which kind of message that can't be read, ``said`` what the log's last
    lines are, ``elsewhere`` that another server has sent all of it already, and ``takes`` how many messages the provider
    takes before it says what ``provider`` has.
    """
    bad = bad or {}
    names = named(rng, waiting)
    ages = spread(oldest or rng.randint(400, 1500), waiting)
    messages = [one(rng, name, age, bad.get(at, "")) for at, (name, age) in enumerate(zip(names, ages, strict=True))]
    held = [one(rng, f"0{rng.randint(100, 199)}-{rng.choice(STATIONS)}", LONG_AGO * 4, "cut", "held")] if old else []
    lines = past(rng, old)
    if down and bad:
        lines += gave_up(names[min(bad)], bad[min(bad)])
    lines += [{"age": 300 - at, "text": text} for at, text in enumerate(said)]
    return {
        "account": "".join(rng.choice(ACCOUNT_LETTERS) for _ in range(20)),
        "messages": messages + held,
        "bad": [names[at] for at in sorted(bad)],
        "log": lines,
        "down": down,
        "key": "".join(rng.choice(ACCOUNT_LETTERS) for _ in range(12)) if key else "",
        "provider": provider,
        "takes": takes,
        "rate": rate,
        "elsewhere": elsewhere,
    }


def named(rng, many):
    """The names of messages, the oldest first."""
    number = rng.randint(200, 900)
    found = []
    for _ in range(many):
        number += rng.randint(1, 7)
        found.append(f"{number:04}-{rng.choice(STATIONS)}")
    return found


def spread(oldest, many):
    """Ages in seconds, from the oldest to one that has just come."""
    return [max(1, round(oldest * (many - at) / many)) for at in range(many)]


def one(rng, name, age, kind="", folder="waiting"):
    """A message, or what a station has left of one."""
    parcel, locker, code = f"K-{rng.randint(10000, 99999)}", rng.randint(1, 60), rng.randint(1000, 9999)
    words = {"parcel": parcel, "to": f"+81-90-{rng.randint(1000, 9999)}-{rng.randint(1000, 9999)}",
             "text": f"まちかど {name[5:]} {locker}番 暗証番号 {code}"}  # fmt: skip
    content = json.dumps(words, ensure_ascii=False)
    spoilt = {
        "": content.encode(),
        "empty": b"",
        "cut": content.encode()[: rng.randint(20, 45)],
        "no-to": json.dumps({key: words[key] for key in ("parcel", "text")}, ensure_ascii=False).encode(),
        "null-to": json.dumps(words | {"to": None}, ensure_ascii=False).encode(),
        "list": json.dumps([words], ensure_ascii=False).encode(),
        "other-letters": content.encode("cp932"),
    }
    return {"name": name, "age": age, "folder": folder, "content": base64.b64encode(spoilt[kind]).decode()}


WHY = {
    "empty": "it is empty",
    "cut": "it is no JSON, or ends too early",
    "no-to": "it has no to",
    "null-to": "it has no to",
    "list": "it is a list or a single value",
    "other-letters": "its letters are not UTF-8",
}


def past(rng, old):
    """What the log had before: on an old box also of messages that could not be read, days ago."""
    found = []
    if old:
        name = f"0{rng.randint(100, 199)}-{rng.choice(STATIONS)}"
        found += gave_up(name, "cut", LONG_AGO * 4)
    for at in range(5):
        found.append({"age": 1800 - at * 9, "text": f"sent 0{rng.randint(100, 199)}-{rng.choice(STATIONS)}"})
    return found


def gave_up(name, kind, age=300):
    """What the sender says of a message that it can't read, and that it stays down."""
    lines = [{"age": age - at, "text": f"can't read {name}: {WHY[kind]}"} for at in range(3)]
    return [*lines, {"age": age - 3, "text": "three times in a row: down until somebody starts it"}]
