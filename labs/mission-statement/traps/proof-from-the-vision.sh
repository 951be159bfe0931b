#!/bin/sh
# service: workspace
# fails: test_seen
# after: fixes/teams-carry
# What is seen in this quarter is a thing of the vision, for a day in three years.
sed -i '/^### Request #7/,/^### Request #9/s/^- Seen by: .*/- Seen by: A station opens on a Monday and we hear of it from the newspaper/' mission.md
