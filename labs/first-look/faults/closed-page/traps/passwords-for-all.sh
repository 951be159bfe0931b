#!/bin/sh
# fails: test_secrets_stay_closed
# The page can be read, like everything else.
chmod -R a+rX /etc /srv
