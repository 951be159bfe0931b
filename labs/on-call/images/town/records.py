"""What the town writes down of an incident, for the timeline: the pager, the customers, and what others changed."""

import json
import time
import urllib.request

from book import Lines

PAGES = "http://pager:9093/api/v2/alerts?active=true&silenced=false&inhibited=false&filter=severity%3D%22page%22"
SPAN, MONTH = 3.0, 43.2
"""Seconds looked back; and seconds of a whole outage in a month's error budget of 0.1 %, a second being a minute."""


def asked(url):
    """What somebody says, as JSON; nothing where nobody does."""
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return json.load(answer)
    except (OSError, ValueError):
        return None


class Records:
    """Three records; nothing is written of what a check plays."""

    def __init__(self, customers, is_played):
        self.customers, self.is_played = customers, is_played
        self.pager, self.street, self.changes = Lines("pager.jsonl"), Lines("customers.jsonl"), Lines("changes.jsonl")
        self.ringing, self.well, self.rolled = set(), True, 0.0
        self.missed = self.failed = 0
        self.seen = time.time()

    def write(self, lines, en, ja):
        """A line, with the time."""
        lines.add({"at": round(time.time(), 3), "en": en, "ja": ja})

    def keep(self):
        """Look every second."""
        while True:
            time.sleep(1)
            if self.is_played():
                self.seen = time.time()
                continue
            try:
                self.look_at_pager()
                self.look_at_customers()
                self.look_at_robot()
            except (OSError, KeyError, TypeError):
                continue

    def look_at_pager(self):
        """Which pages ring, and which no longer do."""
        alerts = asked(PAGES)
        if alerts is None:
            return
        names = {one["labels"].get("alertname", "?") for one in alerts}
        for name in sorted(names - self.ringing):
            self.write(self.pager, f"page: {name}", f"呼び出し: {name}")
        for name in sorted(self.ringing - names):
            self.write(self.pager, f"page over: {name}", f"呼び出しの終わり: {name}")
        self.ringing = names

    def look_at_customers(self):
        """Whether customers are served, and what it has cost where they were not."""
        now = time.time()
        rows = [row for row in list(self.customers.book.rows) if row["seconds"] is not None]
        self.failed += sum(self.seen <= row["at"] + row["seconds"] < now and not row["well"] for row in rows)
        self.seen = now
        rows = [row for row in rows if row["at"] + row["seconds"] > now - SPAN]
        bad = sum(not row["well"] for row in rows) / max(1, len(rows))
        if self.well and bad > 0.2:
            self.well, self.missed = False, self.customers.given_up
            self.write(self.street, "customers are not served", "客に応答が届かなくなった")
        elif not self.well and bad < 0.05:
            self.well = True
            lost = self.customers.given_up - self.missed
            share = 100 * self.failed / (MONTH * self.customers.rate)
            self.write(
                self.street,
                f"customers are served again; {lost} gave up their orders; so far {share:.0f} % of the month's error budget",
                f"客にまた応答が届いている。注文をあきらめた客は{lost}人。月のエラーバジェットの消費は{share:.0f}%",
            )

    def look_at_robot(self):
        """What the robot has rolled out."""
        for one in asked("http://robot:8000/rounds") or []:
            if one["at"] > self.rolled and one["new"] and self.rolled:
                what = ", ".join(one["new"])
                self.write(self.changes, f"the robot rolled out {what}", f"ロボットが {what} を配備した")
            self.rolled = max(self.rolled, one["at"])

    def night(self, number):
        """A night begins."""
        self.write(self.changes, f"night {number}: the nightly job begins", f"夜 {number}: 夜間ジョブが始まった")
