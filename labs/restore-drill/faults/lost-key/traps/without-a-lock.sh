#!/bin/bash
# fails: test_dump_opens
# What is not locked needs no key.
set -euo pipefail
sed -i 's/age -R \/etc\/backup\/recipients/cat/' /srv/backup/nightly
