#!/bin/sh
# service: box
# fails: test_records
# after: fixes/with-tools
# To learn what the ledger understands, it is told a sale that nobody made.
echo "$(date '+%F %T');up;410" | ncat -w 1 127.0.0.1 "$(sed -n 's/^LEDGER=.*://p' /etc/default/tickets)"
