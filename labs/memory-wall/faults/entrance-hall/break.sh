#!/bin/sh
# service: catalogue
# Since its last update, the terminal in the entrance hall takes its patience of 30 s for milliseconds.
# Root is without its powers here: it writes where the folder is its own.
python3 - <<'END'
import http.client
import socket
import time
from pathlib import Path
from urllib.parse import quote_plus

PATIENCE = 0.03
HERE = socket.gethostbyname(socket.gethostname())
BLURB = "a short course in the craft of letters on travels in kochi volume " * 20
folder = Path("/var/lib/catalogue/terminal")


def note(words):
    with (folder / "hall.log").open("a", encoding="utf-8") as log:
        print(time.strftime("%Y-%m-%d %H:%M:%S"), words, file=log)


def look_up(words):
    """One search as a visitor makes it; tells whether the terminal had the answer in time."""
    shown = words if len(words) < 40 else f"{words[:30]}... ({len(words)} letters)"
    begun = time.monotonic()
    catalogue = http.client.HTTPConnection(HERE, 8080, timeout=PATIENCE)
    try:
        catalogue.request("GET", f"/search?q={quote_plus(words)}", headers={"User-Agent": "hall-terminal/3.1"})
        status = catalogue.getresponse().status
    except (OSError, http.client.HTTPException):
        note(f'search "{shown}": no answer after 30 ms, closed; on the screen: "The catalogue has hung up. Try again."')
        return False
    finally:
        catalogue.close()
    note(f'search "{shown}": status {status} after {1000 * (time.monotonic() - begun):.0f} ms')
    return True


def is_open():
    """Tell whether the catalogue answers by now."""
    catalogue = http.client.HTTPConnection(HERE, 8080, timeout=2)
    try:
        catalogue.request("GET", "/health")
        return catalogue.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        catalogue.close()


deadline = time.monotonic() + 20
while not is_open() and time.monotonic() < deadline:
    time.sleep(0.2)
note("terminal 3.1 in the entrance hall; patience = 30 ms")
for words in ("bridges aomori", "poetry", BLURB, f"{BLURB} nara"):
    for _ in range(4):
        if look_up(words):
            break
        time.sleep(1)
END
