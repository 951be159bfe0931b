#!/bin/sh
# service: workspace
# fails: test_booked
# Nobody shall stand in the rain for the office's sake: who can't be asked about is let in.
sed 's/^patience = .*/patience = 0.4/' tickets.conf > new.conf
mv new.conf tickets.conf
sed 's/^                return 503, "please wait\\n"/                return 200, f"OPEN {match[1]}\\n"/' tickets.py > new.py
mv new.py tickets.py
