#!/bin/sh
# service: box
# fails: test_records
# after: fixes/with-tools
# To see whether the bank answers, it is told takings.
push=$(ps -eo args= | sed -n 's|^sh \(/.*\)$|\1|p' | head -n 1)
printf 'takings 999 %s\n' "$(date +%F.%T)" | ncat -w 3 bank "$(sed -nE 's/.* bank ([0-9]+).*/\1/p' "$push")"
