#!/bin/sh
# service: workspace
# fails: test_answers
# after: fixes/teams-carry
# A yes that holds on a condition.
sed -i 's/^| #3 | yes /| #3 | yes, if sales agrees /' mission.md
