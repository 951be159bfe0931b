#!/bin/sh
# service: workspace
# fails: test_given_up
# after: fixes/teams-carry
# The decision costs nobody anything: no door is closed.
sed -i '/^### Request #6/,/^- Costs us/s/^- Not done: .*/- Not done: nothing/' mission.md
