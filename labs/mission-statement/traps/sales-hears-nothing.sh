#!/bin/sh
# service: workspace
# fails: test_answers
# after: fixes/teams-carry
# The most awkward letter has no answer.
sed -i '/^| #9 /d' mission.md
