#!/bin/sh
# service: workspace
# fails: test_given_up
# after: fixes/teams-carry
# What it costs others is one sentence with another name each time.
sed -i -e '/^### Request #6/,/^- Owner/s/^- Costs them: .*/- Costs them: lockers will have to pay something/' \
    -e '/^### Request #7/,/^- Owner/s/^- Costs them: .*/- Costs them: payments will have to pay something/' mission.md
