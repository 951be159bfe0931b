#!/bin/sh
# Installs packages with apt, as root: apt-install.sh PACKAGE...
# For packages.py and for the launcher, which has no Python yet.
export DEBIAN_FRONTEND=noninteractive LC_ALL=C PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"
# First mend what an interrupted call left behind. Neither waits for a lock, which the dpkg of a killed apt or a new
# Ubuntu's first upgrade may hold.
for _ in 1 2 3 4 5 6 7 8 9 10; do
    dpkg --configure -a && apt-get update -q && break
    sleep 3
done
exec apt-get install -qy --fix-broken --no-install-recommends --no-remove -o DPkg::Lock::Timeout=300 "$@"
