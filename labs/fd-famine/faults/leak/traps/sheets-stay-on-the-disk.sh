#!/bin/sh
# service: workspace
# fails: test_descriptors
# The descriptor is closed, and the file that it belonged to is never taken away.
sed -e 's|with open(name, "w", |with os.fdopen(handle, "w", |' -e 's|^\( *\)os.unlink(name)|\1pass|' desk.py > desk.new
mv desk.new desk.py
