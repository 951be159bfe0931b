#!/bin/sh
sed -i 's/^            with sock.makefile("rb") as lines:$/            with sock, sock.makefile("rb") as lines:/' /srv/desk/yard.py
sv restart desk
