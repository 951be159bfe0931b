"""A login of the webmaster's, or of staff, once: to see that it works, and that they can do what they come for."""

import secrets
import sys
import tempfile

from tries import ssh

WORK = {
    "site": "cd /srv/site/pages && echo {0} > .try && cat .try && rm .try",
    "root": "[ $(id -u) = 0 ] && echo {0}",
}

if __name__ == "__main__":
    mark = secrets.token_hex(6)
    user, opener = sys.argv[1:]
    with tempfile.NamedTemporaryFile("w") as key:
        key.write(opener)
        key.flush()
        sys.exit(0 if ssh(key.name, user, WORK[user].format(mark)).decode().strip() == mark else 1)
