#!/bin/sh
# service: workspace
# fails: test_given_up
# after: fixes/teams-carry
# Work is named that goes on all the same.
sed -i '/^### Request #6/,/^- Costs us/s/^- Not done: .*/- Not done: certificates/' mission.md
