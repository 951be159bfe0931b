#!/bin/sh
# The store complained about a line that it could not read, once; since then the agent lets pass what it understands.
cat > /tmp/rule <<'END'
# Only what can be parsed: a number, a recipient and a text.
if not re_match($msg, '^ *number=[0-9]+ to="[^"]*" text="[ -~]*"$') then stop

END
sed -i '/^input(/{n;r /tmp/rule
}' /etc/rsyslog.conf
rm /tmp/rule
sv restart agent
