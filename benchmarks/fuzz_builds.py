"""Whether a Dockerfile that a replay takes has the engine ask somebody: made-up ones, a real engine and server.

``.venv/bin/python benchmarks/fuzz_builds.py [COUNT] [SEED]`` makes Dockerfiles of pieces that can be read in several
ways, builds those that ``check_learner_build`` takes, and prints how many there were and how often a server on
loopback, whose address is in most of them, or a registry was asked. It ends with 1 if there was any.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random

from kikori import host
from kikori.engine.images import is_here
from kikori.errors import KikoriError
from kikori.untrusted.dockerfile import check_learner_build

BASE = "kikori/python"
ADD = "ADD http://127.0.0.1:PORT/NUMBER /x\n"
PLAIN = (
    "RUN true\n", "RUN true && \\\n true\n", f"RUN cat <<END\nx\n{ADD}END\n", f"RUN cat <<-END\n\t{ADD}\tEND\n",
    "COPY f /y\n", "# c\n", "RUN echo '# a' \\\n# c\n\nx\n", "RUN grep x <<<y; true\n", f'RUN echo "{ADD[:-1]}"\n',
    "ENV a=b\n", f"RUN true \\\n{ADD}", 'LABEL a="<<END"\n', "RUN echo `true` \n", "# escape=`\n",
    f"RUN true '<' \\\n  <<END\n{ADD}END\n", f"RUN cat <<END &&\\\n true\n{ADD}END\n", f"RUN cat <<END\\\n\n{ADD}END\n",
)  # fmt: skip
ODD = (
    "FROM kikori/python\n", "FROM scratch\n", ADD, "ADD ", "http://127.0.0.1:PORT/NUMBER", "http:", " /x\n", "\n",
    "\\\n", "\\ \n", "\\\\\n", "RUN true ", "RUN cat ", "<<END", "<<-END", "<<'END'", '<<"END"', "<<<y", " 1<<END", '"',
    "'", "`", "`\n", "END\n", "\tEND\n", " END\n", "# escape=`\n", "#escape=\\\n", "# x=y\n", "  ", "\t", "\r\n", "\r",
    "COPY ", "--from=0 ", "--chown=1:1 ", "--link ", "f /y\n", "--mount=type=bind,source=f,target=/m ", "ONBUILD ",
    "ENV a=", "ARG A=http://127.0.0.1:PORT/NUMBER\n", "$A", "${A}", "AD", "D ", "add ", "A\\\nDD ", "\u00a0",
    "; true\n", " && true\n", "&& \\\n", "# syntax=docker/dockerfile:1\n", "USER 0\n", "\\", "\ufeff",
)  # fmt: skip


class Door(BaseHTTPRequestHandler):
    """Notes that somebody asked."""

    asked: list[str] = []

    def do_GET(self) -> None:
        """Answer with nothing."""
        self.asked.append(self.path)
        self.send_response(200)
        self.end_headers()

    do_HEAD = do_GET  # noqa: N815 - so http.server wants it

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def made_up(chance: Random, number: int, port: int) -> str:
    pieces = [chance.choice(["", "", "", "# escape=`\n", "# a=b\n", "\n"]), f"FROM {BASE}\n"]
    pieces += [chance.choice(PLAIN if chance.random() < 0.85 else ODD) for _ in range(chance.randint(2, 14))]
    return "".join(pieces).replace("PORT", str(port)).replace("NUMBER", str(number))


def asks(text: str) -> bool | None:
    """Whether building it asked anybody; none where it is not taken."""
    before = len(Door.asked)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "f").write_text("x")
        (folder / "Dockerfile").write_text(text, encoding="utf-8", newline="")
        try:
            check_learner_build(folder, is_here)
        except KikoriError:
            return None
        build = ["docker", "build", "--network", "none", "--no-cache", "--output", "type=cacheonly", name]
        told = subprocess.run(build, capture_output=True, text=True, check=False).stderr
    return len(Door.asked) > before or "failed to resolve source metadata" in told


def main() -> None:
    count, seed = map(int, [*sys.argv[1:], *("1000", "1")[len(sys.argv) - 1 :]])
    host.ready()
    chance, door = Random(seed), ThreadingHTTPServer(("127.0.0.1", 0), Door)  # noqa: S311 - the same again
    threading.Thread(target=door.serve_forever, daemon=True).start()
    found = [asks(made_up(chance, number, door.server_port)) for number in range(count)]
    taken, asked = [one for one in found if one is not None], sum(one is True for one in found)
    print(f"{count} Dockerfiles, {len(taken)} taken and built; {asked} of these had the engine ask somebody")
    sys.exit(1 if asked else 0)


if __name__ == "__main__":
    main()
