#!/bin/sh
# service: workspace
# fails: test_agreement
# after: fixes/teams-carry
# The rate of the example is taken over.
sed -i 's/^| Agreement before .*/| Agreement before | 45 % |/' mission.md
