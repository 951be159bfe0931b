"""What debriefs have an expert type says on the broken lab what the pages show."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from drawn import drawn
from kikori.content import Catalog
from kikori.errors import KikoriError
from kikori.model import Fault
from kikori.prove import transcripts
from kikori.prove.transcripts import Ran, Typed, fill, run, transcript

PAGE = """# What happened

**The cause.** {{ cause }}

```console
web$ ps -C nginx -o pid,stat
  PID STAT
  412 Ss
…
workspace$ wc -l < page.html
```

Nothing else is of it:

```sh
web$ rm -r /
```

<!-- wait 20 -->
```console
web$ curl -s -o /dev/null -w '%{http_code}' localhost
403
```
"""
FAULTS = {f"{lab.id}/{fault.id}": (lab, fault) for lab in Catalog().labs() for fault in lab.faults.values()}
WITH_PAGES = [name for name, (_, fault) in FAULTS.items() if fault.debrief("en")]
CHOSEN = drawn(WITH_PAGES, 4)


def ran(command: str, shown: tuple[str, ...], *said: str) -> Ran:
    return Ran(fault="x", typed=Typed(place="web", command=command, shown=shown), said=said)


def test_commands_and_what_stands_below_them_are_read() -> None:
    assert transcript(PAGE) == [
        Typed(place="web", command="ps -C nginx -o pid,stat", shown=("  PID STAT", "  412 Ss", "…")),
        Typed(place="workspace", command="wc -l < page.html"),
        Typed(place="web", command="curl -s -o /dev/null -w '%{http_code}' localhost", shown=("403",), wait=20),
    ]


def test_a_line_is_missing_that_was_not_said() -> None:
    ps = "ps -o pid,args"
    assert ran(ps, ("1 nginx", "…", "7 sleep 60"), "12 nginx", "13 sh", "14 sleep  60").missing == ()
    table = tuple(f"GET /{page}" for page in "abcdef")
    assert ran("pages", table, *reversed(table[:4])).missing == ()
    assert ran("pages", table, *table[:3]).missing == table[3:]
    assert ran(ps, ("1 apache",), "1 nginx").missing == ("1 apache",)
    assert ran("promtool query", ("{} => 2.2371 @[1.5]",), "{} => 2 @[1795918996]").missing == ()
    assert ran("id", ("container 3f9a1b2c4d5e",), "container 0011223344aa").missing == ()
    assert ran("cat ticket", ("ticket e0fed0",), "ticket 885408").missing == ()
    assert ran("cat ticket", ("a faded facade",), "a faded ticket").missing == ("a faded facade",)
    assert ran("ls", ("-rw-r--r-- 1 root Nov 29 01:53 a",), "-rw-r--r-- 1 root Feb  3  2027 a").missing == ()
    assert ran("ss -to", ("timer:(on,608ms,4)",), "timer:(on,1min3.2sec,7)").missing == ()
    assert ran("curl -w '%{http_code}'", ("403",), "200").missing == ("403",)
    assert ran("curl -w '%{http_code}'", ("200 0.17",), "200 12.5").missing == ()


def test_output_is_written_below_each_command_of_both_pages(tmp_path: Path) -> None:
    fault = msgspec.structs.replace(FAULTS["first-look/closed-page"][1], folder=tmp_path)
    for name in ("debrief.md", "debrief.ja.md"):
        (tmp_path / name).write_text(PAGE, encoding="utf-8")
    long = tuple(f"line {number}" for number in range(12))
    said = [ran("ps", (), *long), ran("wc", (), "9"), ran("curl", (), "403")]
    assert {page.name for page in fill(fault, said)} == {"debrief.md", "debrief.ja.md"}
    shown = [one.shown for one in transcript((tmp_path / "debrief.ja.md").read_text(encoding="utf-8"))]
    assert shown == [(*long[: transcripts.MOST], "…"), ("9",), ("403",)]
    assert "web$ rm -r /\n" in (tmp_path / "debrief.md").read_text(encoding="utf-8")


def test_a_fault_without_a_page_is_named(tmp_path: Path) -> None:
    lab, fault = FAULTS["first-look/closed-page"]
    with pytest.raises(KikoriError, match="closed-page of first-look has no debrief"):
        next(run(lab, msgspec.structs.replace(fault, folder=tmp_path)))


@pytest.mark.docker
@pytest.mark.slow
@pytest.mark.parametrize("name", CHOSEN)
def test_an_expert_sees_what_the_page_shows(name: str) -> None:
    lab, fault = FAULTS[name]
    seen = [*run(lab, fault)]
    assert seen
    assert any(one.typed.shown for one in seen)
    differ = {one.typed.command: one.missing for one in seen if one.missing}
    assert len(differ) <= 1, differ  # of four or five: a gateway says 502 at one time, and 504 at another


@pytest.mark.docker
@pytest.mark.slow
@pytest.mark.skipif(not WITH_PAGES, reason="no debrief yet")
def test_a_line_that_nobody_said_is_found(tmp_path: Path) -> None:
    lab, fault = FAULTS[WITH_PAGES[0]]
    page = tmp_path / "debrief.md"
    page.write_text(f"```console\n{lab.about.shell}$ echo felled\nfelled\n{lab.about.shell}$ echo a\nb\n```\n")
    bent: Fault = msgspec.structs.replace(fault, folder=tmp_path)
    assert [one.missing for one in run(lab, bent)] == [(), ("b",)]
