#!/bin/sh
# Whoever writes a line copies the register at once, lock in hand; a service for that is not needed any more.
rm "/etc/service/$KIKORI_COPY"
sv exit "/etc/sv/$KIKORI_COPY"
sed -i 's|^        return number, tracking|        draft = paths.Path("/var/backups/notes/register.new")\
        draft.write_bytes(paths.REGISTER.read_bytes())\
        draft.rename("/var/backups/notes/register.csv")\
&|' /srv/notes/clerk.py
sv force-restart clerk-1 clerk-2
