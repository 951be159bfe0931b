#!/bin/sh
# service: workspace
# fails: test_because
# after: fixes/teams-carry
# The reason is in another sentence of the mission than the one that is told as deciding.
sed -i '0,/^- Because: /s/^- Because: .*/- Because: M2 says that we carry nothing for others, so they have to learn it/' mission.md
