"""The webmaster's login, once: to see that it works, and that the pages can be changed."""

import secrets
import sys
import tempfile

from tries import ssh

if __name__ == "__main__":
    mark = secrets.token_hex(6)
    change = f"cd /srv/site/pages && echo {mark} > .try && cat .try && rm .try"
    with tempfile.NamedTemporaryFile("w") as key:
        key.write(sys.argv[1])
        key.flush()
        sys.exit(0 if ssh(key.name, "site", change).decode().strip() == mark else 1)
