#!/bin/sh
# A rotation rule from the other servers was taken over; there, nginx keeps its number in another file.
sed -i 's|/run/nginx\.pid|/run/nginx/nginx.pid|g' /etc/logrotate.d/nginx
sv stop jobs > /dev/null
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
python3 /tmp/day.py /data/log/access.log 3000000
sv start jobs > /dev/null
tries=0
until [ -e /data/log/access.log.1.gz ] && [ ! -e /data/log/access.log.1 ]; do
  tries=$((tries + 1))
  [ "$tries" -lt 800 ] || exit 1
  sleep 0.1
done
# The visits go on, and nginx writes them where it has always written them.
nginx=$(cat /run/nginx.pid)
for number in "/proc/$nginx/fd/"*; do
  case $(readlink "$number") in
    /data/log/access.log*deleted*) python3 /tmp/day.py "$number" 0 ;;
  esac
done
rm /tmp/day.py
