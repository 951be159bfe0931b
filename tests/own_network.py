"""A network of the tests' own: a loopback that stays as it is while the scenes of other tests come and go."""

from __future__ import annotations

import ctypes
import fcntl
import socket
import struct

CLONE_NEWNET = 0x40000000
SIOCSIFFLAGS = 0x8914
IFF_UP = 1


def take_own_network() -> bool:
    """Put this process and what it starts from now on into a network that has nothing but a loopback.

    A browser gives up what it is loading when an address of its machine comes or goes, as each lab brings one. Gives
    whether it worked: it takes root's rights. Sources: unshare(2), netdevice(7).
    """
    if ctypes.CDLL(None).unshare(CLONE_NEWNET):
        return False
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asks:
        fcntl.ioctl(asks, SIOCSIFFLAGS, struct.pack("16sh", b"lo", IFF_UP))
    return True
