#!/bin/sh
# fails: test_orders_outlast_an_outage
# after: fixes/the-new-address
# Where no answer has come after a while, the clerk asks once more, and takes whichever answer comes first.
sed -i -e 's|^                tracking = self._ask(\(.*\))$|                tracking = self._soonest(\1)|' -e 's|^    def _ask|    def _soonest(self, *asked):\
        pool, asks = ThreadPoolExecutor(8), []\
        while True:\
            asks.append(pool.submit(self._ask, *asked))\
            came = wait(asks, timeout=0.7, return_when=FIRST_COMPLETED).done\
            if came:\
                pool.shutdown(wait=False)\
                return came.pop().result()\
\
&|' -e 's|^from configparser|from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait\
&|' /srv/notes/clerk.py
sv force-restart clerk-1 clerk-2
