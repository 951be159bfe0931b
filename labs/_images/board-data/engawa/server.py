"""A MariaDB of our own on a datadir that is being made: no network, nothing safe, all fast."""

import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from engawa.rows import load_statement

SHAPE = ["--innodb-log-file-size=4M", "--innodb-undo-tablespaces=0"]
"""What decides how large an empty datadir is."""
HASTE = [
    "--skip-networking", "--skip-log-bin", "--local-infile=1", "--innodb-buffer-pool-size=64M",
    "--innodb-flush-log-at-trx-commit=0", "--innodb-flush-method=nosync", "--innodb-doublewrite=0",
    "--sync-frm=0", "--innodb-fast-shutdown=0", "--innodb-buffer-pool-dump-at-shutdown=0", "--max-allowed-packet=64M",
]  # fmt: skip
STARTS_IN = 60


def create(folder: Path) -> None:
    """Make an empty datadir, where root comes in through the socket."""
    options = ["--no-defaults", f"--datadir={folder}", "--skip-test-db", "--auth-root-authentication-method=normal"]
    subprocess.run(["mariadb-install-db", *options, *SHAPE, *HASTE], check=True, stdout=subprocess.DEVNULL)


@contextmanager
def running(folder: Path) -> Iterator["Server"]:
    """The datadir's server, stopped cleanly in the end."""
    socket = folder / "making.sock"
    where = [f"--datadir={folder}", f"--socket={socket}", f"--pid-file={folder}/making.pid"]
    process = subprocess.Popen(["mariadbd", "--no-defaults", *where, *SHAPE, *HASTE], stderr=subprocess.DEVNULL)
    try:
        server = Server(socket)
        server.wait(process)
        yield server
    finally:
        process.terminate()
        process.wait()


class Server:
    """A running server, spoken to with Debian's client."""

    def __init__(self, socket: Path) -> None:
        self._client = ["mariadb", "--no-defaults", f"--socket={socket}", "--user=root", "--local-infile=1"]
        self._client += ["--default-character-set=utf8mb4"]

    def wait(self, process: subprocess.Popen[bytes]) -> None:
        """Until it answers."""
        until = time.monotonic() + STARTS_IN
        while subprocess.run([*self._client, "-e", "SELECT 1"], capture_output=True).returncode:
            if process.poll() is not None or time.monotonic() > until:
                raise SystemExit("mariadbd did not start")
            time.sleep(0.1)

    def run(self, statements: str) -> None:
        """Run some SQL."""
        subprocess.run(self._client, input=statements.encode(), check=True)

    def load(self, table: str, rows: Iterable[bytes]) -> None:
        """Fill a table while its rows are still being made."""
        load = [*self._client, "board", "-e", load_statement(table)]
        with subprocess.Popen(load, stdin=subprocess.PIPE) as client:
            if client.stdin:  # as asked for
                client.stdin.writelines(rows)
        if client.returncode:
            raise SystemExit(f"{table} could not be loaded")
