#!/bin/sh
sed -i 's/^        self.replies = .*/        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)\n&/' /srv/desk/depot.py
sv restart desk
