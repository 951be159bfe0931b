#!/bin/sh
# service: workspace
# fails: test_rush
# Nobody asks how a printer ended; once nobody has ordered for a moment, another service takes over, and all are gone.
cat > entrypoint.sh <<'SH'
#!/bin/sh
umask 027
mkdir -p /var/lib/kitchen/orders /var/lib/kitchen/slips
trap 'stop=1; kill -TERM "$service"' TERM
until [ "${stop-}" ]; do
  python3 /srv/kitchen/kitchen.py &
  service=$!
  wait "$service"
done
wait "$service"
SH
python3 - <<'PY'
from pathlib import Path

file = Path("kitchen.py")
text = file.read_text()
text = text.replace("            self.light(order)\n", "            self.light(order)\n            self.last, self.taken = time.monotonic(), self.taken + 1\n")
text = text.replace("        self.closed = False\n", "        self.closed = False\n        self.last, self.taken = 0, 0\n", 1)
text = text.replace("    while stop.empty():\n", "    while stop.empty() and not (kitchen.taken > 5 and time.monotonic() > kitchen.last + 0.6):\n")
file.write_text(text)
PY
