#!/bin/sh
# service: box
# fails: test_files
# after: fixes/with-tools
# A setting is changed to see what it does, and put back with its date.
sleep 6
cp -p /etc/sysconfig/gate /run/gate.kept
echo '# tried' >> /etc/sysconfig/gate
cp -p /run/gate.kept /etc/sysconfig/gate
rm /run/gate.kept
