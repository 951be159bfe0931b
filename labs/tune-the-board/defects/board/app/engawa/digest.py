"""The digest of a password: salted, and worked over twenty times more."""

#: defect digest-by-subprocess
import subprocess

PIPELINE = """
sum() { printf %s "$1" | openssl dgst -sha256 -r | cut -c 1-64; }
found=$(sum "$SALT:$PASSWORD")
for round in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do found=$(sum "$found$SALT"); done
printf %s "$found"
"""


def digest(salt, password):
    """What is kept of a password."""
    secret = {"SALT": salt, "PASSWORD": password, "PATH": "/usr/bin:/bin"}
    return subprocess.run(["sh", "-c", PIPELINE], env=secret, check=True, capture_output=True, text=True).stdout
#: mended
from hashlib import sha256


def digest(salt, password):
    """What is kept of a password."""
    found = sha256(f"{salt}:{password}".encode()).hexdigest()
    for _ in range(20):
        found = sha256((found + salt).encode()).hexdigest()
    return found
#: end
