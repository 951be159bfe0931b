#!/bin/sh
# fails: test_desk_stays
# The sockets are gone with the program, and with them all who were connected.
mkdir -p /etc/service/janitor
cat > /etc/service/janitor/run <<'RUN'
#!/bin/sh
while sleep 0.1; do
  [ "$(ss -tnH state close-wait '( sport = :9000 )' | wc -l)" -lt 15 ] || sv restart desk
done
RUN
chmod 755 /etc/service/janitor/run
sv restart desk
sleep 6
