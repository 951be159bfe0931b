#!/bin/sh
# service: workspace
# fails: test_because
# after: fixes/teams-carry
# A reason that there is none.
sed -i '0,/^- Because: /s/^- Because: .*/- Because: nobody could say in this meeting, so M1 is left open for now/' mission.md
