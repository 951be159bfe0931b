#!/bin/sh
# service: workspace
# fails: test_facts
# after: fixes/read-from-the-files
# What stands in the program is taken for what holds.
"$KIKORI_PYTHON" -B - "$KIKORI_LAB/images/records" > told.sed <<'WRITE'
import os
import sys

sys.path.insert(0, sys.argv[1])
from drawn_house.draw import house_of

house = house_of(int(os.environ["KIKORI_HOUSE"]))
for name, row in {"port": "Port for reports", "metrics": "Port for metrics", "data": "Data", "at_once": "Reports at once"}.items():
    print(rf"s,^\(| {row} |\)[^|]*|,\1 {house.settings[name].code} |,")
WRITE
sed -i -f told.sed design.md && rm told.sed
