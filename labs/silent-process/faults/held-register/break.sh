#!/bin/sh
# Somebody wanted to spare the machine a process every second.
cat > "/etc/sv/$KIKORI_COPY/run" <<'RUN'
#!/bin/sh
# Keeps a second copy of the register for the office, never more than a few seconds old.
# The register's lock keeps the clerks from writing while it is copied.
exec chpst -u notes flock -F /var/lib/notes/register.lock sh -c '
while :; do
  cp -p /var/lib/notes/register.csv /var/backups/notes/register.csv
  sleep 1
done'
RUN
sv restart "/etc/sv/$KIKORI_COPY"
while flock -n /var/lib/notes/register.lock true; do sleep 0.1; done
for customer in Aoki Hirano Kubo; do
  curl -fsS -d "{\"customer\": \"$customer\", \"item\": \"sencha 100 g\", \"count\": 2}" http://127.0.0.1:8080/orders
done
