#!/bin/sh
# fails: test_register_is_copied
# after: fixes/locked-for-each-copy
# Nothing that was ever copied can be lost; every line is there again with each copy.
sed -i 's|cp -p \(/var/lib[^ ]*\) \(/var/backups[^ ]*\)|sh -c "cat \1 >> \2"|' "/etc/sv/$KIKORI_COPY/run"
sv force-restart "/etc/sv/$KIKORI_COPY"
