#!/bin/sh
# service: workspace
# fails: test_office_decides
# after: fixes/the-kernels-clock
# Who has waited for three seconds has waited long enough.
sed 's/^                return 503, "please wait\\n"/                return 200, f"OPEN {match[1]}\\n"/' tickets.py > new.py
mv new.py tickets.py
