"""What the page of one submission shows."""

from __future__ import annotations

from collections.abc import Sequence

from kikori import explanation_rules
from kikori.content.rubric import Criterion, marking_key
from kikori.model import Lab
from kikori.replay.case import STEPS
from kikori.replay.judge import is_missing
from kikori.replay.verdict import Verdict
from kikori.review.evidence.incident import incident
from kikori.review.evidence.markdown import page_of, prose
from kikori.review.evidence.stored_texts import Paper, paper_of
from kikori.review.evidence.view import checks, differences, timeline
from kikori.review.guide import samples_page
from kikori.review.marks import INSTRUCTOR, OVERALL, Level, Mark, marks_of
from kikori.review.review_folder import ReviewFolder
from kikori.review.web.form import stamp
from kikori.review.web.page_templates import told
from kikori.review.web.queue import Entry, QueueFilter, beside, queue
from kikori.review.web.views import Values, handed_in, key_of, name_of, place_of, reasons
from kikori.settings import Lang

MOST_COMMANDS = 500
MOST_COMMENTS = 12


def one_page(
    review_folder: ReviewFolder, entry: Entry, wanted: QueueFilter, lang: Lang, typed: Sequence[Mark] = ()
) -> Values:
    """All that a person needs to mark a submission; ``typed`` is what was sent and not kept."""
    entries = review_folder.entries()
    previous, after = beside(queue(entries.values(), wanted), entry.submission)
    paper, lab = paper_of(review_folder.store, entry.submission), review_folder.lab(entry.row.lab)
    return {
        "entry": entry,
        "name": name_of(entry),
        "title": lab.about.title.lang(lang) if lab else entry.row.lab[:60],
        "reasons": reasons(entry, entries, lang),
        "previous": place_of(previous.submission, wanted) if previous else "",
        "next": place_of(after.submission, wanted) if after else "",
        "action": place_of(entry.submission, wanted),
        "task": page_of(lab.page("task", lang).read_text(encoding="utf-8")) if lab else "",
        "minutes": lab.about.minutes if lab else 0,
        "key": page_of(marking_key(lab.graders, lang, lab.faults, entry.row.fault)) if lab else "",
        "samples": page_of(samples_page(lab, lang)) if lab else "",
        "steps": STEPS if lab and lab.faults else STEPS[-1:],
        "handed_in": handed_in(paper),
        **_written(paper, lab, lang),
        **_found(review_folder, entry, paper, lang),
        **_near(entry, entries, wanted),
        **_marking(review_folder, entry, lang, typed),
    }


def _written(paper: Paper | None, lab: Lab | None, lang: Lang) -> Values:
    """The explanation, answer by answer, and the commands that it may cite."""
    text, trail = (paper.explanation, paper.trail) if paper else ("", ())
    given = explanation_rules.answers(text)
    prompts = lab.about.prompts if lab else ()
    known = [(prompt.lang(lang), given.get(prompt.id, "")) for prompt in prompts] if given else []
    others = [(name, answer) for name, answer in given.items() if name not in {prompt.id for prompt in prompts}]
    if text.strip() and not given:
        others = [(told(lang)["other-text"], explanation_rules.COMMENT.sub("", text))]
    return {
        "missing": paper is not None and is_missing(text),
        "diagnosis": explanation_rules.diagnosis(text),
        "answers": [
            {"prompt": title, "text": prose(answer, trail, told(lang)) if answer.strip() else ""}
            for title, answer in [*known, *others][:20]
        ],
        "written": text[: explanation_rules.LONGEST],
        "trail": trail[:MOST_COMMANDS],
        "trail_count": len(trail) + (paper.more if paper else 0),
    }


def _found(review_folder: ReviewFolder, entry: Entry, paper: Paper | None, lang: Lang) -> Values:
    """What the replay found, beside what the learner saw."""
    known = review_folder.store.known(entry.submission)
    return {
        "checks": checks(paper, known.judged.report if known else None),
        "changes": differences(known.judged.changes if known else ()),
        "timeline": timeline(paper),
        "incident": incident(paper, lang),
    }


def _near(entry: Entry, entries: dict[str, Entry], wanted: QueueFilter) -> Values:
    return {
        "similar": [
            {
                "name": name_of(entries[pair.other]),
                "percent": round(100 * pair.likeness),
                "href": place_of(pair.other, wanted),
                "side": f"/side?one={entry.submission}&other={pair.other}",
            }
            for pair in entry.alike[:5]
        ]
    }


def _marking(review_folder: ReviewFolder, entry: Entry, lang: Lang, typed: Sequence[Mark]) -> Values:
    """The form: what was said so far, and what may be said again."""
    kept = marks_of(review_folder.store, entry.submission)
    before = [mark for mark in kept if mark.by == INSTRUCTOR]
    own = {mark.criterion: mark for mark in (*before, *typed)}
    earlier, t = review_folder.comments(entry.row.lab), told(lang)
    criteria = review_folder.rubric(entry.row.lab).criteria
    whole = own.get(OVERALL)
    leave = t["verdict-machine"].format(verdict=t[key_of(entry.row.verdict)])
    titles = {one.id: one.title.lang(lang) for one in criteria} | {OVERALL: t["whole"]}
    return {
        "stamp": stamp(before),
        "criteria": [_criterion(one, own.get(one.id), earlier.get(one.id, []), lang) for one in criteria],
        "whole": {
            "verdict": whole.verdict if whole else "",
            "comment": whole.comment if whole else "",
            "earlier": _others(earlier.get(OVERALL, []), whole),
        },
        "verdicts": [("", leave), *((verdict, t[key_of(verdict)]) for verdict in Verdict)],
        "peers": [
            {
                "by": one.by,
                "title": titles.get(one.criterion, one.criterion),
                "comment": one.comment,
                "level": one.level,
            }
            for one in kept
            if one.by != INSTRUCTOR
        ],
    }


def _criterion(criterion: Criterion, mark: Mark | None, earlier: list[str], lang: Lang) -> Values:
    return {
        "id": criterion.id,
        "title": criterion.title.lang(lang),
        "full": criterion.full.lang(lang),
        "half": criterion.half.lang(lang) if criterion.half else "",
        "none": criterion.none.lang(lang) if criterion.none else "",
        "levels": [{"value": int(level), "points": level.points(criterion)} for level in Level],
        "level": mark.level if mark else None,
        "comment": mark.comment if mark else "",
        "earlier": _others(earlier, mark),
    }


def _others(earlier: list[str], mark: Mark | None) -> list[str]:
    return [text for text in earlier if not mark or text not in mark.comment][:MOST_COMMENTS]
