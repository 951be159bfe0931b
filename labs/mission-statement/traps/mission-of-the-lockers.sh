#!/bin/sh
# service: workspace
# fails: test_sentences
# after: fixes/teams-carry
# The heading names another team of the company.
sed -i "1s/.*/# Mission of Machikado's lockers/" mission.md
