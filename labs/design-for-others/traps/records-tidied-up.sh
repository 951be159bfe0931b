#!/bin/sh
# service: records
# fails: test_records
# The drop-in is made to say what the document says.
sed -i '/Environment/d' /records/override.conf
