#!/bin/sh
sed -i -e '/^        self.sock.sendall(b"FIND %d\\n" % len(body))$/d' \
  -e 's/self.ask(body)/self.ask(b"FIND %d\\n" % len(body) + body)/' /srv/desk/depot.py
sv restart desk
