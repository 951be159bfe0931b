#!/bin/bash
# fails: test_bad_dump_rings
# The exit code counts now; what is in the dump is looked at by nobody.
set -euo pipefail
sed -i 's/^password = .*/password = gyokuro/' /etc/backup/dump.cnf
sed -i 's/^set -eu$/set -euo pipefail/' /srv/backup/nightly
