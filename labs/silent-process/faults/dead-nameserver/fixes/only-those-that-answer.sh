#!/bin/sh
# The line stays in the file, and netconf passes on only servers that answer.
cat > /srv/notes/netconf <<'RUN'
#!/bin/sh
# Keeps /etc/resolv.conf as /etc/netconf/resolv.conf says, without the servers that do not answer.
while :; do
  while read -r word rest; do
    if [ "$word" = nameserver ]; then
      dig +time=1 +tries=1 +short @"$rest" carrier > /dev/null 2>&1 || continue
    fi
    echo "$word $rest"
  done < /etc/netconf/resolv.conf > /run/netconf.new
  cmp -s /run/netconf.new /etc/resolv.conf || cat /run/netconf.new > /etc/resolv.conf
  sleep 1
done
RUN
sv restart netconf
sleep 3
