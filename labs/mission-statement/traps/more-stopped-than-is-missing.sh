#!/bin/sh
# service: workspace
# fails: test_price
# after: fixes/we-carry
# Two days are missing, and two works are stopped.
sed -i 's/^| やめること | .*/| やめること | アーカイブ、報告書 |/' mission.ja.md
