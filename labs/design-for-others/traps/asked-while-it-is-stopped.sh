#!/bin/sh
# service: workspace
# fails: test_operation
# after: fixes/read-from-the-files
# Docks are asked before it is there to hear them.
ask=$(grep '^| | .tally-ask-again' design.md)
sed -i -e '/^| | .tally-ask-again/d' -e "/^| | .tally-check/a $ask" design.md
