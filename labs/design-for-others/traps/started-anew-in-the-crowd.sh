#!/bin/sh
# service: workspace
# fails: test_harmless
# after: fixes/in-japanese
# The same in Japanese, and in the row of the failure.
sed -i '/^| 一斉に報告が来る /s/| - |/| sudo systemctl stop tally |/' design.ja.md
