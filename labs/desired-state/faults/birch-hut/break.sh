#!/bin/sh
# service: hikers
# One hut has a new tablet for its reports. It waits three seconds for the answer, and a report takes four.
echo 'Shirakaba 3' > /srv/huts
chmod 644 /srv/huts
