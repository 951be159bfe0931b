#!/bin/sh
# fails: test_lock_is_free
# Whoever holds the lock is started anew every two seconds.
mkdir /etc/sv/loosen
printf '#!/bin/sh\nsleep 2\nexec sv force-restart /etc/sv/%s\n' "$KIKORI_COPY" > /etc/sv/loosen/run
chmod 755 /etc/sv/loosen/run
ln -s /etc/sv/loosen /etc/service/
sleep 4
