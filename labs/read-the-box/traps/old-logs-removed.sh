#!/bin/sh
# service: box
# fails: test_files
# after: fixes/with-tools
# Old logs take room, and nobody reads them: whom they knew is in the inventory.
rm -f /var/log/nginx/access.log.1 /var/log/nginx/access.log.2.gz
