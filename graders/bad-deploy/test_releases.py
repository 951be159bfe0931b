"""Do broken releases stay away from the customers, and do good ones reach them?"""

from __future__ import annotations

import json
import re
import secrets
from typing import TYPE_CHECKING, Any

import pytest

from kikori.grading import Scene, eventually, quoted, say

if TYPE_CHECKING:
    from conftest import Desk, Push

pytestmark = pytest.mark.timeout(150)  # two pushes that hang, and what is put right after them
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
    assert seen.after == seen.before, say(
        f"after the refusal ('{kind}') expected all customers to see, as before, {seen.before}; saw {seen.after}",
        f"断った後（'{kind}'）は、どの客にも前と同じ {seen.before} が見えるはずですが、{seen.after} でした",
    )
    assert len(seen.failed) <= BOUND, say(
        f"of {seen.asked} requests of customers {len(seen.failed)} failed ({how(seen.failed)}); "
        f"a broken release ('{kind}') may spoil {BOUND}",
        f"客の要求 {seen.asked} 件のうち {len(seen.failed)} 件が失敗しました（{how(seen.failed)}）。"
        f"壊れたリリース（'{kind}'）が失敗させてよいのは {BOUND} 件までです",
    )


def went_out(good: Push) -> None:
    """A good release was accepted, and customers see all of it: page, program, library and settings."""
    assert not good.hung, say(
        f"a good release was pushed; expected git push to end well within {PATIENCE} s, it had no end. Its last words: "
        f"{quoted(good.said.strip()[-160:], 160)}",
        f"良いリリースを push しました。git push は {PATIENCE} 秒以内に成功で終わるはずですが、終わりません。"
        f"最後の言葉: {quoted(good.said.strip()[-160:], 160)}",
    )
    assert good.code == 0, say(
        f"a good release was pushed, and git push ended with {good.code}: {good.said.strip()[-160:]}",
        f"良いリリースを push したところ、git push は {good.code} で終わりました: {good.said.strip()[-160:]}",
    )
    assert good.after.edition == good.edition, say(
        f"a good release was pushed with edition {good.edition}; expected all customers to see it, at the page and at "
        f"a tea; those who were asked for saw: {good.after.edition or '-'}",
        f"版 {good.edition} の良いリリースを push しました。最初のページでもお茶のページでも、どの客にもこの版が"
        f"見えるはずですが、見えた版は: {good.after.edition or '-'}",
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
        "Who answered customers at each moment, and could they find what had been ordered before?",
        f"良いリリースを公開する間に、要求 {good.asked} 件のうち {len(good.failed)} 件が失敗しました"
        f"（{how(good.failed)}）。"
        "どの瞬間にも、客に応えていたのは誰ですか。その前に受けた注文も見つかりましたか",
    )
    assert not good.cut, say(
        f"while a good release went out, {len(good.cut)} customers who take half a second to send a request were not "
        f"served ({good.cut[0]}). What becomes of those who are in the midst of it?",
        f"良いリリースを公開する間に、要求を送るのに0.5秒かかる客が {len(good.cut)} 人、応答を得られませんでした"
        f"（{good.cut[0]}）。送っている途中の客は、どうなりますか",
    )
    assert good.order is None or good.order.status == 200, say(
        f"an order was confirmed, then a good release went out; expected the order to be found, saw {good.order}",
        f"注文が受け付けられ、そのあと良いリリースが公開されました。注文は見つかるはずですが、{good.order} でした",
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
    if DIGEST.fullmatch(name):
        return "shop", f"sha256:{name}"
    repository, _, reference = name.partition("@" if "@" in name else ":")
    if not reference or repository == "sha256":
        return "shop", name
    return repository.partition(":")[0], reference  # NAME:TAG@DIGEST is that digest's, whatever the tag means


@pytest.mark.needs("test_good_release")
def test_release_named(scene: Scene, good: Push) -> None:
    """The running release has a name that can't move, and the registry knows it.

    ja: 動いているリリースは、動かない名前で呼ばれ、レジストリーにある。
    """
    repository, reference = named(release := good.after.release)
    assert release, say(
        "expected the header X-Release of the shop's page to name the running release, saw none",
        "店のページのヘッダー X-Release が動いているリリースの名前を示すはずですが、ありません",
    )
    commits = tuple(re.findall(r"[0-9a-f]{7,}", reference))
    assert "sha256:" in reference or good.after.main.startswith(commits), say(
        f"the running release calls itself {quoted(release)}: expected its image's digest, or a tag with its commit's "
        "id, of seven characters or more. Could this name stand for another release tomorrow?",
        f"動いているリリースは{quoted(release)}と名乗っています。イメージのダイジェストか、7文字以上のコミットの id を"
        "含むタグのはずです。明日、この名前が別のリリースを指すことはありませんか",
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
def test_other_branch(desk: Desk) -> None:
    """A push to another branch than main is kept, and goes to no customer.

    ja: main 以外のブランチへの push は保存され、客には届かない。
    """
    before, branch, edition = desk.standing()[0], f"try-{secrets.token_hex(3)}", secrets.token_hex(3)
    done = desk.release("good", edition, branch)
    kept = desk.branch(branch)
    after = desk.standing(before.edition)[0]
    desk.forget(branch)
    assert kept, say(
        f"a good commit was pushed to the branch {branch}; expected the forge to keep it there, it did not: "
        f"{quoted((done.stderr + done.stdout).strip()[-160:], 160)}",
        f"良いコミットをブランチ {branch} に push しました。forge に保存されるはずですが、されませんでした: "
        f"{quoted((done.stderr + done.stdout).strip()[-160:], 160)}",
    )
    assert after == before, say(
        f"a commit was pushed to the branch {branch}, and not to main; expected as before {before}, saw {after}",
        f"main ではなく、ブランチ {branch} に push しました。前と同じ {before} のはずですが、{after} でした",
    )


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
    assert not beyond, say(
        "between the good release and now, six broken ones were refused; expected about as many processes as before, "
        f"saw more: {', '.join(beyond)}. Whose are they, and who ends them?",
        "良いリリースのあと、壊れたリリースを六つ断りました。プロセスの数は前とほぼ同じはずですが、"
        f"増えています: {'、'.join(beyond)}。誰のものですか。終わらせるのは誰ですか",
    )


@pytest.mark.needs("test_good_release")
def test_restart(scene: Scene, desk: Desk) -> None:
    """What is out, and what was ordered, outlives the shop's server.

    ja: 公開中のリリースと受けた注文は、店のサーバーが止まっても残る。
    """
    (number, answer), before = desk.order(), desk.standing()[0]
    assert number, say(
        f"ordered tea; expected status 201 and the order's number, saw {answer}",
        f"お茶を注文しました。ステータス 201 と注文の番号が返るはずですが、{answer} でした",
    )
    places = [mount["Destination"] for mount in scene.inspect("shop")["Mounts"] if mount["Type"] == "volume"]
    kept = any(file.path.endswith(f"/{number}") for file in scene.files("shop", *places))
    scene.restart("shop", patience=3)
    after = desk.standing(before.edition, within=15)[0]
    found = desk.look_up(number)
    assert after == before, say(
        f"the shop's server was stopped and started; expected all customers to see, as before, {before}; saw {after}",
        f"店のサーバーを止めて、また起動しました。どの客にも前と同じ {before} が見えるはずですが、{after} でした",
    )
    assert found.status == 200, say(
        f"an order was confirmed, then the shop's server was stopped and started; expected the order to be found, "
        f"saw {found}",
        f"注文が受け付けられ、そのあと店のサーバーを止めて起動しました。注文は見つかるはずですが、{found} でした",
    )
    assert kept, say(
        "an order was confirmed, and no file in the server's volumes has its number: they alone are still there when "
        "the container is replaced, as on each apply. Where are orders kept?",
        "注文が受け付けられましたが、その番号のファイルがサーバーのボリュームにありません。"
        "apply のときのようにコンテナーが新しくなると、残るのはボリュームだけです。注文はどこに保存されていますか",
    )


@pytest.mark.needs("test_good_release")
def test_good_again(desk: Desk) -> None:
    """After broken releases a good one goes out, and again no customer notices.

    ja: 壊れたリリースの後でも良いリリースは公開され、やはり客は気づかない。
    """
    good = desk.push("good")
    went_out(good)
    unnoticed(good)
