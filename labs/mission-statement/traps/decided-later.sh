#!/bin/sh
# service: workspace
# fails: test_because
# after: fixes/teams-carry
# The reason is put off.
sed -i '0,/^- Because: /s/^- Because: .*/- Because: this will be decided later, when we know more about it/' mission.md
