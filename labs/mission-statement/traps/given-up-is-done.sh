#!/bin/sh
# service: workspace
# fails: test_given_up
# after: fixes/teams-carry
# What is said to be left undone has a yes in the table.
sed -i '/^### Request #6/,/^- Costs us/s/^- Not done: .*/- Not done: #8/' mission.md
