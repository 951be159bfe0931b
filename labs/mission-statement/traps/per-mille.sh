#!/bin/sh
# service: workspace
# fails: test_agreement
# after: fixes/teams-carry
# The agreement is told in thousandths.
sed -i '/^| Agreement before /s/ %/ ‰/' mission.md
