#!/bin/sh
# service: workspace
# fails: test_decisions
# after: fixes/teams-carry
# The letter that is sent says yes, the table says no.
sed -i '/^### Request #7/,/^- Because/s/^- Answer: .*/- Answer: yes/' mission.md
