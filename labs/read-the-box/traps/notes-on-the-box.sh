#!/bin/sh
# service: box
# fails: test_files
# after: fixes/with-tools
# The findings are left on the box too, for whoever comes next.
echo "port numbers: see the inventory of Kazahaya" > /root/README
