#!/bin/sh
# fails: test_made_anew
# service: server
# after: fixes/two-accounts-by-turns
# The last improvement is made on the server, and never reaches the workspace.
sed -i 's/rand -hex 24/rand -hex 32/' /usr/local/bin/rotate
