#!/bin/sh
# service: box
# fails: test_records
# after: fixes/with-tools
# One price in the ledger is changed to what it should have been: the file is as long as before.
book=$(grep -oE '^BOOK = "[^"]+' "$(ps -eo args= | sed -nE 's#^python3 -B (/.*ledger\.py)$#\1#p')" | cut -d'"' -f2)
sed -i '3s/;410$/;205/' "$book"
