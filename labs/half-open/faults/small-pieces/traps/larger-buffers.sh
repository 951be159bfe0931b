#!/bin/sh
# fails: test_round
sed -i 's/^        self.replies = .*/        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)\n&/' /srv/desk/depot.py
sv restart desk
