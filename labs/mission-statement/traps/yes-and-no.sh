#!/bin/sh
# service: workspace
# fails: test_answers
# after: fixes/teams-carry
# An answer that is both.
sed -i 's/^| #5 | no |/| #5 | yes and no |/' mission.md
