#!/bin/sh
# fails: test_services_come_back
# Where one of the two ends, both begin anew. But nobody tells them when the service is restarted.
cat > /etc/sv/printer/run <<'RUN'
#!/bin/sh
exec chpst -u notes bash -c '
python3 /srv/notes/tally.py &
python3 /srv/notes/printer.py &
wait -n
kill $(jobs -p)' >> /var/log/notes/printer.log 2>&1
RUN
sv restart printer
