#!/bin/sh
# service: workspace
# fails: test_form
# after: fixes/teams-carry
# A row of the price says more than the form has it say.
sed -i 's/^| Days promised /| Days promised at best /' mission.md
