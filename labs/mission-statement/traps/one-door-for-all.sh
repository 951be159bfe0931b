#!/bin/sh
# service: workspace
# fails: test_given_up
# after: fixes/teams-carry
# All three decisions give up the same thing.
sed -i 's/^- Not done: .*/- Not done: #4/' mission.md
