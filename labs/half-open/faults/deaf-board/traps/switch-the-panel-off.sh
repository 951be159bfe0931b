#!/bin/sh
# service: yard
# fails: test_scans
# This panel is gone; the next one that hangs stops everybody again.
sed -i 's/(panel, 4)/(board, 1)/' /srv/far/yard.py
sv restart yard
