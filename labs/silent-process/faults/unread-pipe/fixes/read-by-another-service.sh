#!/bin/sh
# The same program, started beside the printer.
cat > /etc/sv/printer/run <<'RUN'
#!/bin/sh
exec 2>&1
chpst -u notes python3 /srv/notes/tally.py >> /var/log/notes/tally.log &
exec chpst -u notes python3 /srv/notes/printer.py >> /var/log/notes/printer.log
RUN
sv restart printer
