#!/bin/sh
# service: workspace
# fails: test_sentences
# after: fixes/teams-carry
# What the mission leaves open has a single rule.
sed -i '/^- R2: /d' mission.md
