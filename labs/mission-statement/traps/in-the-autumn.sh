#!/bin/sh
# service: workspace
# fails: test_answers
# after: fixes/teams-carry
# A yes that begins when the quarter is over.
sed -i 's/^| #6 | yes /| #6 | yes, in the autumn /' mission.md
