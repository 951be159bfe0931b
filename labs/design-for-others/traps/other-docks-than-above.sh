#!/bin/sh
# service: workspace
# fails: test_seen
# after: fixes/read-from-the-files
# The step asks for fewer docks than the facts.
"$KIKORI_PYTHON" -B - "$KIKORI_LAB/images/records" > told.sed <<'WRITE'
import os
import sys

sys.path.insert(0, sys.argv[1])
from drawn_house.draw import house_of

house = house_of(int(os.environ["KIKORI_HOUSE"]))
print(f"/snapshot/s,{house.docks - 10} docks,{house.docks - 11} docks,")
WRITE
sed -i -f told.sed design.md && rm told.sed
