#!/bin/sh
# A service of another name counts the register's lines every two seconds, and nobody writes into the pipe any more.
sed -i 's/^    tell(tally, str(number))$//' /srv/notes/clerk.py
mkdir /etc/sv/count
cat > /etc/sv/count/run <<'RUN'
#!/bin/sh
exec chpst -u notes sh -c '
while :; do
  echo $(($(wc -l < /var/lib/notes/register.csv) - 1)) > /var/lib/notes/tally.new
  mv /var/lib/notes/tally.new /var/lib/notes/tally
  sleep 2
done'
RUN
chmod 755 /etc/sv/count/run
ln -s /etc/sv/count /etc/service/
sv force-restart clerk-1 clerk-2
