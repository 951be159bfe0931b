"""What happens: the shop opens, weeks go by, somebody deletes too much; and the nights that a check plays."""

import time
from datetime import datetime, timedelta

import machines
from book import A_DAY, AFTER, MISTAKE, NIGHT, TEST, WATCH, WEEKS, WRONG, without

VIEW = ("CREATE TABLE p_draft (id INT)", "CREATE VIEW p_report AS SELECT id FROM p_draft", "DROP TABLE p_draft")
SPOIL = {
    "stop": {"db-2": ("STOP SLAVE SQL_THREAD",)},
    "cut": {"db-2": ("STOP SLAVE IO_THREAD",)},
    "view": {"db-1": ("USE shop", *VIEW)},
    "revoke": {"db-1": ("REVOKE SELECT ON shop.payments FROM dump@'%'",)},
    "again": {"db-1": ("REVOKE SELECT ON shop.orders FROM dump@'%'", "REVOKE SELECT ON shop.payments FROM dump@'%'")},
}
SPOILS = ("behind", *SPOIL)
LAST = datetime(2099, 12, 1)
"""Until when MariaDB can count the seconds of the nights that follow."""
LATE = ("stop", "cut", "behind")
"""With these amiss the second machine is not where the first one is. Nobody orders: what is late are changes alone."""
APART = 7
"""Days from one of many bad nights to the next that is played."""
HEAL = {
    "stop": {"db-2": ("STOP SLAVE", "START SLAVE")},
    "cut": {"db-2": ("STOP SLAVE", "START SLAVE")},
    "view": {"db-1": ("USE shop", "DROP VIEW p_report")},
    "revoke": {"db-1": ("GRANT SELECT ON shop.payments TO dump@'%'",)},
    "again": {"db-1": ("GRANT SELECT ON shop.orders TO dump@'%'", "GRANT SELECT ON shop.payments TO dump@'%'")},
}


def begin(book):
    """The shop opens: the two machines, and the orders of half a year."""
    machines.ask("db-2", *machines.FOLLOW)
    machines.ask("db-1", *machines.SCHEMA)
    book.base = book.days(WEEKS, 1500, 250)
    machines.catch_up()
    machines.forget_first()
    machines.tidy_second()


def weeks(book, stopped=False):
    """Three weeks; the second machine may stand still in all of them."""
    if book.now != str(WEEKS):
        return {"refused": "they have gone by"}
    if stopped:
        machines.ask("db-2", "STOP SLAVE SQL_THREAD")
    book.base += book.days(NIGHT, 21 * A_DAY, A_DAY)
    settle(stopped)
    return {"now": book.now}


def settle(stopped=False):
    """Wait for the second machine, if it is not to stand still; gives whether it is where it should be."""
    if stopped:
        return True
    there = machines.catch_up()
    machines.tidy_second()
    return there


def watch(book, apart=False, stopped=False):
    """Four hours; what is placed ``apart`` is changed by nobody later."""
    placed = book.hours(datetime.fromisoformat(book.now) + WATCH, book.draw().chance.randint(14, 24), apart=apart)
    if apart:
        book.gap = placed
    return {"now": book.now, "settled": settle(stopped)}


def incident(book):
    """The last of that morning, the mistake, and what is ordered before anybody notices."""
    if book.wanted or book.now != str(NIGHT + 2 * WATCH):
        return {"refused": "it has happened, or it is not yet ten"}
    book.hours(MISTAKE - timedelta(seconds=40), 15)
    last = max(order[-1] for order in book.orders.values())
    book.now = str(MISTAKE)
    before = book.delete(WRONG, lambda order: order[5] == TEST)
    book.point = [last, str(MISTAKE)]
    if book.gap:
        earlier = [row[-1] for key, row in before["orders"].items() if int(key) < min(map(int, book.gap))]
        book.point = [max(earlier), before["orders"][min(book.gap, key=int)][-1]]
    book.wanted = without(before, set(book.gap))
    book.base = []
    machines.ask("db-2", "START SLAVE")
    book.now = str(MISTAKE + timedelta(seconds=50))
    book.hours(AFTER, 12, apart=True)
    settle()
    book.furniture = {host: machines.furniture(host) for host in ("db-1", "db-2")}
    return {"now": book.now}


def after(book, nights):
    """Let time pass until the newest of some nights: in a replay the vault has some that have not come yet."""
    now = datetime.fromisoformat(book.now)
    book.now = str(max([now, *(at for at in map(two_o_clock, nights) if at < LAST)]))
    return {"now": book.now}


def two_o_clock(night):
    """When a night is; long ago if it is none."""
    try:
        return datetime.strptime(night, "%Y-%m-%d").replace(hour=2)
    except ValueError:
        return datetime.min


def night(book, step=""):
    """Time until the next night, two o'clock; gives its date."""
    now, again = datetime.fromisoformat(book.now), step == "again"
    until = (now + timedelta(days=APART if again else 1)).replace(hour=2, minute=0, second=0, microsecond=0)
    if step in LATE:
        book.changes(until, book.draw().chance.randint(5, 9))
    else:
        book.hours(until, 1 if again else book.draw().chance.randint(16, 30))
    return {"night": f"{until:%Y-%m-%d}"}


def mistake(book):
    """Half an hour, another mistake, and some orders after it; keeps what there was before."""
    book.hours(datetime.fromisoformat(book.now) + timedelta(minutes=31), 6, apart=True)
    most = book.draw().chance.randint(5, 9)
    before = book.delete(f"DELETE FROM orders WHERE quantity >= {most}", lambda order: int(order[3]) < most)
    at = book.now
    book.now = str(datetime.fromisoformat(book.now) + timedelta(seconds=50))
    book.hours(datetime.fromisoformat(book.now) + timedelta(minutes=9), 5, apart=True)
    settle()
    return at, before


class Behind:
    """The second machine at work, and hours behind: it waits for a lock that somebody holds."""

    def __init__(self):
        self.holder = None

    def begin(self):
        """Hold the lock, and have the first machine write what the second one then waits for."""
        self.holder = machines.connected("db-2")
        with self.holder.cursor() as second:
            second.execute("LOCK TABLES town.pulse WRITE")
        hours_ago = int(time.time()) - 3 * 3600
        machines.ask("db-1", f"SET TIMESTAMP = {hours_ago}", "UPDATE town.pulse SET beat = beat + 1")

    def end(self):
        """Let go."""
        if self.holder:
            self.holder.close()
        self.holder = None


behind = Behind()


def spoil(what):
    """Have something go wrong."""
    if what == "behind":
        behind.begin()
    for host, statements in SPOIL.get(what, {}).items():
        machines.ask(host, *statements)
    if what in ("view", "revoke", "again"):
        machines.catch_up()


def heal(what):
    """And go right again."""
    behind.end()
    for host, statements in HEAL.get(what, {}).items():
        machines.ask(host, *statements)
    settle()

