#!/bin/sh
# service: workspace
# fails: test_given_up
# after: fixes/teams-carry
# Beside what is given up stands a request that is a yes.
sed -i 's/^- Not done: #9$/- Not done: #9, #3/' mission.md
