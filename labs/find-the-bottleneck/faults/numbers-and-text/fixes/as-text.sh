#!/bin/sh
# service: desk
sed -i 's|"/items/<int:tag>"|"/items/<tag>"|' /srv/desk/desk.py
sv restart desk
