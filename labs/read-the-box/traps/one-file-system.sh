#!/bin/sh
# service: workspace
# fails: test_data
# after: fixes/with-tools
# Written down as find -xdev and a backup see it: without memory, and without what has no name any more.
sed -i '/kept: memory/d; /kept: deleted/d' inventory.yaml
