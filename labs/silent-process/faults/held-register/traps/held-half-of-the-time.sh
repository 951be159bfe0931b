#!/bin/sh
# fails: test_lock_is_free
# Locked for each copy, and for the pause after it; then it is the clerks' turn.
cat > "/etc/sv/$KIKORI_COPY/run" <<'RUN'
#!/bin/sh
exec chpst -u notes sh -c '
while :; do
  flock /var/lib/notes/register.lock sh -c "cp -p /var/lib/notes/register.csv /var/backups/notes/register.csv; sleep 1"
  sleep 1
done'
RUN
sv force-restart "/etc/sv/$KIKORI_COPY"
