#!/bin/sh
# service: workspace
# fails: test_answers
# after: fixes/we-carry
# A yes that begins when the quarter is over, in Japanese.
sed -i 's/^| はい | 2番/| はい、次の期から | 2番/' mission.ja.md
