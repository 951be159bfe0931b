#!/bin/bash
# fails: test_point_in_time
# A little later is still too early.
set -euo pipefail
sed -i -e 's/head -n -1/head -n -3/' /srv/backup/logs
