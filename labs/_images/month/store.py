"""Prometheus and promtool, as a program calls them."""

from __future__ import annotations

import json
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SCRATCH = Path("/var/tmp")  # noqa: S108  # on disk: promtool sets half a gigabyte aside for each block it writes


class Refused(Exception):
    """What Prometheus said against a rule or a query."""


def ask(url: str, path: str, **values: str) -> Any:
    """Ask a Prometheus.

    Raises:
        Refused: it says what is wrong with the question.
    """
    data = urllib.parse.urlencode(values).encode()
    try:
        with urllib.request.urlopen(f"{url}/api/v1/{path}", data, timeout=90) as answer:  # noqa: S310  # our own
            return json.load(answer)["data"]["result"]
    except urllib.error.HTTPError as problem:
        raise Refused(json.load(problem)["error"]) from None
    except OSError as problem:
        raise Refused(f"no answer to {values.get('query', path)[:80]!r}: {problem}") from None


def wait(url: str, within: float = 30) -> None:
    """Wait until a Prometheus is ready.

    Raises:
        Refused: it does not become so.
    """
    until = time.monotonic() + within
    while True:
        try:
            with urllib.request.urlopen(f"{url}/-/ready", timeout=2):  # noqa: S310
                return
        except OSError:
            if time.monotonic() > until:
                raise Refused("Prometheus does not become ready") from None
            time.sleep(0.05)


def start(data: Path, port: int, host: str = "127.0.0.1") -> subprocess.Popen[bytes]:
    """Start a Prometheus that has nothing to scrape and forgets nothing."""
    empty = data.parent / "prometheus.yml"
    empty.write_text("")
    return subprocess.Popen(
        [
            "prometheus",
            f"--config.file={empty}",
            f"--storage.tsdb.path={data}",
            f"--web.listen-address={host}:{port}",
            "--storage.tsdb.retention.time=50y",
            "--query.max-samples=200000000",
            "--log.level=warn",
        ]
    )


@contextmanager
def prometheus(data: Path, port: int) -> Iterator[str]:
    """A Prometheus over a folder of blocks, for a while; gives its address."""
    url = f"http://127.0.0.1:{port}"
    process = start(data, port)
    try:
        wait(url)
        yield url
    finally:
        process.kill()
        process.wait()


def promtool(*arguments: str | Path) -> None:
    """Run promtool.

    Raises:
        Refused: with what it says.
    """
    argv = ["promtool", *map(str, arguments)]
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Refused((done.stderr or done.stdout).strip()[-600:])
