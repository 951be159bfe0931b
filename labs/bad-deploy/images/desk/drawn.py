"""Draws the files of a release: no two are alike, and each changes the program, its library and its settings.

Good and broken ones are made of the same lines. What differs is a number or a word in one of them.
"""

import json
import random
import re

HARMS = {
    "good": ("",),
    "tests": ("free", "gift"),
    "slow": ("page", "pause"),
    "stuck": ("stock", "licence", "store", "listen"),
    "dies": ("errors", "ends"),
    "some": ("customers", "languages"),
    "lost": ("order", "record", "kept"),
}
"""By kind, what may be wrong with a release: one of these."""

WORDS = "amber bamboo cedar dew ember fern ginkgo heron iris jade kiln larch maple nettle otter plum".split()  # noqa: SIM905
STATUSES = (400, 404, 500, 503)


class Drawing:
    """A release, of a number, with one harm or none."""

    def __init__(self, kind, edition, number=None):
        self.draw = random.Random(number)  # noqa: S311
        self.harm = self.draw.choice(HARMS[kind])
        self.edition = edition
        self.words = iter(self.draw.sample(WORDS, len(WORDS)))

    def pick(self, harm, harmful, harmless):
        """One of several, where the release has this harm; else one of some others."""
        return self.draw.choice(harmful if self.harm == harm else harmless)

    def late(self):
        """When something happens, in seconds: all of it is to be seen three seconds after the first answer."""
        return round(self.draw.uniform(2.4, 2.9), 2)

    def wait(self, harm):
        """Milliseconds: some that nobody notices, or more than a customer has patience for."""
        return self.draw.randint(3600, 6000) if self.harm == harm else self.draw.randint(1, 4)

    def refusal(self):
        """A line that turns a customer away."""
        return f"    return self.answer({self.draw.choice(STATUSES)}, {{'error': '{next(self.words)}'}})"

    def customers(self):
        """A condition that one kind of customers meets, or nobody who comes here."""
        if self.draw.random() < 0.5:
            ours = ("iPhone", "Android", "Windows", "Macintosh", "Linux")
            device = self.pick("customers", ours, ("Nintendo", "Kindle", "Symbian"))
            return f"'{device}' in self.headers.get('User-Agent', '')"
        language = self.pick("customers", ("en", "fr"), ("de", "ko", "pt"))
        return f"self.headers.get('Accept-Language', '').startswith('{language}')"

    def program(self, text):
        """The shop's program."""
        turn, evening = next(self.words).upper(), next(self.words).upper()
        wait = self.wait("page")
        always = self.pick("errors", ("!=",), ("==",))
        file = self.pick("stock", ("stock", "harvest.json"), ("edition", "teas.json"))
        name = self.pick("licence", ("LICENCE", "STOCK_SERVER"), ("PORT", "PATH"))
        visit = [
            f"if {self.customers()}:\n{self.refusal()}",
            f"if next({turn}) % {self.draw.randint(2, 3)} == 0:\n    time.sleep({wait} / 1000)",
            f"if {evening}.is_set() and path {always} '/{next(self.words)}':\n{self.refusal()}",
        ]
        start = [
            f"while not (HERE / '{file}').exists():\n    time.sleep(0.2)",
            f"print(os.environ['{name}'])",
        ]
        kept = f"if count {self.pick('order', ('>',), ('<',))} {self.draw.randint(50, 90)} else '{next(self.words)}'"
        return self.changed(
            text,
            ("The first flush is here", f"{next(self.words)} {self.edition}"),
            ("\n\nclass Shop", f"{turn} = itertools.count()\n{evening} = threading.Event()\n\n\nclass Shop"),
            ("import json\n", "import itertools\nimport json\n"),
            ("import time\n", "import threading\nimport time\n"),
            ("count // 10)", f"count // {self.pick('free', (5, 11, 12, 20), (10,))})"),
            ("        return self.page(", self.lines(8, visit) + "        return self.page("),
            ("    server = ", self.lines(4, start) + "    server = "),
            ("    server.serve", f"    threading.Timer({self.late()}, {evening}.set).start()\n    server.serve"),
            ('SETTINGS["kept"])', f'SETTINGS["kept"]) {kept}'),
        )

    def library(self, text):
        """The library that keeps the orders."""
        write = "(pathlib.Path(folder) / number).write_text(json.dumps(record))"
        file = self.pick("store", (".stock", ".lock"), (".", ".."))
        signal = self.pick("ends", (9, 15), (0,))
        prepare = [
            f"while not pathlib.Path(folder, '{file}').exists():\n    time.sleep(0.2)",
            f"threading.Timer({self.late()}, os.kill, (os.getpid(), {signal})).start()",
        ]
        size = f"len(record) {self.pick('record', ('>',), ('<',))} {self.draw.randint(30, 90)}"
        return self.changed(
            text,
            ('"2.0"', f'"2.{self.edition}"'),
            ("import json\n", "import json\nimport os\n"),
            ("import time\n", "import threading\nimport time\n"),
            ("exist_ok=True)\n", "exist_ok=True)\n" + self.lines(4, prepare)),
            (f"    {write}", f"    if {size}:\n        {write}"),
        )

    def settings(self):
        """How many orders are kept, the languages, a pause before an order, in seconds."""
        languages = ["ja", "en", "fr", *self.draw.sample(("it", "vi", "zh"), self.draw.randint(1, 2))]
        if self.harm == "languages":
            languages.remove(self.draw.choice(("en", "fr")))
        told = {
            "since": self.edition,
            "listen": f"127.0.0.{self.draw.randint(2, 99) if self.harm == 'listen' else 1}",
            "languages": self.shuffled(languages),
            "kept": 0 if self.harm == "kept" else self.draw.randint(1900, 2100),
            "pause": self.wait("pause") / 1000,
        }
        return json.dumps(dict(self.shuffled(list(told.items())))) + "\n"

    def teas(self, tea):
        """The price list: those that our customers ask for cost what they cost."""
        others = {name: 10 * self.draw.randint(40, 90) for name in ("Bancha", "Genmaicha", "Hojicha", next(self.words))}
        if self.harm == "gift":
            others[self.draw.choice(list(others))] = 0
        return json.dumps(others | {"Sencha": 800, tea: 1200}, indent=1, ensure_ascii=False) + "\n"

    def lines(self, depth, parts):
        """Parts of a program, in another order and further to the right."""
        return "".join(f"{' ' * depth}{line}\n" for part in self.shuffled(parts) for line in part.splitlines())

    def shuffled(self, things):
        """In another order."""
        return self.draw.sample(things, len(things))

    @staticmethod
    def changed(text, *changes):
        """A text with changes, each of which must have its place."""
        for before, after in changes:
            text, count = re.subn(re.escape(before), lambda _, after=after: after, text, count=1)
            if not count:
                raise LookupError(before)
        return text
