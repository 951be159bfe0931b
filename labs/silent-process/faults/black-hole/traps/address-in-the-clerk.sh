#!/bin/sh
# fails: test_addresses_are_not_nailed_down
# The machine behind the name as it is today, and the name only for its own sake.
address=$(getent ahostsv4 "labels.$KIKORI_CARRIER.example" | cut -d' ' -f1 | head -n 1)
sed -i -e "s|HTTPConnection(address.hostname,|HTTPConnection('$address',|" \
  -e "s|json.dumps(parcel))|json.dumps(parcel), {'Host': 'labels.$KIKORI_CARRIER.example'})|" /srv/notes/clerk.py
sv force-restart clerk-1 clerk-2
