"""The image of the picture board's data: its tables agree with the truth, and migrations are applied once."""

from __future__ import annotations

import hashlib
import json
import subprocess
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kikori import paths
from kikori.engine import Silent
from kikori.engine.compose import Compose
from kikori.engine.images import build_shared, image_of, is_stale

pytestmark = [pytest.mark.docker, pytest.mark.stands_on("tune-the-board")]
FOLDER = paths.ROOT / "labs/_images/board-data"
IMAGE = "kikori/board-data"


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Built as the platform does, if it is stale."""
    folder = tmp_path_factory.mktemp("build")
    compose = Compose(project="board-data", directory=folder, files=(), environment={}, log=folder / "log")
    wanted = [one for one in (image_of(IMAGE, FOLDER, FOLDER.parent),) if is_stale(one)]
    build_shared(wanted, lambda: compose, Silent())
    return IMAGE


def docker(*words: str, check: bool = True) -> str:
    done = subprocess.run(["docker", *words], capture_output=True, text=True, check=False)
    assert not check or done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr if words[0] == "logs" else done.stdout


class Board:
    """A container of the image, and its data, which outlasts its restarts."""

    def __init__(self, image: str, folder: Path, profile: str) -> None:
        self.name = f"board-data-{uuid.uuid4().hex[:8]}"
        self._folder = folder
        options = ["--name", self.name, "--env", f"BOARD_PROFILE={profile}", "--network", "none"]
        docker("create", *options, "--volume", "/var/lib/mysql", image)

    def migrate(self, name: str, statements: str) -> None:
        (self._folder / name).write_text(statements, encoding="utf-8")
        docker("cp", str(self._folder / name), f"{self.name}:/etc/board/migrations/{name}")

    def start(self) -> str:
        """What it says until it serves, or ends."""
        before = len(self.log())
        docker("start", self.name)
        until = time.monotonic() + 90
        while self.running() and not self.serves():
            assert time.monotonic() < until, self.log()
        return self.log()[before:]

    def stop(self) -> float:
        """How long a clean stop takes."""
        began = time.monotonic()
        docker("stop", "--time", "60", self.name)
        return time.monotonic() - began

    def log(self) -> str:
        return docker("logs", self.name)

    def running(self) -> bool:
        return docker("inspect", "--format", "{{.State.Running}}", self.name).strip() == "true"

    def code(self) -> int:
        return int(docker("inspect", "--format", "{{.State.ExitCode}}", self.name))

    def serves(self) -> bool:
        client = ["mariadb", "--host=127.0.0.1", "--user=board", "--password=board", "board"]
        return docker("exec", self.name, *client, "-BNe", "SELECT 1", check=False).strip() == "1"

    def rows(self, query: str) -> list[list[str]]:
        """What root is answered, without a password."""
        answer = docker("exec", self.name, "mariadb", "--user=root", "--raw", "-BNe", query, "board")
        return [line.split("\t") for line in answer.splitlines()]

    def table(self, name: str, columns: str) -> list[list[str]]:
        """A table's rows with when they were made, as the truth writes that."""
        at = "LEFT(DATE_FORMAT(created_at, '%Y-%m-%dT%H:%i:%s.%f'), 23)"
        return self.rows(f"SELECT {columns}, {at} FROM {name} ORDER BY id")  # noqa: S608 - not from outside


@pytest.fixture
def board(image: str, tmp_path: Path) -> Iterator[Callable[[str], Board]]:
    """Makes containers; they are gone after the test."""
    boards: list[Board] = []

    def make(profile: str = "tiny") -> Board:
        boards.append(Board(image, tmp_path, profile))
        return boards[-1]

    yield make
    for one in boards:
        docker("rm", "--force", "--volumes", one.name)


def texts(rows: list[list[Any]]) -> list[list[str]]:
    """Rows of the truth as the client prints them."""
    return [[str(int(value) if isinstance(value, bool) else value) for value in row] for row in rows]


def digest(salt: str, password: str) -> str:
    found = hashlib.sha256(f"{salt}:{password}".encode()).hexdigest()
    for _ in range(20):
        found = hashlib.sha256((found + salt).encode()).hexdigest()
    return found


def test_tables_agree_with_the_truth(board: Callable[..., Board]) -> None:
    tiny = board()
    tiny.start()
    truth = json.loads(docker("exec", tiny.name, "cat", "/usr/share/board/tiny/truth.json"))
    assert truth["profile"] == "tiny"
    pictures = "id, member_id, mime, SHA2(bytes, 256), LENGTH(bytes), caption"
    assert tiny.table("pictures", pictures) == texts(truth["pictures"])
    assert tiny.table("remarks", "id, picture_id, member_id, words") == texts(truth["remarks"])
    members = tiny.rows("SELECT id, name, salt, digest, moderator, banished FROM members ORDER BY id")
    kept = [[*row[:2], *row[4:]] for row in members]
    assert kept == texts([[*row[:2], *row[3:]] for row in truth["members"]])
    for row, (_, _, password, _, _) in zip(members, truth["members"], strict=True):
        assert row[3] == digest(row[2], password)


def test_pictures_are_pictures_and_no_two_are_alike(board: Callable[..., Board]) -> None:
    tiny = board()
    tiny.start()
    found = tiny.rows("SELECT mime, HEX(LEFT(bytes, 3)), COUNT(*) FROM pictures GROUP BY 1, 2 ORDER BY 3 DESC")
    assert found[0][:2] == ["image/jpeg", "FFD8FF"]
    assert {tuple(row[:2]) for row in found[1:]} == {("image/png", "89504E"), ("image/gif", "474946")}
    [[alike, mean]] = tiny.rows("SELECT COUNT(*) - COUNT(DISTINCT SHA2(bytes, 256)), AVG(LENGTH(bytes)) FROM pictures")
    assert alike == "0"
    assert 15_000 < float(mean) < 25_000


def test_stopped_cleanly_in_a_moment(board: Callable[..., Board]) -> None:
    tiny = board()
    tiny.start()
    assert tiny.stop() < 5
    assert tiny.code() == 0
    assert "Shutdown complete" in tiny.log()


def test_made_again_it_is_the_same_byte_for_byte(image: str) -> None:
    script = "cd /usr/share/board && python3 -m engawa tiny --truth /tmp/again.json && cat /tmp/again.json"
    again = docker("run", "--rm", "--network", "none", "--entrypoint", "sh", image, "-c", script)
    first = docker("run", "--rm", "--network", "none", "--entrypoint", "cat", image, "/usr/share/board/tiny/truth.json")
    assert again == first


def test_a_migration_is_applied_once(board: Callable[..., Board]) -> None:
    tiny = board()
    tiny.migrate("001-index.sql", "CREATE INDEX by_picture ON remarks (picture_id);\n")
    tiny.migrate("002-more.sql", "CREATE TABLE extra (n INT);\nINSERT INTO extra VALUES (1);\n")
    first = tiny.start()
    assert first.index("001-index.sql applied") < first.index("002-more.sql applied")
    tiny.stop()
    tiny.migrate("003-last.sql", "INSERT INTO extra VALUES (2);\n")
    assert tiny.start().count("applied") == 1
    tiny.stop()
    again = tiny.start()
    assert again.count("ready for connections") == 1  # nothing to apply, so no start of its own for that
    assert tiny.rows("SELECT n FROM extra") == [["1"], ["2"]]
    names = ["001-index.sql", "002-more.sql", "003-last.sql"]
    assert tiny.rows("SELECT name FROM migrations ORDER BY name") == [[name] for name in names]
    tiny.stop()
    tiny.migrate("003-last.sql", "INSERT INTO extra VALUES (3);\n")
    assert "003-last.sql was changed after it was applied" in tiny.start()


def test_a_failing_migration_is_told_of(board: Callable[..., Board]) -> None:
    tiny = board()
    tiny.migrate("001-good.sql", "CREATE TABLE extra (n INT);\n")
    tiny.migrate("002-bad.sql", "INSERT INTO extra VALUES (1);\nCREATE INDEX x ON remarks (nothing);\n")
    said = tiny.start()
    assert tiny.code() == 1
    assert "migration 002-bad.sql failed" in said
    assert "ERROR 1072 (42000) at line 2" in said
    tiny.migrate("002-bad.sql", "INSERT INTO extra VALUES (2);\n")
    tiny.start()
    assert tiny.rows("SELECT name FROM migrations ORDER BY name") == [["001-good.sql"], ["002-bad.sql"]]


def test_settings_that_mariadb_refuses_end_it(board: Callable[..., Board], tmp_path: Path) -> None:
    tiny = board()
    tiny.migrate("001.sql", "SELECT 1;\n")
    (tmp_path / "board.cnf").write_text("[mariadbd]\ninnodb_buffer_pool_sice = 1G\n", encoding="utf-8")
    docker("cp", str(tmp_path / "board.cnf"), f"{tiny.name}:/etc/mysql/mariadb.conf.d/90-board.cnf")
    said = tiny.start()
    assert tiny.code() == 1
    assert "unknown variable 'innodb_buffer_pool_sice=1G'" in said
    assert "mariadbd did not start" in said


def test_a_profile_that_is_not_there_is_told_of(board: Callable[..., Board]) -> None:
    none = board("huge")
    assert "there is no profile huge" in none.start()
    assert none.code() == 1
