"""What customers do next: from a seed, so that the same seed makes the same visits."""

import random

WORDS = ["ink", "letter", "winter", "indigo", "brush", "moss", "travel", "lamp", "plum", "folder"]
CATEGORIES = ["paper", "pens", "ink", "desk", "bags"]
MIXES = {
    "day": {"home": 3, "browse": 8, "search": 4, "order": 3},
    "night": {"home": 2, "browse": 5, "search": 1, "order": 0},
}
"""How often each thing is done; who orders fills a cart first, so an order is two requests."""


class Visits:
    """An endless row of actions: (customer, action, method, path, body)."""

    def __init__(self, seed, mix=None):
        self.chance = random.Random(seed)
        self.mix = mix or MIXES["day"]
        self.waiting = []

    def __iter__(self):
        """An endless row."""
        return self

    def __next__(self):
        """The next action."""
        if self.waiting:
            return self.waiting.pop()
        customer = f"c{self.chance.randrange(10**8):08}"
        action = self.chance.choices(list(self.mix), [float(weight) for weight in self.mix.values()])[0]
        return {"home": self.home, "browse": self.browse, "search": self.search, "order": self.order}[action](customer)

    def home(self, customer):
        """Look at the front page."""
        return customer, "home", "GET", "/", None

    def browse(self, customer):
        """Look at a page of a category."""
        category, page = self.chance.choice(CATEGORIES), self.chance.randrange(4)
        return customer, "browse", "GET", f"/browse?category={category}&page={page}", None

    def search(self, customer):
        """Search for a word."""
        return customer, "search", "GET", f"/search?q={self.chance.choice(WORDS)}", None

    def order(self, customer):
        """Put something into the cart, and order what is in it next."""
        payment = self.chance.choice(["card", "card", "invoice"])
        self.waiting.append((customer, "order", "POST", "/orders", {"customer": customer, "payment": payment}))
        return customer, "cart", "POST", "/cart", {"customer": customer, "product": self.chance.randint(1, 600)}


def pauses(seed, rate):
    """Endless seconds between one request and the next: uneven, and ``rate`` in a second on average."""
    chance = random.Random(f"pauses-{seed}")
    while True:
        yield chance.uniform(0.4, 1.6) / rate
