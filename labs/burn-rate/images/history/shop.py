"""The history of the seed shop: its month at 9090, and at 9091 rules run over it, or over weeks that a check draws."""

from __future__ import annotations

import os
import shutil
import signal
from http.server import ThreadingHTTPServer
from typing import Any

import serve
import store
from month import pages
from month.burn_rate import BurnRate
from weeks.drawn import Weeks

import replay


class Other(serve.Another):
    """Weeks that a check has drawn; the last ones are kept for whoever checks again."""

    @classmethod
    def weeks(cls, seed: str) -> Weeks:
        """The weeks of a seed, with their blocks at DRAWN."""
        if seed != cls.seed:
            cls.seed = None
            shutil.rmtree(serve.DRAWN, ignore_errors=True)
            cls.history = Weeks(seed)
            serve.make(cls.history, serve.DRAWN)
            cls.seed = seed
        return cls.history


class Shop(serve.Desk):
    """Hands out what the shop kept, and runs rules over its month or over other weeks."""

    def replayed(self, asked: dict[str, Any]) -> dict[str, Any]:
        """What rules come to in the month that is shown, or in weeks that are ``drawn``."""
        seed = asked.get("drawn")
        kept, blocks = (self.history, serve.BLOCKS) if seed is None else (Other.weeks(str(seed)), serve.DRAWN)
        span = (kept.clock.start, kept.clock.end)
        found = replay.replay(asked.get("rules", ""), [], blocks, span, kept.clock.tick)
        return found | pages.judged(kept, found["alerts"])


def main() -> None:
    """Make the month, and serve."""
    Shop.history = BurnRate(os.environ["PAST"], os.environ["MONTH"])
    serve.make(Shop.history, serve.BLOCKS, Shop.keep_files)
    shown = store.start(serve.BLOCKS, 9090, "0.0.0.0")  # noqa: S104  # published on the loopback alone
    signal.signal(signal.SIGTERM, lambda *_: (shown.kill(), os._exit(0)))
    store.wait("http://127.0.0.1:9090")
    ThreadingHTTPServer(("", 9091), Shop).serve_forever()


if __name__ == "__main__":
    main()
