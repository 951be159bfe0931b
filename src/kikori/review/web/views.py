"""What each page shows, made of what is known."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from urllib.parse import quote, urlencode

from kikori.replay.judge import MISSING
from kikori.replay.verdict import Verdict
from kikori.review.evidence.stored_texts import Paper, paper_of
from kikori.review.review_folder import ReviewFolder
from kikori.review.similarity.measure import own_words, passages
from kikori.review.web.page_templates import told
from kikori.review.web.queue import Entry, QueueFilter, State, Uncertainty, queue
from kikori.settings import Lang
from kikori.submission.senders import strangers

PAGE = 100
"""Submissions on one page of the list."""
LONGEST_NAME = 60
Values = dict[str, object]


def name_of(entry: Entry) -> str:
    """Whose it is; the file where it says nothing of that."""
    return (entry.row.learner.strip() or entry.row.file)[:LONGEST_NAME]


def place_of(submission: str, wanted: QueueFilter) -> str:
    """The address of a submission's page."""
    return f"/one/{quote(submission)}{wanted.query}"


def key_of(verdict: str) -> str:
    """A verdict as a key of the words."""
    return verdict.replace(" ", "-")


def reasons(entry: Entry, entries: dict[str, Entry], lang: Lang) -> list[dict[str, str]]:
    """Why a submission stands where it stands, in sentences."""
    return [
        {"kind": (doubt.name or "").lower(), "text": _sentence(doubt, entry, entries, lang)}
        for doubt in entry.doubts.each
    ]


def _sentence(doubt: Uncertainty, entry: Entry, entries: dict[str, Entry], lang: Lang) -> str:
    t, row = told(lang), entry.row
    if doubt is Uncertainty.CLAIM:
        return t["doubt-claim-passed" if entry.claim else "doubt-claim-failed"]
    if doubt is Uncertainty.EXPLANATION and row.explanation == MISSING:
        return t["missing-explanation"]
    near = entry.alike[0] if entry.alike else None
    return t[f"doubt-{key_of((doubt.name or '').lower().replace('_', '-'))}"].format(
        verdict=t[key_of(row.verdict)],
        reason=row.reason[:300],
        version=row.version[:20],
        rule=row.explanation[:200],
        sender=", ".join(strangers(row.learner, row.senders))[:LONGEST_NAME],
        name=name_of(entry),
        origins=entry.origins,
        percent=round(100 * near.likeness) if near else 0,
        learner=name_of(entries[near.other]) if near else "",
    )


def queue_page(review_folder: ReviewFolder, wanted: QueueFilter, page: int, lang: Lang) -> Values:
    """The list."""
    entries, t = review_folder.entries(), told(lang)
    found = queue(entries.values(), wanted)
    pages = max(1, math.ceil(len(found) / PAGE))
    page = min(max(1, page), pages)
    every = [("", t["all"])]
    return {
        "rows": [
            {
                "entry": one,
                "name": name_of(one),
                "href": place_of(one.submission, wanted),
                "reasons": reasons(one, entries, lang),
            }
            for one in found[(page - 1) * PAGE : page * PAGE]
        ],
        "count": len(found),
        "total": len(entries),
        "open": sum(one.state is not State.MARKED for one in entries.values()),
        "waiting": len(review_folder.waiting),
        "folder": review_folder.folder,
        "page": page,
        "pages": pages,
        "before": _page(wanted, page - 1) if page > 1 else "",
        "after": _page(wanted, page + 1) if page < pages else "",
        "labs": every + [(lab, lab[:LONGEST_NAME]) for lab in sorted({one.row.lab for one in entries.values()} - {""})],
        "states": every + [(state, t[f"state-{state}"]) for state in State],
        "verdicts": every + [(verdict, t[key_of(verdict)]) for verdict in Verdict],
    }


def _page(wanted: QueueFilter, page: int) -> str:
    return f"/{wanted.query}{'&' if wanted.query else '?'}{urlencode({'page': page})}"


def side_page(review_folder: ReviewFolder, pair: Sequence[Entry], lang: Lang) -> Values:
    """Two explanations beside each other."""
    written = [_written(review_folder, entry) for entry in pair]
    likeness = next((near.likeness for near in pair[0].alike if near.other == pair[1].submission), 0.0)
    return {
        "percent": round(100 * likeness),
        "texts": [
            {
                "name": name_of(entry),
                "href": place_of(entry.submission, QueueFilter()),
                "handed_in": f"{entry.row.file[:200]} {handed_in(paper_of(review_folder.store, entry.submission))}",
                "pieces": passages(own, other),
            }
            for entry, own, other in zip(pair, written, reversed(written), strict=True)
        ],
    }


def _written(review_folder: ReviewFolder, entry: Entry) -> str:
    paper, lab = paper_of(review_folder.store, entry.submission), review_folder.lab(entry.row.lab)
    return own_words(paper.explanation, lab.about.prompts if lab else ()) if paper else ""


def handed_in(paper: Paper | None) -> str:
    """When a submission was made, by its own word."""
    return moment(paper.manifest.created) if paper else ""


def moment(at: float) -> str:
    """A time of a stranger's clock as a date; nothing where there is no such date."""
    try:
        return time.strftime("%Y-%m-%d %H:%M", time.localtime(at))
    except (OverflowError, ValueError, OSError):
        return ""
