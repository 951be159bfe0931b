#!/bin/sh
# service: workspace
# after: fixes/sdk-by-hand
# fails: test_every_valid_context
# Whatever is newer than version 00 is nonsense.
sed -i '/(?!00|ff)/d' front/nginx.conf
