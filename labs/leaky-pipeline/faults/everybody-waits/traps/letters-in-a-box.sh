#!/bin/sh
# fails: test_order_is_kept
# A file for each record, like letters in a box: nobody waits and nothing is lost, and a box has no order.
python3 - <<'PY'
from pathlib import Path

file = Path("/srv/counter/events.py")
text = file.read_text()
text = text.replace(
    """        line = f'<134>1 {now} counter counter - - - number={number} to="{to}" text="{text}"'.encode()
        with self.lock:
            self.send(b"%d %s" % (len(line), line))
""",
    """        letter = Path("/var/log/counter/box") / secrets.token_hex(8)
        letter.with_suffix(".half").write_text(json.dumps({"at": now, "number": number, "to": to, "text": text}))
        letter.with_suffix(".half").rename(letter)
""",
)
file.write_text(text.replace("import socket\n", "import json\nimport secrets\nimport socket\n").replace("from datetime", "from pathlib import Path\nfrom datetime"))
PY
cat > /srv/counter/courier.py <<'END'
"""Carries letters from a box to the store; what is confirmed is thrown away."""

import re
import socket
import sys
import time
from pathlib import Path

box = Path(sys.argv[1])


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
    with socket.create_connection(("logs", 2514), 30) as sock:
        tell(sock, 1, b"open", b"relp_version=0\nrelp_software=courier\ncommands=syslog")
        number = 1
        while True:
            for letter in box.iterdir():
                if not letter.suffix:
                    number = number % 999999 + 1
                    tell(sock, number, b"syslog", b"<134>1 - counter counter - - - " + letter.read_bytes())
                    letter.unlink()
            time.sleep(0.1)


while True:
    try:
        carry()
    except OSError as problem:
        print(f"courier: {problem}", flush=True)
        time.sleep(0.5)
END
install -d -o counter -g counter /var/log/counter/box
mkdir -p /etc/service/courier
cat > /etc/service/courier/run <<'END'
#!/bin/sh
exec >> /var/log/courier.log 2>&1
exec chpst -u counter python3 /srv/counter/courier.py /var/log/counter/box
END
chmod 755 /etc/service/courier/run
sv restart counter
