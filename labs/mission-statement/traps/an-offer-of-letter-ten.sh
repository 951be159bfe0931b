#!/bin/sh
# service: workspace
# fails: test_answers
# after: fixes/teams-carry
# What is offered instead is in a letter that nobody wrote.
sed -i 's/two days with their rota/half of what #10 asks/' mission.md
