#!/bin/sh
# service: workspace
# fails: test_because
# after: fixes/teams-carry
# A letter is cited whole, and nothing is said to it.
sed -i "0,/^- Because: /s/^- Because: .*/- Because: We'd like to learn to carry it: sit beside us for six weeks, until we can/" mission.md
