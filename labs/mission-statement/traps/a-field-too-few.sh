#!/bin/sh
# service: workspace
# fails: test_form
# after: fixes/teams-carry
# A decision says nothing of what it costs those who asked.
sed -i '0,/^- Costs them:/{/^- Costs them:/d}' mission.md
