#!/bin/sh
# service: box
# fails: test_files
# after: fixes/with-tools
# Made readable, so that the inventory can be filled without root.
chmod go+r /var/spool/cron/crontabs/tsuda /root/.bash_history /home/ota/.bash_history
