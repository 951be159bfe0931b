#!/bin/sh
# The release of this morning gave the sessions' files another prefix.
sed -i 's|^prefix = .*|prefix = roof-|' /etc/roofs/roofs.conf
sv restart roofs > /dev/null
cat > /tmp/day.py <<'END'
"""A day's sessions in one minute, until the disk takes no more files."""
import json, os, secrets, time
from pathlib import Path
now, crew, full = time.time(), os.environ["KIKORI_CREW"], 0
while full < 5:
    file = Path("/data/sessions") / f"roof-{secrets.token_hex(12)}"
    seen = now - secrets.randbelow(6 * 3600)
    try:
        file.touch()
        file.write_text(json.dumps({"crew": crew, "since": int(seen)}))
        os.utime(file, (seen, seen))
        os.chown(file, Path("/data/sessions").stat().st_uid, -1)
    except OSError:
        full += 1
        time.sleep(0.3)
END
python3 /tmp/day.py
rm /tmp/day.py
