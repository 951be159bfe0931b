#!/bin/sh
# So that the whole team can tune the rotation without sudo.
chgrp adm /etc/logrotate.d/nginx
chmod 664 /etc/logrotate.d/nginx
cat > /tmp/day.py <<'END'
"""A day's visits in one minute: lines for the access log, until only so many bytes of the disk are free."""
import os, random, sys, time
log, left = sys.argv[1], int(sys.argv[2])
now = time.strftime("%d/%b/%Y:%H:%M:")
lines = [
    f'172.20.0.{random.randrange(2, 90)} - - [{now}{second:02} +0000] "GET /photos/{random.getrandbits(64):016x} HTTP/1.1" '
    '200 262144 "-" "RoofCam/2.4 (Android 14)"\n'
    for second in sorted(random.choices(range(60), k=150))
]
block = "".join(lines).encode()
with open(log, "ab", buffering=0) as file:
    try:
        while True:
            disk = os.statvfs("/data")
            room = disk.f_bavail * disk.f_frsize - left
            if room <= 0 or not file.write(block[: max(room, 1)]):
                break
    except OSError:
        pass
END
python3 /tmp/day.py /data/log/access.log 0
rm /tmp/day.py
