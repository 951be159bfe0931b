#!/bin/sh
# service: workspace
sed 's|with open(name, "w", |with os.fdopen(handle, "w", |' desk.py > desk.new
mv desk.new desk.py
