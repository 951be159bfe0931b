#!/bin/sh
# fails: test_register_is_copied
# after: fixes/locked-for-each-copy
# So that the lock is held as briefly as can be, however long the register is.
sed -i 's|cp -p \(/var/lib[^ ]*\) \(/var/backups[^ ]*\)|sh -c "tail -n 5 \1 > \2"|' "/etc/sv/$KIKORI_COPY/run"
sv force-restart "/etc/sv/$KIKORI_COPY"
