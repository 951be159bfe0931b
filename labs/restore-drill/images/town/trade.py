"""The tea house's trade: who orders what, when, drawn from one number; and the statements that it takes."""

import random
from datetime import datetime, timedelta

FAMILY = "佐藤 鈴木 髙橋 田中 伊藤 渡邊 山本 中村 小林 加藤 𠮷田 山﨑 長谷川 石川 前田 藤原 岡本 三浦 濵田 森".split()
GIVEN = "美咲 陽菜 さくら 葵 結衣 蓮 大翔 悠真 湊 颯太 千代 茂 清 文子 節子 勇 ゆかり 健一 直樹 香織".split()
TEAS = "煎茶 玉露 ほうじ茶 玄米茶 番茶 抹茶 茎茶 釜炒り茶 冠茶 粉茶".split()
NOTES = (
    "", "", "のし「御祝」", "午前中に届けてください", "ｷﾞﾌﾄ包装で🍵", "祖母へ。温かくして過ごしてね",
    "呼び鈴は鳴らさず、縁側へ", "Café Ōmi 気付", "領収書は「㈱まつかぜ」で", "前回と同じ缶で",
)  # fmt: skip
PRICES = (800, 1200, 1600, 2400, 3600)
TEST = "test"
ORDER = "INSERT INTO orders (id, customer, item, quantity, note, state, placed) VALUES "
PAYMENT = "INSERT INTO payments (order_id, amount, way, paid) VALUES "


def names():
    """The names that customers have."""
    return [f"{family} {given}" for family in FAMILY for given in GIVEN]


class Trade:
    """Orders, payments and changes of a stretch of time; each is a list of events that a book and a machine take."""

    def __init__(self, number, stretch):
        self.chance = random.Random(f"{number} {stretch}")

    def orders(self, begin, end, many, first_id):
        """So many orders with their payments, in the order of time."""
        span = (end - begin).total_seconds() - 20
        found = []
        for at in range(many):
            placed = begin + timedelta(seconds=int(5 + span * (at + self.chance.random() * 0.9) / many))
            found.append((self.order(first_id + at, placed), self.payment(first_id + at, placed)))
        return found

    def order(self, number, placed):
        """One order."""
        pick = self.chance.choice
        return [
            number, f"{pick(FAMILY)} {pick(GIVEN)}", pick(TEAS), self.chance.randint(1, 12), pick(NOTES),
            TEST if self.chance.random() < 0.01 else "open", str(placed),
        ]  # fmt: skip

    def payment(self, number, placed):
        """What was paid at once; some pay later, and have none."""
        if self.chance.random() < 0.2:
            return None
        return [number, self.chance.choice(PRICES), self.chance.choice(("card", "transfer", "代引き")), str(placed)]

    def changed(self, known, placed):
        """Another quantity, or the state, of an order that is known."""
        number = self.chance.choice(known)
        if self.chance.random() < 0.5:
            return [number, "quantity", self.chance.randint(13, 40), str(placed)]
        return [number, "state", "sent", str(placed)]


def moment(text):
    """A time of the data as seconds since 1970."""
    return int(datetime.fromisoformat(f"{text}+00:00").timestamp())
