"""Do broken releases stay away from the customers, and do good ones reach them?"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from kikori.grading import Scene, say

if TYPE_CHECKING:
    from conftest import Desk, Push

pytestmark = pytest.mark.timeout(60)
BOUND = 10  # requests of customers that a broken release may spoil, as the task says
MANIFEST = "application/vnd.oci.image.manifest.v1+json,application/vnd.docker.distribution.manifest.v2+json"
HOST = re.compile(r"^[^/]*[.:][^/]*/")


def how(failed: list[dict[str, Any]]) -> str:
    """The first failures, for a reason."""
    return ", ".join(dict.fromkeys(str(one["wrong"]) for one in failed[:5]))


def refused(desk: Desk, kind: str) -> None:
    """Push a broken release: it must be refused, and its customers must hardly notice."""
    seen = desk.push(kind)
    if seen.code == 0 or seen.after.edition != seen.before.edition:
        desk.put_right()
    assert seen.code not in (0, 124, 137), say(  # the last two are those of timeout(1)
        f"a release of the kind '{kind}' was pushed; expected git push to end with an error within {desk.patience} s, "
        + ("it ended well: its developers believe that it is out" if seen.code == 0 else "it had no end"),
        f"'{kind}' のリリースを push しました。git push は {desk.patience} 秒以内にエラーで終わるはずですが、"
        + ("成功で終わり、開発者は公開できたと思っています" if seen.code == 0 else "終わりません"),
    )
    assert seen.after == seen.before, say(
        f"after the refusal ('{kind}') expected as before {seen.before}, saw {seen.after}",
        f"断った後（'{kind}'）は、前と同じ {seen.before} のはずですが、{seen.after} でした",
    )
    assert len(seen.failed) <= BOUND, say(
        f"of {seen.asked} requests of customers {len(seen.failed)} failed ({how(seen.failed)}); "
        f"a broken release ('{kind}') may spoil {BOUND}",
        f"客の要求 {seen.asked} 件のうち {len(seen.failed)} 件が失敗しました（{how(seen.failed)}）。"
        f"壊れたリリース（'{kind}'）が失敗させてよいのは {BOUND} 件までです",
    )


def went_out(good: Push) -> None:
    """A good release was accepted, and customers see all of it: page, program, library and settings."""
    assert good.code == 0, say(
        f"a good release was pushed, and git push ended with {good.code}: {good.said.strip()[-160:]}",
        f"良いリリースを push したところ、git push は {good.code} で終わりました: {good.said.strip()[-160:]}",
    )
    assert good.after.edition == good.edition, say(
        f"a good release was pushed with edition {good.edition}; customers see {good.after.edition or 'none'}",
        f"版 {good.edition} の良いリリースを push しましたが、客に見えるのは {good.after.edition or 'なし'} です",
    )
    stale = [name for name in ("news", "ledger", "since") if good.edition not in str(good.page.get(name, ""))]
    assert not stale, say(
        f"a good release was pushed with edition {good.edition}, which is new in its program, library and settings; "
        f"on the customers' page it is missing in: {', '.join(stale)}",
        f"プログラムもライブラリーも設定も新しい、版 {good.edition} の良いリリースを push しました。"
        f"客のページのうち、この版になっていない項目: {'、'.join(stale)}",
    )


def unnoticed(good: Push) -> None:
    """While a good release went out, customers were served."""
    assert not good.failed, say(
        f"while a good release went out, {len(good.failed)} of {good.asked} requests failed ({how(good.failed)}). "
        "Who answered customers between the old release and the new one?",
        f"良いリリースを公開する間に、要求 {good.asked} 件のうち {len(good.failed)} 件が失敗しました"
        f"（{how(good.failed)}）。"
        "古いリリースと新しいリリースの間、客に応えていたのは誰ですか",
    )


@pytest.mark.guard
def test_shop_serves(desk: Desk) -> None:
    """The shop serves its customers.

    ja: 店は客に応えている。
    """
    seen = desk.served(4)
    met = how(seen["failed"]) or ("" if seen["asked"] >= 4 else "silence")
    assert not met, say(
        f"expected four customers in a row to get what they asked for, the last ones met: {met}",
        f"続けて4人の客が望みの応答を得るはずですが、最後の客が見たのは {met} でした",
    )


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
    repository, _, reference = name.partition("@" if "@" in name else ":")
    return (repository, reference) if reference and repository != "sha256" else ("shop", name)


@pytest.mark.needs("test_good_release")
def test_release_named(scene: Scene, good: Push) -> None:
    """The running release has a name that can't move, and the registry knows it.

    ja: 動いているリリースは、動かない名前で呼ばれ、レジストリーにある。
    """
    repository, reference = named(release := good.after.release)
    commits = tuple(re.findall(r"[0-9a-f]{7,}", reference))
    assert "sha256:" in reference or good.after.main.startswith(commits), say(
        f"the running release calls itself '{release}': could this name stand for another release tomorrow?",
        f"動いているリリースは '{release}' と名乗っています。明日、この名前が別のリリースを指すことはありませんか",
    )
    found = scene.get("registry", f"/v2/{repository}/manifests/{reference}", headers={"Accept": MANIFEST})
    layers = json.loads(found.text).get("layers", ()) if found.status == 200 else ()
    assert good.edition in [edition_in(scene, repository, layer["digest"]) for layer in layers], say(
        f"'{release}' should name an image in the registry that holds edition {good.edition}, which customers see; "
        f"asked for {reference} in {repository}, saw {found} and {len(layers)} layers",
        f"'{release}' は、客に見えている版 {good.edition} の入ったイメージをレジストリーで指すはずです。"
        f"{repository} の {reference} を尋ねると、{found}、レイヤーは {len(layers)} 枚でした",
    )


def edition_in(scene: Scene, repository: str, digest: str) -> str:
    """The edition that a layer holds."""
    url = f"http://registry:5000/v2/{repository}/blobs/{digest}"
    command = "curl -fsS -o /tmp/layer %s && tar -xOf /tmp/layer --wildcards '*edition'"
    return str(scene.host("desk").run(command, url).stdout).strip()


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


@pytest.mark.needs("test_good_release")
def test_good_again(desk: Desk) -> None:
    """After broken releases a good one goes out, and again no customer notices.

    ja: 壊れたリリースの後でも良いリリースは公開され、やはり客は気づかない。
    """
    good = desk.push("good")
    went_out(good)
    unnoticed(good)
