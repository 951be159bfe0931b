#!/bin/sh
# service: workspace
# fails: test_agreement
# after: fixes/teams-carry
# The agreement is told in days.
sed -i '/^| Agreement before /s/ %/ days/' mission.md
