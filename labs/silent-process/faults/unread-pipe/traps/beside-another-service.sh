#!/bin/sh
# fails: test_services_come_back
# The same program, started beside the printer: the supervisor has the printer's number, and not this one's.
cat > /etc/sv/printer/run <<'RUN'
#!/bin/sh
exec 2>&1
chpst -u notes python3 /srv/notes/tally.py >> /var/log/notes/tally.log &
exec chpst -u notes python3 /srv/notes/printer.py >> /var/log/notes/printer.log
RUN
sv restart printer
