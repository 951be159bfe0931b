#!/bin/sh
# fails: test_files_are_not_open
# The service may correct its cleaner, which root runs.
sed -i "s|sess_\*|roof-*|" /etc/often/sessions
chown roofs /etc/often/sessions
