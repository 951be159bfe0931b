#!/bin/sh
# service: workspace
# fails: test_form
# after: fixes/teams-carry
# A row that the form does not have says another number.
sed -i 's/^| Days there are /| Days there really are | 20 days |\n&/' mission.md
