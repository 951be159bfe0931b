#!/bin/sh
# service: workspace
sed 's|^\( *\)os.unlink(name)|\1os.close(handle)\
&|' desk.py > desk.new
mv desk.new desk.py
