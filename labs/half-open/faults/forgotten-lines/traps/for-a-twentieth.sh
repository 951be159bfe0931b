#!/bin/sh
# fails: test_lines_are_kept
# No line is old then; but only who comes right behind another finds one.
sed -i 's/^keep = 3600$/keep = 0.05/' /etc/desk/desk.conf
sv restart desk
