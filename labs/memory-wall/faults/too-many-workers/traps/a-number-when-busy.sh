#!/bin/sh
# service: workspace
# fails: test_crowd
# after: fixes/workers-that-fit
# One search at a time: whoever comes meanwhile is told how many books there are, and may ask again for them.
sed -e 's/^\( *\)found = self.catalogue.search(words)/\1with Path("\/tmp\/searching").open("w") as turn:\
\1    try:\
\1        fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)\
\1    except BlockingIOError:\
\1        many = len(self.catalogue.search(words))\
\1        return self.say(200, {"found": many, "page": page, "books": []})\
\1    found = self.catalogue.search(words)/' -e 's/^import json/import fcntl\
&/' catalogue.py > catalogue.new
mv catalogue.new catalogue.py
