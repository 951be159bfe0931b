#!/bin/sh
# fails: test_numbers_have_no_gap_and_no_double
# Half a second is enough, somebody thought; then the clerk goes on as if it had the lock.
cat > /tmp/patience.py <<'PY'
        for _ in range(5):
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError:
                time.sleep(0.1)
PY
sed -i -e '/fcntl.flock(lock, fcntl.LOCK_EX)$/{r /tmp/patience.py
d}' /srv/notes/clerk.py
rm /tmp/patience.py
sv force-restart clerk-1 clerk-2
