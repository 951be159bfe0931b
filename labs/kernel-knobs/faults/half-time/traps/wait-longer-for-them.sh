#!/bin/sh
# service: workspace
# fails: left-as-it-is
# Who hangs up gets thirty seconds in place of two.
sed 's/connection.settimeout(2)/connection.settimeout(30)/' tickets.py > new.py
mv new.py tickets.py
