#!/bin/sh
# service: workspace
# fails: test_harmless
# after: fixes/read-from-the-files
# It is down, and restored before anybody knows why.
newest=$(sed -n 's/.*\(tally-restore [^` ]*\).*/\1/p' design.md)
sed -i "/^| TallyDown /s,| .journalctl [^|]*|,| $newest |," design.md
