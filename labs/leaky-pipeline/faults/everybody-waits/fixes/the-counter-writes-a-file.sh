#!/bin/sh
# The counter appends to a file and is done. A courier reads it at the store's pace, and remembers what was confirmed.
python3 - <<'PY'
from pathlib import Path

file = Path("/srv/counter/events.py")
text = file.read_text()
text = text.replace(
    """        line = f'<134>1 {now} counter counter - - - number={number} to="{to}" text="{text}"'.encode()
        with self.lock:
            self.send(b"%d %s" % (len(line), line))
""",
    """        row = json.dumps({"at": now, "number": number, "to": to, "text": text})
        with self.lock, open("/var/log/counter/records.jsonl", "a", encoding="utf-8") as rows:
            rows.write(row + "\\n")
""",
)
file.write_text(text.replace("import socket\n", "import json\nimport socket\n"))
PY
cat > /srv/counter/courier.py <<'END'
"""Carries a file's lines to the store, one after the other, and remembers how far the store has confirmed them."""

import re
import socket
import sys
import time
from pathlib import Path

source, mark = Path(sys.argv[1]), Path(sys.argv[2])


def tell(sock, number, command, data):
    sock.sendall(b"%d %s %d %s\n" % (number, command, len(data), data))
    said = b""
    while not (head := re.match(rb"(\d+) rsp (\d+) ?", said)) or len(said) < head.end() + int(head[2]) + 1:
        more = sock.recv(65536)
        if not more:
            raise ConnectionError("the store hung up")
        said += more
    if said[head.end() : head.end() + 3] != b"200":
        raise ConnectionError(said.decode())


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
[ -e /var/log/counter/records.jsonl ] || exec sleep 1
exec chpst -u counter python3 /srv/counter/courier.py /var/log/counter/records.jsonl /var/lib/counter/confirmed
END
chmod 755 /etc/service/courier/run
sv restart counter
