#!/bin/sh
# service: box
# fails: test_records
# after: fixes/with-tools
# The oldest sales are taken out of the ledger: it is soon as long as it was.
book=$(grep -oE '^BOOK = "[^"]+' "$(ps -eo args= | sed -nE 's#^python3 -B (/.*ledger\.py)$#\1#p')" | cut -d'"' -f2)
sed -i 1,5d "$book"
sleep 20
