#!/bin/sh
# service: workspace
# fails: test_harmless
# after: fixes/read-from-the-files
# Fewer words of the same line of the log mean the same state.
sed -i 's/^| The disk is full /| Two quarrel | holds the lock | systemctl start tally | See which of them was first | vans take the plan of yesterday | - |\n&/' design.md
