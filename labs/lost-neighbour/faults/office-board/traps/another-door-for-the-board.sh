#!/bin/sh
# service: workspace
# fails: left-as-it-is
# The board gets the answer that it wants at the travellers' port, and still asks at the other.
sed 's|^        if self.path == "/seats":$|        if self.path == "/free":\
            return 200, self.store.free()\
&|' seats.py > seats.new
mv seats.new seats.py
