#!/bin/sh
# service: box
# fails: test_old_box
# There should be one ledger only, so the old one goes before the new one comes.
pkill -f '[/]srv/ledger/ledger\.py'
