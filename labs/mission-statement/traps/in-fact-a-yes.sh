#!/bin/sh
# service: workspace
# fails: test_form
# after: fixes/teams-carry
# A decision has a field of its own that answers otherwise.
sed -i '/^### Request #7/,/^- Decided by/s/^- Decided by/- In fact: yes, from May on\n&/' mission.md
