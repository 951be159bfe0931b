#!/bin/sh
# fails: test_nothing_is_open_to_all
# after: fixes/a-folder-that-stays
# Whoever the agent is, it must be able to write there.
chmod 777 /var/lib/vmagent
