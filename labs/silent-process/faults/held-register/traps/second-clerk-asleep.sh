#!/bin/sh
# fails: test_both_clerks_work
# after: fixes/locked-for-each-copy
# One clerk has no colleague to wait for, and the supervisor still shows two.
printf '#!/bin/sh\nexec chpst -u notes sleep infinity\n' > /etc/sv/clerk-2/run
sv force-restart clerk-2
mv /var/lib/notes/work/clerk-2/*.json /var/lib/notes/in/ 2> /dev/null || true
