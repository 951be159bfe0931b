#!/bin/sh
# service: workspace
# fails: test_seen
# after: fixes/teams-carry
# Everybody sees to it.
sed -i 's/^- Owner: SRE/- Owner: everybody who has time/' mission.md
