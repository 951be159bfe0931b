#!/bin/sh
# service: workspace
# after: fixes/sdk-by-hand
# fails: test_nonsense
# A context is taken out of whatever stands around it.
sed -i 's/"~^00-(?!0{32})/"~00-(?!0{32})/; s/"~^(?!00|ff)/"~(?!00|ff)/' front/nginx.conf
