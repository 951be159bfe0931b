#!/bin/sh
# service: workspace
# fails: test_nothing_piles_up
# Each printer is waited for, by a descriptor that nobody closes.
sed 's|^            \(os.posix_spawn(SLIP, .*, os.environ)\)|            os.waitid(os.P_PIDFD, os.pidfd_open(\1), os.WEXITED)|' \
  kitchen.py > kitchen.new
mv kitchen.new kitchen.py
