#!/bin/sh
# service: workspace
# fails: test_sentences
# after: fixes/teams-carry
# Three more sentences stand in a paragraph below the list.
sed -i '/^## Opposite/i We also take over every pager that is offered. Payments come before lockers. Sales come before both.\
' mission.md
