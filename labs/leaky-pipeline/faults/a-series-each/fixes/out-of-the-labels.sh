#!/bin/sh
# The number is in the record, where each telegram has a line of its own anyway.
sed -i -e '/if "number" in answer:/d' -e '/labels\["telegram"\]/d' /srv/counter/counter.py
sv restart counter
