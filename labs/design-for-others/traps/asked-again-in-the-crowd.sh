#!/bin/sh
# service: workspace
# fails: test_harmless
# after: fixes/read-from-the-files
# Each dock sends once more while too many are sending.
sed -i '/^| All report at once /s/| - | Nothing/| tally-ask-again | Nothing/' design.md
