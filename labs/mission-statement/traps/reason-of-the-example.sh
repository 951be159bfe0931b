#!/bin/sh
# service: workspace
# fails: test_because
# after: fixes/teams-carry
# The reason is the one of Akari's payment.
sed -i '/^### Request #9/,/^- Not done/s/^- Because: .*/- Because: with your pager on our desk you would be able to run what you have built less and less/' mission.md
