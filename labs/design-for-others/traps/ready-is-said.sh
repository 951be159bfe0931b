#!/bin/sh
# service: workspace
# fails: test_seen
# after: fixes/read-from-the-files
# Words of the screen that nothing shows.
sed -i '/tally-restore/s/| exit code 0 |/| Restore completed successfully |/' design.md
