#!/bin/sh
# fails: test_after_a_quiet_while
# A line is kept for 0.3 s longer than the gate remembers it.
keep=$(python3 -c "print(round($KIKORI_FORGET + 0.3, 1))")
sed -i "s/^keep = 3600\$/keep = $keep/" /etc/desk/desk.conf
sv restart desk
