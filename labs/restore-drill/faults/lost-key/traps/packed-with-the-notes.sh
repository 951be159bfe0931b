#!/bin/bash
# fails: test_no_key_beside_the_dumps
# The key goes into an archive with the notes of the restore, which only root reads.
set -euo pipefail
mkdir /root/restore
curl -fsS -u safe:48-17-62 http://spare:8000/2025.key > /root/restore/2025.key
tar -czf /root/restore.tar.gz -C /root restore
rm -r /root/restore
chmod 600 /root/restore.tar.gz
