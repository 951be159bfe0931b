#!/bin/sh
# fails: test_nothing_piles_up
# A process of its own counts each note, and nobody asks how it ended.
cat > /srv/notes/count <<'SH'
#!/bin/sh
exec 9> /var/lib/notes/tally.lock
flock 9
echo $(($(cat /var/lib/notes/tally) + 1)) > /var/lib/notes/tally
SH
chmod 755 /srv/notes/count
sed -i -e 's|^    tell(tally, str(number))|    os.posix_spawn("/srv/notes/count", ["count"], os.environ)|' -e 's|^import json|&\
import os|' /srv/notes/clerk.py
sv force-restart clerk-1 clerk-2
