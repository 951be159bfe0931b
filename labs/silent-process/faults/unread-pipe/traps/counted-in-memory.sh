#!/bin/sh
# fails: test_notes_are_counted
# The count lives in a variable: with the next start of the server it begins at nought.
cat > /etc/sv/tally/run <<'RUN'
#!/bin/sh
exec chpst -u notes sh -c '
exec 3<> /run/notes/tally
count=0
while read -r _ <&3; do
  count=$((count + 1))
  echo $count > /var/lib/notes/tally.new
  mv /var/lib/notes/tally.new /var/lib/notes/tally
done'
RUN
ln -s /etc/sv/tally /etc/service/tally
