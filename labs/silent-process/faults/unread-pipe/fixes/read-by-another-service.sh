#!/bin/sh
# The same program, started beside the printer. Where one of the two ends, so does the other, and the supervisor starts both.
cat > /etc/sv/printer/run <<'RUN'
#!/bin/sh
exec chpst -u notes bash -c '
trap "kill \$(jobs -p)" EXIT
trap exit TERM
python3 /srv/notes/tally.py &
python3 /srv/notes/printer.py &
wait -n' >> /var/log/notes/printer.log 2>&1
RUN
sv restart printer
