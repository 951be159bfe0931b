#!/bin/sh
# fails: test_services_run_as_notes
cat > /etc/sv/tally/run <<'RUN'
#!/bin/sh
exec 3<> /run/notes/tally
while read -r _ <&3; do
  echo $(($(cat /var/lib/notes/tally) + 1)) > /var/lib/notes/tally
done
RUN
ln -s /etc/sv/tally /etc/service/tally
