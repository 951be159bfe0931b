#!/bin/sh
# fails: test_scans
# A board that reads nothing still answers the kernel's probes: its machine is alive.
sed -i 's/^        sock.settimeout(self.board_patience or None)$/&\n        sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)\n        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 1)/' /srv/desk/yard.py
sv restart desk
