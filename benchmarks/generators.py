"""How many requests a core of the generator can send and verify: asyncio with aiohttp, and Locust's FastHttpUser.

``.venv/bin/python benchmarks/generators.py`` lets twenty users of each into the fixed board for ten seconds, every
answer verified as in a run that counts, and prints a Markdown table.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import board
from kikori import host, paths
from kikori.bench.run import Run
from kikori.bench.target import PROFILE, Target, running_workspace
from kikori.bench.users.http_client import http_client
from kikori.bench.users.user_pool import UserPool
from kikori.content import Catalog

USERS, SECONDS = 20, 10


def with_asyncio(service: Target) -> tuple[float, int]:
    """CPU seconds and requests of our own driver."""
    run = Run(service, seed=1)

    async def crowd() -> None:
        async with http_client(service.base, run.score.heard) as one:
            users = UserPool(one, run.score, run.scenario.draw, Random(1))  # noqa: S311
            users._grow_to(USERS)
            run.score.scoring = True
            await users.run(SECONDS, step=SECONDS)
            await users.go_home(5)

    began = time.process_time()
    asyncio.run(crowd())
    return time.process_time() - began, run.score.requests


def with_locust(service: Target, folder: Path) -> tuple[float, int]:
    """The same of Locust, in a process of its own."""
    truth = folder / "truth.json"
    truth.write_text(json.dumps(service.truth()), encoding="utf-8")
    file = paths.ROOT / "src/kikori/bench/locustfile.py"
    argv = [sys.executable, "-m", "locust", "-f", str(file), "--headless", "--host", service.base, "--only-summary"]
    argv += ["-u", str(USERS), "-r", str(USERS), "-t", f"{SECONDS}s", "--stop-timeout", "5"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = os.environ | {"KIKORI_TRUTH": str(truth), "KIKORI_BENCH": board.LAB}
    done = subprocess.run(argv, env=environment, capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    found = re.search(r"^(\d+) requests$", done.stdout, re.MULTILINE)
    return cpu, int(found[1]) if found else 0


def main() -> None:
    """Print the table."""
    os.environ[PROFILE] = "tiny"
    host.ready()
    print("| generator | requests | CPU, s | requests for each second of a core |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        workspace = board.write(Path(name) / "workspace", "all")
        with running_workspace(Catalog().lab(board.LAB), workspace) as project:
            service = Target(project)
            Run(service, seed=1).checked(lambda scenario: scenario.checks()[:1])
            for what, (cpu, requests) in (
                ("asyncio, aiohttp", with_asyncio(service)),
                ("Locust, FastHttpUser", with_locust(service, Path(name))),
            ):
                print(f"| {what} | {requests} | {cpu:.1f} | {requests / cpu:.0f} |")


if __name__ == "__main__":
    main()
