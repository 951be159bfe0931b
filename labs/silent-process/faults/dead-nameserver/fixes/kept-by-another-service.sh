#!/bin/sh
# Another program writes the file, whoever answers first in it; netconf is not needed any more.
rm /etc/service/netconf
sv exit /etc/sv/netconf
cat > /srv/notes/names.py <<'PY'
import subprocess
import time
from pathlib import Path


def is_silent(line):
    asked = ["dig", "+time=1", "+tries=1", f"@{line.split()[1]}", "carrier"]
    return subprocess.run(asked, stdout=subprocess.DEVNULL).returncode != 0


while True:
    lines = Path("/etc/netconf/resolv.conf").read_text().splitlines()
    servers = sorted((line for line in lines if line.startswith("nameserver")), key=is_silent)
    text = "\n".join([*servers, *(line for line in lines if line.startswith("options"))]) + "\n"
    if Path("/etc/resolv.conf").read_text() != text:
        Path("/etc/resolv.conf").write_text(text)
    time.sleep(2)
PY
mkdir /etc/sv/names
printf '#!/bin/sh\nexec python3 /srv/notes/names.py\n' > /etc/sv/names/run
chmod 755 /etc/sv/names/run
ln -s /etc/sv/names /etc/service/
until ! grep -q netconf /etc/resolv.conf; do sleep 0.2; done
