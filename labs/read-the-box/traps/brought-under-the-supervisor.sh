#!/bin/sh
# service: box
# fails: test_untouched
# after: fixes/with-tools
# What nobody would start again is given to the supervisor at once: right some day, but no inventory.
path=$(ps -eo args= | sed -n 's|^sh \(/.*\)$|\1|p' | head -n 1)
mkdir -p /etc/sv/push
printf '#!/bin/sh\nexec chpst -u ota sh %s\n' "$path" > /etc/sv/push/run
chmod 755 /etc/sv/push/run
pkill -f "^sh $path"
ln -s /etc/sv/push /etc/service/push
