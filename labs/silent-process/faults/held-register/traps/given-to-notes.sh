#!/bin/sh
# fails: test_nobody_may_write_more
# after: fixes/locked-for-each-copy
# So that the job is never again in want of a right. Root runs what stands there.
chown -R notes:notes /etc/sv /srv/notes
