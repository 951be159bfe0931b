#!/bin/sh
# service: workspace
# fails: test_answers
# after: fixes/teams-carry
# A no takes days, and nobody learns what for.
sed -i 's/^| #2 | no, [^|]*/| #2 | no /' mission.md
