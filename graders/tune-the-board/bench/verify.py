"""Whether a page holds what belongs there; every difference is a ``Violation`` under its rule."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from kikori.bench.api import Answer, Request, Violation

from .page import Article, Page, Said, there
from .world import GRACE, NEVER, Member, Picture, Remark, World


def visitor(page: Page, name: str, request: Request) -> None:
    """The page was made for whoever asked."""
    if page.me != name:
        raise Violation(
            "foreign-page", f"{request.path} was made for {page.me or 'nobody'!r}, not {name or 'nobody'!r}", request
        )
    if not page.token and name:
        raise Violation("wrong-content", f"{request.path} has no token", request)


def pictures(world: World, page: Page, request: Request, asked: float, before: str = "", most: int = 20) -> None:
    """A list: newest first, nothing left out, nothing of a banished member."""
    shown = page.articles
    order = newest_first(page, request)
    if len(shown) != most:
        raise Violation("wrong-content", f"{request.path} shows {len(shown)} pictures, not {most}", request)
    if before and shown[0].at >= before:
        raise Violation("wrong-content", f"{request.path} shows a picture of {shown[0].at}", request)
    _all_due(page, world.due(asked, order[-1], before), request)
    for article in shown:
        picture(world, article, request, asked)


def newest_first(page: Page, request: Request) -> list[tuple[str, int]]:
    """Hold pictures against their order, newest first, and give it."""
    order = [(article.at, article.id) for article in page.articles]
    if order != sorted(order, reverse=True) or len({number for _, number in order}) != len(order):
        raise Violation("wrong-content", f"{request.path} is not in order, newest first", request)
    return order


def of_member(world: World, page: Page, request: Request, asked: float, name: str) -> None:
    """Hold a profile's pictures against those of its member."""
    for article in page.articles:
        if article.by != name:
            raise Violation("wrong-content", f"{request.path} shows a picture of {article.by}", request)
        picture(world, article, request, asked)
    order = newest_first(page, request)
    least, most = world.range_of(name, "pictures", asked)
    if not min(20, least) <= len(order) <= min(20, most):
        raise Violation("wrong-content", f"{request.path} shows {len(order)} pictures", request)
    if len(order) == 20:
        _all_due(page, (due for due in world.due(asked, order[-1]) if due.by.name == name), request)


def _all_due(page: Page, pictures: Iterable[Picture], request: Request) -> None:
    ids = {article.id for article in page.articles}
    for due in pictures:
        if due.id not in ids:
            rule = "lost-write" if due.known_at else "wrong-content"
            raise Violation(rule, f"{request.path} lacks picture {due.id} of {due.by.name}", request)


def picture(world: World, article: Article, request: Request, asked: float, whole: bool = False) -> Picture:
    """An article says of its picture what is so."""
    known = world.pictures.get(article.id) or world.started.get(article.caption)
    if known is None and article.id > world.last_picture and not world.alone:
        return Picture(Member(0, article.by, ""), "image/png", "", article.caption, article.id, article.at)
    if known is None:
        raise Violation("initialize", f"{request.path} shows picture {article.id}, which nobody put up", request)
    if known.by.banished_since < asked:
        raise Violation("banned-visible", f"{request.path} shows picture {article.id} of {known.by.name}", request)
    if (article.by, article.caption) != (known.by.name, known.caption):
        raise Violation("wrong-content", f"picture {article.id} has the wrong member or caption", request)
    if known.id and (article.image.split("?")[0] != known.path or article.at != known.at):
        raise Violation("wrong-content", f"picture {article.id} has the wrong address or time", request)
    remarks(world, known, article, request, asked, whole)
    return known


def remarks(world: World, known: Picture, article: Article, request: Request, asked: float, whole: bool) -> None:
    """What was said below a picture: all of it, or the newest three and how many there are."""
    visible = [remark for remark in known.remarks if remark.by.banished_since >= asked]
    due = [remark for remark in visible if remark.known_at <= asked - GRACE and not remark.by.passing]
    if not len(due) <= article.count <= world.most(len(visible)):
        raise Violation(
            "lost-write" if len(due) > article.count and due[-1].known_at else "wrong-content",
            f"picture {article.id} counts {article.count} remarks, not {len(due)}",
            request,
        )
    shown = [_known(world, known, said, request, asked) for said in article.remarks]
    if len(shown) != (article.count if whole else min(3, article.count)):
        raise Violation("wrong-content", f"picture {article.id} shows {len(shown)} of {article.count} remarks", request)
    if [said.id for said in article.remarks] != sorted(said.id for said in article.remarks):
        raise Violation("wrong-content", f"the remarks of picture {article.id} are not in order", request)
    _none_left_out(visible, due, shown, article, request, whole)


def _known(world: World, known: Picture, said: Said, request: Request, asked: float) -> Remark:
    found = world.said.get(said.words)
    if found is None or world.below[said.words] is not known:
        found = next((remark for remark in known.remarks if remark.id == said.id), None)
    if found is None and said.id > world.last_remark and not world.alone:
        return Remark(Member(0, said.by, ""), said.words, said.id)
    if found is None or found.words != said.words or found.by.name != said.by:
        raise Violation(
            "wrong-content", f"picture {known.id} shows a remark that nobody left: {said.words[:60]!r}", request
        )
    if found.by.banished_since < asked:
        raise Violation("banned-visible", f"picture {known.id} shows a remark of {found.by.name}", request)
    return found


def _none_left_out(
    visible: Sequence[Remark],
    due: Sequence[Remark],
    shown: list[Remark],
    article: Article,
    request: Request,
    whole: bool,
) -> None:
    there_, known = set(map(id, shown)), set(map(id, visible))
    others = sum(id(one) not in known for one in shown)  # of a generator on another machine
    newer = {id(one): others + sum(other.id > one.id or not other.id for other in visible) for one in due[-3:]}
    for remark in due if whole else due[-3:]:
        if id(remark) not in there_ and (whole or newer[id(remark)] < 3):
            rule = "lost-write" if remark.known_at else "wrong-content"
            raise Violation(rule, f"picture {article.id} lacks the remark {remark.words[:60]!r}", request)


def counters(world: World, name: str, page: Page, request: Request, asked: float) -> None:
    """The three counters of a profile."""
    for what in ("pictures", "remarks", "received"):
        least, most = world.range_of(name, what, asked)
        seen = page.number(what)
        if not least <= seen <= most:
            rule = "lost-write" if seen < least and _is_the_seeds(world, name, what, seen) else "wrong-content"
            raise Violation(rule, f"{request.path} counts {seen} {what}, not {least}", request)


def _is_the_seeds(world: World, name: str, what: str, seen: int) -> bool:
    """Whether the number is what it was before this run."""
    before = {"pictures": world.shown, "remarks": world.spoken, "received": world.received}[what][name]
    return seen == before


def image(known: Picture, answer: Answer, request: Request, deep: bool = True) -> None:
    """The bytes of a picture."""
    there(answer, 200, request)
    kind = answer.headers.get("Content-Type", "").split(";")[0]
    if kind != known.mime:
        raise Violation("wrong-content", f"{request.path} is said to be {kind!r}, not {known.mime}", request)
    if not answer.body:
        raise Violation("wrong-bytes", f"{request.path} is empty", request)
    if deep and hashlib.sha256(answer.body).hexdigest() != known.sha256:
        raise Violation("wrong-bytes", f"{request.path} is another picture than the one that was put up", request)


def gone(answer: Answer, request: Request) -> None:
    """Nothing is to be seen of a banished member."""
    if answer.status == 200:
        raise Violation("banned-visible", f"{request.path} is still shown", request)
    there(answer, 404, request)


__all__ = [
    "NEVER",
    "counters",
    "gone",
    "image",
    "newest_first",
    "of_member",
    "picture",
    "pictures",
    "remarks",
    "visitor",
]
