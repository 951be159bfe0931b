#!/bin/sh
# service: workspace
# A line that is hung up after each ticket can't grow old. With the usual range there are ports enough for that.
sed 's/^keep = .*/keep = no/' tickets.conf > new.conf
mv new.conf tickets.conf
