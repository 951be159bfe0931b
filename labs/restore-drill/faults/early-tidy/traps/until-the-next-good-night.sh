#!/bin/bash
# fails: test_after_bad_nights
# after: fixes/two-weeks-of-copies
# As long as a night is bad the first machine lets go of nothing, to be on the safe side.
set -euo pipefail
# shellcheck disable=SC2016
sed -i -e 's|^failed() {|&\n  touch /backup/bad|' -e 's|^curl .*/done$|rm -f /backup/bad\n&|' /srv/backup/nightly
# shellcheck disable=SC2016
sed -i 's|^if \[ |&! -e /backup/bad ] \&\& [ |' /srv/backup/logs
