#!/bin/sh
# service: workspace
# fails: test_operation
# after: fixes/read-from-the-files
# The data is looked at once it is in use again.
sed -i '/tally-check/{h;d};/tally-ask-again/G' design.md
