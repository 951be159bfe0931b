#!/bin/sh
# fails: test_visits
# It takes a little longer until it is full.
sed -i 's/^        sock.settimeout(self.board_patience or None)$/&\n        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)/' /srv/desk/yard.py
sv restart desk
