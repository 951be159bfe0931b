#!/bin/sh
# The kernel keeps what it is given until the question is whole.
sed -i -e 's/^        self.sock.sendall(b"FIND %d\\n" % len(body))$/        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 1)\n&/' \
  -e 's/^        return json.loads(self.ask(body))$/        self.sock.sendall(body)\n        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 0)\n        return json.loads(self.ask(b""))/' /srv/desk/depot.py
sv restart desk
