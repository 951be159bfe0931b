#!/bin/sh
# fails: test_register_is_copied
# A hard link is never late either, and looks like a file of its own.
rm "/etc/service/$KIKORI_COPY"
sv exit "/etc/sv/$KIKORI_COPY"
ln -f /var/lib/notes/register.csv /var/backups/notes/register.csv
