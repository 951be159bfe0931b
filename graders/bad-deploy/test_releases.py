"""Do broken releases stay away from the customers, and do good ones reach them?"""

import json
import re
import secrets
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from kikori.grading import Scene, eventually, say

pytestmark = pytest.mark.timeout(60)
BOUND = 10  # requests of customers that a broken release may spoil, as the task says
PATIENCE = 25  # seconds; a push that has not ended by then hangs
MANIFEST = "application/vnd.oci.image.manifest.v1+json,application/vnd.docker.distribution.manifest.v2+json"
MAIN = "git ls-remote git://forge/shop.git refs/heads/main"
HOST = re.compile(r"^[^/]*[.:][^/]*/")


class Standing(NamedTuple):
    """What is out: the branch's commit, and the release that answers customers."""

    main: str
    edition: str
    release: str

    def __str__(self) -> str:
        """As a reason says it."""
        return f"{self.release or '-'} (edition {self.edition or '-'}, main {self.main[:7] or '-'})"


class Push(NamedTuple):
    """A push, and what the customers met meanwhile."""

    edition: str
    code: int
    said: str
    asked: int
    failed: list[dict[str, Any]]
    before: Standing
    after: Standing


def book(scene: Scene, after: int | None = None) -> dict[str, Any]:
    """What the customers wrote down since a request of theirs."""
    answer = scene.get("desk", "/seen" if after is None else f"/seen?after={after}")
    return dict(json.loads(answer.text))


def front(scene: Scene) -> tuple[str, str]:
    """The edition on the shop's page, and the release that it names."""
    answer = scene.get("shop")
    edition = re.search(r'"edition": *"([^"]*)"', answer.text) if answer.status == 200 else None
    names = {name.lower(): value for name, value in answer.headers.items()}
    return edition[1] if edition else "", names.get("x-release", "")


def standing(scene: Scene, edition: str = "") -> Standing:
    """What is out now; where an edition is waited for, as soon as it is there."""
    seen = eventually(lambda: front(scene), lambda found: found[0] == edition or not edition, within=5)
    main = eventually(lambda: scene.host("desk").run(MAIN), lambda found: bool(found.stdout), within=12)
    return Standing(main.stdout[:40], *seen)


def push(scene: Scene, kind: str) -> Push:
    """Push a release as a developer does, and look at how the customers fared until a little later."""
    edition = secrets.token_hex(3)
    before, first = standing(scene), book(scene)["last"]
    done = scene.host("desk").run(f"timeout -k 1 {PATIENCE} release {kind} {edition}")
    ended = book(scene)["last"]
    met = eventually(lambda: book(scene, first), lambda seen: first + seen["asked"] >= ended + 3, within=6)
    after = standing(scene, edition if kind == "good" else before.edition)
    return Push(edition, done.rc, done.stderr + done.stdout, met["asked"], met["failed"], before, after)


def put_right(scene: Scene) -> None:
    """A good release on top of whatever is there, unless all is well."""
    last = book(scene)["last"]
    met = eventually(lambda: book(scene, last), lambda seen: seen["asked"] >= 4, within=4)
    if met["asked"] < 4 or met["failed"]:
        push(scene, "good")


@pytest.fixture(scope="module")
def good(scene: Scene) -> Iterator[Push]:
    """A good release pushed once, for all that is asked about it; in the end a good one is out again.

    One goes before it: customers of a shop that an earlier pipeline left must not count against this one.
    """
    first = push(scene, "good")
    yield first if first.code else push(scene, "good")
    put_right(scene)


def how(failed: list[dict[str, Any]]) -> str:
    """The first failures, for a reason."""
    return ", ".join(dict.fromkeys(str(one["wrong"]) for one in failed[:5]))


def refused(scene: Scene, kind: str) -> None:
    """Push a broken release: it must be refused, and its customers must hardly notice."""
    seen = push(scene, kind)
    if seen.code == 0 or seen.after.edition != seen.before.edition:
        put_right(scene)
    assert seen.code not in (0, 124, 137), say(  # the last two are those of timeout(1)
        f"a release of the kind '{kind}' was pushed; expected git push to end with an error within {PATIENCE} s, "
        + ("it ended well: its developers believe that it is out" if seen.code == 0 else "it had no end"),
        f"'{kind}' のリリースを push しました。git push は {PATIENCE} 秒以内にエラーで終わるはずですが、"
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


@pytest.mark.guard
def test_shop_serves(scene: Scene) -> None:
    """The shop serves its customers.

    ja: 店は客に応えている。
    """
    last = [book(scene)["last"]]

    def customers() -> dict[str, Any]:
        seen = book(scene, last[-1])
        last.append(seen["last"] if seen["failed"] else last[-1])
        return seen

    seen = eventually(customers, lambda found: found["asked"] >= 4 and not found["failed"], within=8)
    met = how(seen["failed"]) or ("" if seen["asked"] >= 4 else "silence")
    assert not met, say(
        f"expected four customers in a row to get what they asked for, the last ones met: {met}",
        f"続けて4人の客が望みの応答を得るはずですが、最後の客が見たのは {met} でした",
    )


def test_good_release(good: Push) -> None:
    """A good release goes out.

    ja: 良いリリースは公開される。
    """
    assert good.code == 0, say(
        f"a good release was pushed, and git push ended with {good.code}: {good.said.strip()[-160:]}",
        f"良いリリースを push したところ、git push は {good.code} で終わりました: {good.said.strip()[-160:]}",
    )
    assert good.after.edition == good.edition, say(
        f"a good release was pushed with edition {good.edition}; customers see {good.after.edition or 'none'}",
        f"版 {good.edition} の良いリリースを push しましたが、客に見えるのは {good.after.edition or 'なし'} です",
    )


@pytest.mark.needs("test_good_release")
def test_nothing_lost(good: Push) -> None:
    """No customer notices a good release.

    ja: 良いリリースの公開に、客は一人も気づかない。
    """
    assert not good.failed, say(
        f"while a good release went out, {len(good.failed)} of {good.asked} requests failed ({how(good.failed)}). "
        "Who answered customers between the old release and the new one?",
        f"良いリリースを公開する間に、要求 {good.asked} 件のうち {len(good.failed)} 件が失敗しました"
        f"（{how(good.failed)}）。"
        "古いリリースと新しいリリースの間、客に応えていたのは誰ですか",
    )


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
def test_failed_tests(scene: Scene) -> None:
    """A release whose tests fail is refused.

    ja: テストに失敗するリリースは断られる。
    """
    refused(scene, "tests")


@pytest.mark.needs("test_failed_tests")
def test_half_broken(scene: Scene) -> None:
    """A release that fails now and then is refused.

    ja: ときどき失敗するリリースは断られる。
    """
    refused(scene, "half")


@pytest.mark.needs("test_failed_tests")
def test_never_ready(scene: Scene) -> None:
    """A release that never becomes ready is refused.

    ja: いつまでも準備が整わないリリースは断られる。
    """
    refused(scene, "stuck")


@pytest.mark.needs("test_failed_tests")
def test_short_lived(scene: Scene) -> None:
    """A release that is well at first, and then ends, is refused.

    ja: 初めは正常で、やがて終わるリリースは断られる。
    """
    refused(scene, "dies")


@pytest.mark.needs("test_failed_tests")
def test_fails_customers_only(scene: Scene) -> None:
    """A release that only customers find broken is taken back.

    ja: 客にだけ壊れて見えるリリースは引き戻される。
    """
    refused(scene, "basket")
