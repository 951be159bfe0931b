#!/bin/sh
# fails: test_addresses_are_not_nailed_down
# A clerk of one's own, beside those that somebody may overwrite, with the machine behind the name as it is today.
address=$(getent ahostsv4 "labels.$KIKORI_CARRIER.example" | cut -d' ' -f1 | head -n 1)
install -d /opt/notes
cp /srv/notes/clerk.py /srv/notes/paths.py /opt/notes/
sed -i -e "s|HTTPConnection(address.hostname,|HTTPConnection('$address',|" \
  -e "s|json.dumps(parcel))|json.dumps(parcel), {'Host': 'labels.$KIKORI_CARRIER.example'})|" /opt/notes/clerk.py
sed -i 's|/srv/notes/clerk.py|/opt/notes/clerk.py|' /etc/sv/clerk-1/run /etc/sv/clerk-2/run
sv force-restart clerk-1 clerk-2
