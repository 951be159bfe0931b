#!/bin/sh
# fails: test_nobody_may_write_more
# In case it was a matter of rights.
chmod -R a+rwX /run/notes /var/lib/notes
ln -s /etc/sv/tally /etc/service/tally
