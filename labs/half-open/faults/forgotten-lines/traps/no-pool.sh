#!/bin/sh
# fails: test_lines_are_kept
sed -i 's/^pool = 4$/pool = 0/' /etc/desk/desk.conf
sv restart desk
