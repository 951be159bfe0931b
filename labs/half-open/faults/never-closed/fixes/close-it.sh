#!/bin/sh
sed -i 's/^            self.dismiss_handheld(sock)$/&\n            sock.close()/' /srv/desk/yard.py
sv restart desk
