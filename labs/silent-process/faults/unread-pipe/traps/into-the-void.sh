#!/bin/sh
# fails: test_notes_are_counted
sed -i 's|^pipe = .*|pipe = /dev/null|' /etc/notes/notes.conf
sv force-restart clerk-1 clerk-2
