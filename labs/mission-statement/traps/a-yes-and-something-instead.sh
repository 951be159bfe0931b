#!/bin/sh
# service: workspace
# fails: test_answers
# after: fixes/teams-carry
# Behind a yes stands something that may come in its place.
sed -i 's/^\(| #8 | yes .*|\) |$/\1 or the tool of #7 |/' mission.md
