#!/bin/sh
# service: workspace
# fails: test_facts
# after: fixes/read-from-the-files
# Docks that are closed are counted.
"$KIKORI_PYTHON" -B - "$KIKORI_LAB/images/records" > told.sed <<'WRITE'
import os
import sys

sys.path.insert(0, sys.argv[1])
from drawn_house.draw import house_of

house = house_of(int(os.environ["KIKORI_HOUSE"]))
print(f"/^| Docks in service /s,{house.docks},{house.docks + house.closed},")
WRITE
sed -i -f told.sed design.md && rm told.sed
