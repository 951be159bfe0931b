#!/bin/sh
# fails: test_register_is_copied
# A link is never late, and needs no lock.
rm "/etc/service/$KIKORI_COPY"
sv exit "/etc/sv/$KIKORI_COPY"
ln -sf /var/lib/notes/register.csv /var/backups/notes/register.csv
