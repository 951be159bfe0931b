#!/bin/sh
# service: workspace
# fails: test_because
# after: fixes/teams-carry
# The reason is the sentence itself, and nothing of the request.
sed -i '/^### Request #7/,/^- Not done/s/^- Because: .*/- Because: M1. Whoever changes a service at Machikado can also bring it back at three in the morning, without one of us./' mission.md
