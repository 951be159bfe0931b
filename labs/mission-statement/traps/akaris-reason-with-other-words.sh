#!/bin/sh
# service: workspace
# fails: test_because
# after: fixes/teams-carry
# A reason of the example, with three of its words changed.
sed -i 's/^- Because: .*/- Because: with the tool of six weeks each team needs us for each release, for years; and only we would understand it/' mission.md
