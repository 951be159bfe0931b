"""Is the leaked key shut everywhere, did nobody notice, and can it be done again?"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
from guesses import SHORTEST, is_among, of_little, of_secrets
from house import KEEPER, LEAKED, PATIENCE
from keys import changed, packed_in, packed_in_workspace, places, readers, texts_of, users
from likeness import SHARED, tells, without_prefix
from needs import NEEDS, RUNNING, USERS, most_beyond, serve_several
from words import found_in, hashed, written

from kikori.grading import Scene, quoted, reasons, serving

if TYPE_CHECKING:
    from deploy import Anew
    from house import House
    from watching import Read

    from conftest import Rotation, Second

reason = reasons(__file__)

pytestmark = pytest.mark.timeout(200)
JOBS = {"reports": "report", "counts": "/srv/books/count"}
FRONT = {"nginx", "nginx:"}
PROGRAMS = ("/usr/local/bin/", "/usr/local/sbin/")
"""Where the programs of the workspace lie on the server."""


def told(jobs: dict[str, str]) -> str:
    """What is wrong with the jobs, for a reason."""
    return "; ".join(f"{JOBS[table]}: {why}" for table, why in jobs.items())


@pytest.mark.guard
def test_shop_serves(house: House) -> None:
    """Customers are served.

    ja: 客は応対を受けている。
    """
    seen = house.served(6, within=12)
    met = seen.how or ("" if seen.asked >= 6 else "silence")
    assert not met, reason("shop-serves", met=met)


def test_rotation_ends_well(house: House, first: Rotation) -> None:
    """`rotate` ends well.

    ja: `rotate` は成功で終わる。
    """
    assert first.code != 137, reason("no-end", patience=PATIENCE)
    assert first.code == 0, reason("ended-badly", code=first.code, said=quoted(first.said.strip()[-200:], 200))
    assert not house.problem, reason("inspector", problem=quoted(house.problem))


@pytest.mark.needs("test_rotation_ends_well")
def test_nobody_notices(first: Rotation) -> None:
    """No customer notices the rotation, and every order is packed.

    ja: 客は誰も気づかず、注文はすべて荷造りされる。
    """
    met = first.met
    assert not met.failed, reason("noticed", count=len(met.failed), asked=met.asked, how=met.how)
    assert not first.broken["lost"], reason("lost", count=len(first.broken["lost"]), orders=len(met.orders))
    assert not first.broken["unpacked"], reason("unpacked", count=len(first.broken["unpacked"]), orders=len(met.orders))
    assert not first.broken["late"], reason("late", count=len(first.broken["late"]), orders=len(met.orders))


@pytest.mark.static
@pytest.mark.needs("test_rotation_ends_well")
def test_leaked_key_is_refused(house: House, scene: Scene, first: Rotation) -> None:
    """The leaked key opens nothing any more, from wherever it is tried.

    ja: 漏れた鍵は、どこから試しても何も開けない。
    """
    opened = sorted({*first.ended.users_of({hashed(LEAKED)}), *first.after.users_of({hashed(LEAKED)})})
    assert not opened, reason("leaked-opens", users=opened)
    names = sorted({"nursery", "keeper", "root", *(one["user"] for one in first.after.accounts)})
    beside = scene.debug("server", "kikori/rotate-the-key-street")
    tried = beside.run("python3 /srv/street/inspector.py opens %s" + " %s" * len(names), LEAKED, *names)
    assert tried.stdout.strip() == "[]", reason("leaked-opens-here", seen=quoted(tried.stdout or tried.stderr))
    found = first.finders[0]  # whoever is in does not knock: that is for the next check
    assert found["refused_since"] or found["session"], reason("finder-not-refused", seen=quoted(str(found["told"])))


@pytest.mark.static
@pytest.mark.needs("test_leaked_key_is_refused")
def test_old_sessions_are_ended(first: Rotation) -> None:
    """Whoever was in with the leaked key is out.

    ja: 漏れた鍵で入っていた相手は、もういない。
    """
    found = first.finders[0]
    assert not found["session"], reason("still-in", session=found["session"])
    now = {one["user"] for one in first.after.accounts}
    old = [one for one in first.after.sessions if one[1] != "keeper" and one[1] not in now]
    assert not old, reason("old-sessions", users=sorted({one[1] for one in old}))


@pytest.mark.needs("test_rotation_ends_well")
def test_jobs_run(first: Rotation) -> None:
    """What cron runs still does its work, however rarely it runs.

    ja: cron の仕事は、めったに動かないものも、これまでどおり働く。
    """
    assert not first.jobs, reason("jobs", told=quoted(told(first.jobs), 240))


@pytest.mark.static
@pytest.mark.needs("test_leaked_key_is_refused")
def test_keys_are_new(bounds: list[dict[str, Any]], first: Rotation) -> None:
    """Each service has a key of its own that nobody can guess from another.

    ja: どのサービスにも、ほかの鍵から推し量れない専用の鍵がある。
    """
    several = [one["user"] for one in first.after.accounts if len(one["keys"]) > 1]
    assert not several, reason("several-keys", users=several)
    by_key = {held: [one for one in bounds if held in one["keys"]] for held in first.after.keys}
    alike = [found for found in by_key.values() if len(found) > 1 and serve_several(found)]
    assert not alike, reason("alike", users=sorted({one["user"] for one in alike[0]}) if alike else [])
    keys = list(first.keys.values())
    near = [one for one in keys if tells(one, LEAKED)]
    assert not near, reason("near-leaked", users=users_of(first, near))
    short = [one for one in keys if len(one) < SHORTEST]
    assert not short, reason("short", users=users_of(first, short), shortest=SHORTEST)
    names = {"", "nursery", *NEEDS, *USERS, *(one["user"] for one in first.after.accounts)}
    moments = range(int(first.began) - 2, int(first.began + first.seconds) + 2)
    little, others = of_little(moments, names), of_secrets({LEAKED, *keys}, names)
    guessed = [one for one in keys if is_among(one, little)]
    assert not guessed, reason("guessed", users=users_of(first, guessed))
    made = [one for one in keys if is_among(one, others)]
    assert not made, reason("made-of-another", users=users_of(first, made))
    rest = without_prefix(keys)
    pairs = [pair for pair in combinations(keys, 2) if tells(*(rest[one] for one in pair))]
    pairs += [(one, one) for one in keys if len(one) - len(rest[one]) >= SHARED and len(rest[one]) < SHORTEST]
    assert not pairs, reason("near", users=users_of(first, [key for pair in pairs for key in pair]))


def users_of(rotation: Rotation, keys: list[str]) -> list[str]:
    """Whose these keys are."""
    return rotation.after.users_of({hashed(one) for one in keys})


def beyond_told(user: str, found: list[str]) -> str:
    """What an account may do that nobody needs, for a reason: the first of it, and how much it is in all."""
    return f"{user}: {', '.join(found[:4])}" + (f", … ({len(found)})" if len(found) > 4 else "")


@pytest.mark.static
@pytest.mark.needs("test_leaked_key_is_refused")
def test_rights_are_bounded(house: House, bounds: list[dict[str, Any]], first: Rotation) -> None:
    """A service's key opens what that service needs, and nothing else.

    ja: サービスの鍵で開くのは、そのサービスに要るものだけである。
    """
    keeping = [one for one in first.after.sessions if one[1] == "keeper"]
    assert not keeping, reason("keeper-in")
    most = {one["user"]: found for one in bounds if (found := most_beyond(one))}
    assert not most, reason("unbounded", told="; ".join(beyond_told(user, found) for user, found in most.items()))
    open_to_all = sorted({one["user"] for one in bounds if not all(one["keys"])})
    assert not open_to_all, reason("no-key", users=open_to_all)
    assert not house.problem, reason("inspector", problem=quoted(house.problem))


@pytest.mark.static
@pytest.mark.needs("test_leaked_key_is_refused")
def test_keys_are_kept(scene: Scene, bounds: list[dict[str, Any]], first: Rotation) -> None:
    """The new keys are read by those whose they are, and by nobody else.

    ja: 新しい鍵を読めるのは、その鍵の持ち主だけである。
    """
    everybody, wanted = users(scene, "server"), {*first.after.keys, hashed(KEEPER)}
    spoken = "\n".join([first.seen.commands, *(one.command for one in scene.processes("server"))])
    log = scene.container("server").logs(tail=2000).decode("utf-8", "replace")
    where, reach = places(scene, "server"), first.seen.in_environments(wanted, everybody)
    odd = sorted(one for one, keys in reach.items() if one not in USERS or hashed(KEEPER) in keys)
    assert not odd, reason("in-environment", users=odd)
    for held, key in {**first.keys, "keeper": KEEPER}.items():
        whose = first.after.users_of({held}) or [held]
        assert not any(one in spoken for one in written(key)), reason("in-argv", users=whose)
        assert not any(one in log or one in first.said for one in written(key)), reason("in-output", users=whose)
        for path in scene.sidecar("server").holding(sorted(written(key)), *where):
            assert not path.startswith("/var/log/"), reason("in-log", users=whose, path=path)
            able = readers(scene, "server", path, everybody)
            assert not able or held != "keeper", reason("keeper", path=path, able=able[:6])
            assert len(able) <= 1, reason("readable", users=whose, path=path, able=able[:6])
            assert not set(able) - set(USERS), reason("readable-by-another", users=whose, path=path, able=able)
            for one in able:
                reach.setdefault(one, set()).add(held)
    passing = list(first.seen.readable(wanted, everybody, USERS))
    assert not passing, not_kept(first, passing[0])
    many = sorted(
        one for one, keys in reach.items() if serve_several(account for account in bounds if keys & {*account["keys"]})
    )
    assert not many, reason("reads-several", able=many)


def not_kept(rotation: Rotation, read: Read) -> str:
    """That a key could be read for a moment, for a reason."""
    whose = rotation.after.users_of(read.keys) or ["keeper"]
    return reason("readable-for-a-moment", users=whose, path=read.path, able=read.able[:6])


@pytest.mark.static
@pytest.mark.needs("test_leaked_key_is_refused")
def test_services_have_their_users(scene: Scene) -> None:
    """Each service runs as its own user, and none has root's rights.

    ja: サービスはそれぞれのユーザーで動き、root の権限を持たない。
    """
    talking = [one for one in serving(scene, "server") if one.program not in FRONT]
    root = sorted({one.program for one in talking if one.is_root or one.powers})
    assert not root, reason("as-root", programs=root)
    running = {uid for one in scene.sidecar("server").processes() for uid in one.uids}
    away = [one.name for one in users(scene, "server") if one.name in RUNNING and one.uid not in running]
    assert not away, reason("runs-as", users=away)


@pytest.mark.static
@pytest.mark.needs("test_leaked_key_is_refused")
def test_no_key_in_files(scene: Scene, first: Rotation) -> None:
    """No file of the server has the leaked key, and your workspace has none at all.

    ja: サーバーのどのファイルにも漏れた鍵はなく、作業フォルダーにはどの鍵もない。
    """
    forms = {*written(LEAKED), LEAKED[::-1]}
    left = packed_in_workspace(scene.workspace, forms)
    assert not left, reason("leaked-in-workspace", files=left)
    wanted = {*first.after.keys, hashed(KEEPER)}
    kept = [name for name, text in texts_of(scene.workspace) if found_in(text, wanted)]
    assert not kept, reason("key-in-workspace", files=kept)
    there = scene.sidecar("server").holding(sorted(forms), *places(scene, "server"))
    assert not there, reason("leaked-in-files", files=list(there)[:5])
    inside = packed_in(scene, "server", forms)
    assert not inside, reason("leaked-packed", files=inside[:5])


@pytest.mark.needs("test_nobody_notices", "test_leaked_key_is_refused", "test_jobs_run")
def test_killed_half_way(second: Second) -> None:
    """A rotation that is killed half-way harms nobody, and the next one ends well.

    ja: 途中で止められても誰も困らず、次の `rotate` が成功で終わる。
    """
    assert not second.halted.failed, reason(
        "halted", after=f"{second.after:.1f}", count=len(second.halted.failed), how=second.halted.how
    )
    after, log = f"{second.after:.1f}", quoted(second.log, 240)
    assert not second.unpacked, reason("halted-unpacked", after=after, count=second.unpacked)
    assert second.serves or not second.in_the_gap, reason("halted-in-the-gap", after=after, log=log)
    assert second.serves, reason("halted-anew", after=after, log=log)
    again = second.again
    assert again.code == 0, reason(
        "again", after=f"{second.after:.1f}", code=again.code, said=quoted(again.said.strip()[-200:], 200)
    )
    assert not again.met.failed, reason("again-noticed", count=len(again.met.failed), how=again.met.how)
    unpacked = {*again.broken["unpacked"], *again.broken["late"]}
    assert not unpacked, reason("again-unpacked", count=len(unpacked))
    assert not again.jobs, reason("again-jobs", told=quoted(told(again.jobs), 240))
    assert not second.locked_out, reason("inspector", problem=quoted(second.locked_out))


@pytest.mark.static
@pytest.mark.needs("test_killed_half_way")
def test_second_rotation_shuts(house: House, first: Rotation, second: Second) -> None:
    """After it no key from before opens anything, and nothing half done stays open.

    ja: そのあと、前の鍵は何も開けず、途中で作られたものも開いたままにならない。
    """
    after, before = second.again.after, first.after.keys | first.before.keys
    old = sorted({*second.again.ended.users_of(before), *after.users_of(before)})
    assert not old, reason("old-opens", users=old)
    inside = [str(one["user"]) for one in second.again.finders if one["session"]]
    assert not inside, reason("old-inside", users=sorted(set(inside)))
    several = [one["user"] for one in after.accounts if len(one["keys"]) > 1]
    assert not several, reason("several-keys", users=several)
    used = {held for held in after.keys if held in second.again.keys}
    half = after.users_of((second.half.keys & after.keys) - used)
    assert not half, reason("half-open", users=half)
    assert not house.problem, reason("inspector", problem=quoted(house.problem))


@pytest.mark.static
@pytest.mark.needs("test_killed_half_way", "test_keys_are_new")
def test_next_keys_are_new(scene: Scene, first: Rotation, second: Second) -> None:
    """The keys of the next rotation can't be guessed from those before it either.

    ja: 次の `rotate` の鍵も、それまでの鍵から推し量れない。
    """
    new, earlier = list(second.again.keys.values()), list(first.keys.values())
    rest = without_prefix({*new, *earlier})
    near = [one for one in new if any(tells(rest[one], rest[other]) for other in earlier)]
    assert not near, reason("near-before", users=users_of(second.again, near))
    names = {"", "nursery", *NEEDS, *USERS, *(one["user"] for one in second.again.after.accounts)}
    others = of_secrets({LEAKED, *earlier, *new}, names)
    made = [one for one in new if is_among(one, others)]
    assert not made, reason("made-of-another", users=users_of(second.again, made))
    argv = [one for one in new if any(form in second.again.seen.commands for form in written(one))]
    assert not argv, reason("in-argv", users=users_of(second.again, argv))
    output = second.again.said + scene.container("server").logs(tail=2000).decode("utf-8", "replace")
    said = [one for one in new if any(form in output for form in written(one))]
    assert not said, reason("in-output", users=users_of(second.again, said))
    passing = list(second.again.seen.readable(second.again.after.keys, users(scene, "server"), USERS))
    assert not passing, not_kept(second.again, passing[0])


@pytest.mark.needs("test_leaked_key_is_refused", "test_jobs_run")
def test_made_anew(scene: Scene, anew: Anew) -> None:
    """A server made anew from its files has the new keys, and `rotate` works there.

    ja: ファイルから作り直したサーバーも新しい鍵で動き、そこでも `rotate` が使える。
    """
    assert anew.serves, reason("anew", log=quoted(anew.log, 240))
    assert not anew.jobs, reason("anew-jobs", told=quoted(told(anew.jobs), 240))
    assert anew.packed, reason("anew-unpacked", log=quoted(anew.log, 240))
    assert anew.code == 0, reason("anew-rotate", code=anew.code, said=quoted(anew.said.strip()[-200:], 200))
    assert not anew.opened, reason("anew-open", users=list(anew.opened))
    by_hand = [path for path in changed(scene, "server") if path.startswith(PROGRAMS) and "__pycache__" not in path]
    assert not by_hand, reason("by-hand", files=by_hand[:4])
