#!/bin/sh
# service: workspace
# fails: test_answers
# after: fixes/teams-carry
# A no takes days, and nothing is offered for them.
sed -i 's/two days with their rota/nothing at all/' mission.md
