#!/bin/sh
# fails: test_nothing_is_lost
# The agent writes a file and is done. A courier carries its lines to the store, and takes what was sent for delivered.
sed -i '/^action(/,$d' /etc/rsyslog.conf
cat >> /etc/rsyslog.conf <<'END'
template(name="line" type="list" option.jsonf="on") { property(outname="record" name="msg" format="jsonf") }
action(type="omfile" file="/var/log/agent/records.jsonl" template="line")
END
cat > /srv/counter/courier.py <<'END'
"""Carries a file's lines to the store, one after the other, and remembers how far it has come."""

import socket
import sys
import time
from pathlib import Path

source, mark = Path(sys.argv[1]), Path(sys.argv[2])


def tell(sock, number, command, data):
    sock.sendall(b"%d %s %d %s\n" % (number, command, len(data), data))


def carry():
    with socket.create_connection(("logs", 2514), 30) as sock, open(source, "rb") as lines:
        tell(sock, 1, b"open", b"relp_version=0\nrelp_software=courier\ncommands=syslog")
        lines.seek(int(mark.read_text()) if mark.exists() else 0)
        number = 1
        while True:
            start = lines.tell()
            line = lines.readline()
            if not line.endswith(b"\n"):
                lines.seek(start)
                time.sleep(0.1)
                continue
            number = number % 999999 + 1
            tell(sock, number, b"syslog", b"<134>1 - counter counter - - - " + line.rstrip(b"\n"))
            half = mark.with_suffix(".half")
            half.write_text(str(lines.tell()))
            half.replace(mark)


while True:
    try:
        carry()
    except OSError as problem:
        print(f"courier: {problem}", flush=True)
        time.sleep(0.5)
END
mkdir -p /etc/service/courier
cat > /etc/service/courier/run <<'END'
#!/bin/sh
exec >> /var/log/courier.log 2>&1
exec chpst -u agent python3 /srv/counter/courier.py /var/log/agent/records.jsonl /var/spool/agent/confirmed
END
chmod 755 /etc/service/courier/run
sv restart agent
