#!/bin/sh
# service: workspace
# fails: test_harmless
# after: fixes/read-from-the-files
# It is started while another one holds the lock, in vain.
sed -i '/^| Two of them run /s/| .pgrep [^|]*|/| systemctl restart tally |/' design.md
