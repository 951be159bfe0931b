#!/bin/sh
# service: workspace
# fails: test_given_up
# after: fixes/teams-carry
# Work is named to say that it goes on.
sed -i '/^### Request #6/,/^- Costs us/s/^- Not done: .*/- Not done: reports (not stopped for this)/' mission.md
