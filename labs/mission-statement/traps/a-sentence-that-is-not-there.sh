#!/bin/sh
# service: workspace
# fails: test_because
# after: fixes/teams-carry
# A sentence is cited that the mission does not have.
sed -i 's/bring anything back at night (M1)/bring anything back at night (M3)/' mission.md
