#!/bin/sh
# fails: test_nothing_is_lost
# after: fixes/a-file-is-a-queue
# The courier takes what was sent for delivered: it no longer reads what the store says.
sed -i '/^    said = b""/,/^        raise ConnectionError(said/d' /srv/counter/courier.py
python3 -c "compile(open('/srv/counter/courier.py').read(), 'courier', 'exec')"
sv restart courier || true # where runit has not seen it yet, it begins like this
