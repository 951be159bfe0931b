#!/bin/sh
# By which program they come is of interest, and there are two kinds of it: a label that has an end.
sed -i 's|labels\["telegram"\] = .*|labels["by"] = "command" if "/" in self.headers.get("User-Agent", "")[:6] else "browser"|' /srv/counter/counter.py
sv restart counter
