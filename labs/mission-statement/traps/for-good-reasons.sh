#!/bin/sh
# service: workspace
# fails: test_because
# after: fixes/teams-carry
# A good reason that no sentence of the mission gave.
sed -i '/^### Request #7/,/^- Not done/s/^- Because: .*/- Because: it is the cheaper one of the two over three years, as anybody can work out/' mission.md
