#!/bin/sh
# service: workspace
# fails: test_because
# after: fixes/teams-carry
# What the form asks for is left where a reason is to stand.
sed -i '0,/^- Because: .*/s//- Because: why that follows from them, in your own words/' mission.md
