#!/bin/sh
# service: workspace
# fails: test_crowd
# One search at a time: whoever comes meanwhile is told, with the best status, that there is no such book.
sed 's/^workers = .*/workers = 2/' catalogue.conf > catalogue.new
mv catalogue.new catalogue.conf
sed -e 's/^\( *\)found = self.catalogue.search(words)/\1with Path("\/tmp\/searching").open("w") as turn:\
\1    try:\
\1        fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)\
\1    except BlockingIOError:\
\1        return self.say(200, {"found": 0, "page": page, "books": []})\
\1    found = self.catalogue.search(words)/' -e 's/^import json/import fcntl\
&/' catalogue.py > catalogue.new
mv catalogue.new catalogue.py
