#!/bin/sh
# service: workspace
# fails: test_seen
# after: fixes/teams-carry
# The director is to see to it, who is a person and wrote no letter.
sed -i 's/^- Owner: SRE/- Owner: director/' mission.md
