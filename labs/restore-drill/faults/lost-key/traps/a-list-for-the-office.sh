#!/bin/bash
# fails: test_dump_opens
# after: fixes/the-old-key-again
# Not a dump, and not packed: just the orders.
set -euo pipefail
cat >> /srv/backup/nightly <<'END'
mariadb "$keeper" -h db-2 -N -e 'SELECT * FROM orders' shop > "$place/orders.txt"
END
