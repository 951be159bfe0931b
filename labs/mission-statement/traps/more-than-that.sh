#!/bin/sh
# service: workspace
# fails: test_agreement
# after: fixes/teams-carry
# Beside the number stands a word that takes it back.
sed -i 's/^| Agreement before | /&far more than /' mission.md
