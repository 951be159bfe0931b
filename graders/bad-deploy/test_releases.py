"""Do broken releases stay away from the customers, and do good ones reach them?"""

from __future__ import annotations

import json
import re
import secrets
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from kikori.grading import Scene, eventually, quoted, reasons, say

if TYPE_CHECKING:
    from conftest import Desk, Push

reason = reasons(__file__)

pytestmark = pytest.mark.timeout(200)  # two pushes that hang, what is put right after them, and orders
PATIENCE = 25  # seconds that a push may take, as the task says
BOUND = 10  # requests of customers that a broken release may spoil, as the task says
MANIFEST = "application/vnd.oci.image.manifest.v1+json,application/vnd.docker.distribution.manifest.v2+json"
HOST = re.compile(r"^(\w+://)?([^/]*[.:][^/]*/)?")
DIGEST = re.compile(r"[0-9a-f]{64}")
MOST_LEFT = 2  # processes that come and go by themselves: a health check's, or a person's shell


def how(failed: list[dict[str, Any]]) -> str:
    """The first failures, for a reason."""
    return ", ".join(dict.fromkeys(str(one["wrong"]) for one in failed[:5]))


def refused(desk: Desk, kind: str) -> None:
    """Push a broken release: it must be refused, and its customers must hardly notice."""
    seen = desk.push(kind)
    if seen.code == 0 or seen.after.edition != seen.before.edition:
        desk.put_right()
    refusal = seen.code != 0 and not seen.hung
    assert refusal, say(
        f"a release of the kind '{kind}' was pushed; expected git push to end with an error within {PATIENCE} s, "
        + ("it ended well: its developers believe that it is out" if seen.code == 0 else "it had no end"),
        f"'{kind}' のリリースを push しました。git push は {PATIENCE} 秒以内にエラーで終わるはずですが、"
        + ("成功で終わり、開発者は公開できたと思っています" if seen.code == 0 else "終わりません"),
    )
    assert seen.after == seen.before, reason("refused", kind=kind, before=seen.before, after=seen.after)
    assert len(seen.failed) <= BOUND, reason(
        "refused-2", asked=seen.asked, count=len(seen.failed), how=how(seen.failed), kind=kind, bound=BOUND
    )
    assert not seen.lost, reason("refused-3", kind=kind, asked=seen.ordered, count=len(seen.lost))


def went_out(good: Push) -> None:
    """A good release was accepted, and customers see all of it: page, program, library and settings."""
    assert not good.hung, reason("went-out", patience=PATIENCE, strip=quoted(good.said.strip()[-160:], 160))
    assert good.code == 0, reason("went-out-2", code=good.code, strip=good.said.strip()[-160:])
    assert good.after.edition == good.edition, reason(
        "went-out-3", edition=good.edition, edition_2=good.after.edition or "-"
    )
    stale = [name for name in ("news", "ledger", "since") if good.edition not in str(good.page.get(name, ""))]
    assert not stale, reason("went-out-4", edition=good.edition, stale=stale)


def unnoticed(good: Push) -> None:
    """While a good release went out, customers were served."""
    assert not good.failed, reason("unnoticed", count=len(good.failed), asked=good.asked, how=how(good.failed))
    assert not good.cut, reason("unnoticed-2", count=len(good.cut), cut=good.cut[0])
    assert good.order is None or good.order.status == 200, reason("unnoticed-3", order=good.order)
    assert not good.lost, reason("unnoticed-4", asked=good.ordered, count=len(good.lost))


@pytest.mark.guard
def test_shop_serves(desk: Desk) -> None:
    """The shop serves its customers.

    ja: 店は客に応えている。
    """
    seen = desk.served(4)
    met = how(seen["failed"]) or ("" if seen["asked"] >= 4 else "silence")
    assert not met, reason("shop-serves", met=met)


def test_good_release(good: Push) -> None:
    """A good release goes out.

    ja: 良いリリースは公開される。
    """
    went_out(good)


@pytest.mark.needs("test_good_release")
def test_nothing_lost(good: Push) -> None:
    """No customer notices a good release.

    ja: 良いリリースの公開に、客は一人も気づかない。
    """
    unnoticed(good)


def named(release: str) -> tuple[str, str]:
    """Repository and reference of an image's name, as the registry wants them."""
    name = HOST.sub("", release)
    if DIGEST.fullmatch(name):
        return "shop", f"sha256:{name}"
    repository, _, reference = name.partition("@" if "@" in name else ":")
    if not reference or repository == "sha256":
        return "shop", name
    return repository.partition(":")[0], reference  # NAME:TAG@DIGEST is that digest's, whatever the tag means


@pytest.mark.needs("test_good_release")
def test_release_named(scene: Scene, good: Push) -> None:
    """The running release has a name that can't move, and the registry knows it.

    ja: 動いているリリースは、動かない名前で呼ばれ、レジストリにある。
    """
    repository, reference = named(release := good.after.release)
    assert release, reason("release-named")
    commits = tuple(re.findall(r"[0-9a-f]{7,}", reference))
    assert "sha256:" in reference or good.after.main.startswith(commits), reason(
        "release-named-2", release=quoted(release)
    )
    found = scene.get("registry", f"/v2/{repository}/manifests/{reference}", headers={"Accept": MANIFEST})
    layers = json.loads(found.text).get("layers", ()) if found.status == 200 else ()
    assert good.edition in [edition_in(scene, repository, layer["digest"]) for layer in layers], reason(
        "release-named-3",
        release=release,
        edition=good.edition,
        reference=reference,
        repository=repository,
        found=found,
        count=len(layers),
    )


def edition_in(scene: Scene, repository: str, digest: str) -> str:
    """The edition that a layer holds."""
    url = f"http://registry:5000/v2/{repository}/blobs/{digest}"
    command = "curl -fsS -o /tmp/layer %s && tar -xOf /tmp/layer --wildcards '*edition'"
    return str(scene.host("desk").run(command, url).stdout).strip()


def other_refs(draw: Random, token: str, there: set[str]) -> list[str]:
    """Branches and a tag, none of which is the branch main, however much of that their names have."""
    word = draw.choice(("feature", "fix", "spring", "old"))
    other = draw.choice((f"try-{token}", f"{word}{token}main", f"{word}/{token}-main"))
    tag = "main" if "refs/tags/main" not in there else f"{token}/main"
    names = [f"heads/{word}-{token}/main", f"heads/main-{token}", f"heads/{other}", f"tags/{tag}"]
    return [f"refs/{name}" for name in draw.sample(names, len(names))]


@pytest.mark.needs("test_good_release")
def test_other_branch(scene: Scene, desk: Desk) -> None:
    """A push to another branch than main is kept, and goes to no customer.

    ja: main 以外のブランチへの push は保存され、客には届かない。
    """
    before, said, lacking = desk.standing()[0], dict[str, str](), list[str]()
    for ref in other_refs(scene.draw("other refs"), secrets.token_hex(3), desk.kept()):
        done = desk.release("good", secrets.token_hex(3), ref)
        said[ref] = (done.stderr + done.stdout).strip()[-160:]
        if ref not in eventually(desk.kept, lambda there, ref=ref: ref in there, within=3):
            lacking.append(ref)
        if lacking or desk.page()[1] != before.release:
            break  # each of the others might take as long as a release
    after = desk.standing(before.edition)[0]
    desk.forget([ref for ref in said if ref not in lacking])
    assert not lacking, reason("other-branch", branch=lacking[0], strip=quoted(said[lacking[0]], 160))
    assert after == before, reason("other-branch-2", branch=list(said), before=before, after=after)


@pytest.mark.needs("test_good_release")
def test_failed_tests(desk: Desk) -> None:
    """A release whose tests fail is refused.

    ja: テストに失敗するリリースは断られる。
    """
    refused(desk, "tests")


@pytest.mark.needs("test_failed_tests")
def test_never_ready(desk: Desk) -> None:
    """A release that never becomes ready is refused.

    ja: いつまでも準備が整わないリリースは断られる。
    """
    refused(desk, "stuck")


@pytest.mark.needs("test_failed_tests")
def test_slow(desk: Desk) -> None:
    """A release that keeps customers waiting is refused.

    ja: 客を待たせるリリースは断られる。
    """
    refused(desk, "slow")


@pytest.mark.needs("test_failed_tests")
def test_short_lived(desk: Desk) -> None:
    """A release that is well at first, and then fails, is refused.

    ja: 初めは正常で、やがて壊れるリリースは断られる。
    """
    refused(desk, "dies")


@pytest.mark.needs("test_failed_tests")
def test_fails_customers_only(desk: Desk) -> None:
    """A release that fails one kind of customers only is refused.

    ja: ある種類の客にだけ失敗するリリースは断られる。
    """
    refused(desk, "some")


@pytest.mark.needs("test_failed_tests")
def test_orders_kept(desk: Desk) -> None:
    """A release that loses what was ordered is refused.

    ja: 受けた注文を失うリリースは断られる。
    """
    refused(desk, "lost")


@pytest.mark.needs("test_never_ready", "test_slow", "test_short_lived", "test_fails_customers_only", "test_orders_kept")
def test_nothing_left(desk: Desk) -> None:
    """Nothing of a refused release runs on.

    ja: 断られたリリースのものは、何も動き続けない。
    """

    def more() -> dict[str, int]:
        return {name: count - desk.running[name] for name, count in desk.processes().items()}

    left = eventually(more, lambda found: max(found.values()) <= MOST_LEFT, within=6, every=0.3)
    beyond = [f"{name} +{count}" for name, count in left.items() if count > MOST_LEFT]
    assert not beyond, reason("nothing-left", beyond=beyond)


@pytest.mark.needs("test_good_release")
def test_restart(scene: Scene, desk: Desk) -> None:
    """What is out, and what was ordered, outlives the shop's server.

    ja: 公開中のリリースと受けた注文は、店のサーバーが止まっても残る。
    """
    (number, answer), before = desk.order(), desk.standing()[0]
    assert number, reason("restart", answer=answer)
    ordered = [*desk.orders.before(rush=False), number]
    places = [mount["Destination"] for mount in scene.inspect("shop")["Mounts"] if mount["Type"] == "volume"]
    kept = any(file.path.endswith(f"/{number}") for file in scene.files("shop", *places))
    scene.restart("shop", patience=3)
    after = desk.standing(before.edition, within=15)[0]
    lost = desk.orders.missing(ordered)
    assert after == before, reason("restart-2", before=before, after=after)
    assert not lost, reason("restart-3", asked=len(ordered), count=len(lost))
    assert kept, reason("restart-4")


@pytest.mark.needs("test_good_release")
def test_good_again(desk: Desk) -> None:
    """After broken releases a good one goes out, and again no customer notices.

    ja: 壊れたリリースの後でも良いリリースは公開され、やはり客は気づかない。
    """
    good = desk.push("good")
    went_out(good)
    unnoticed(good)
