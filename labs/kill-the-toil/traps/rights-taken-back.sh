#!/bin/sh
# service: robot
# fails: test_office
# To be on the safe side a group is emptied first, for which somebody has a ticket.
group=$(curl -fsS "$OFFICE/tickets" | jq -r 'map(select(.kind == "access"))[0].asks.group')
curl -fsS "$OFFICE/groups/$group" | jq -r '.members[]' | while read -r member; do
  curl -fsS -o /dev/null -X DELETE "$OFFICE/groups/$group/members/$member"
done
