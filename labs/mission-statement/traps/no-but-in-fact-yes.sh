#!/bin/sh
# service: workspace
# fails: test_answers
# after: fixes/teams-carry
# A no that is a yes after all.
sed -i 's/^| #5 | no |/| #5 | no, but in fact yes: we build it |/' mission.md
