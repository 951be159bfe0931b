#!/bin/sh
# fails: test_services_run_as_notes
# Not as root, and as a user that others share too; it may write because everybody may.
printf '#!/bin/sh\nexec chpst -u nobody python3 /srv/notes/tally.py\n' > /etc/sv/tally/run
chmod 777 /var/lib/notes
chmod 666 /run/notes/tally /var/lib/notes/tally
ln -s /etc/sv/tally /etc/service/tally
