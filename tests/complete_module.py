"""All that a module can have beside its lessons, for a tiny course of knots: card, story, readings, notes, people."""

from __future__ import annotations

from pathlib import Path

LONGEST = {"model": (520, 260), "tells": (110, 60), "trap": (320, 170)}
"""Letters of a card's texts, in English and in Japanese."""
RUN = "find / -xdev -type f -size +100M -printf '%s %p' | sort -rn | head -n 90"
CAST = """
[[companies]]
id = "harbour"
name = { en = "the harbour", ja = "港" }
does = { en = "moors ships", ja = "船をつなぐ" }
[[companies.people]]
name = { en = "Rin", ja = "リン" }
role = { en = "ties them", ja = "結ぶ人" }
modules = ["knots/bowline"]
"""
STORY = """
[story]
url = "https://example.org/ashley"
title = { en = "A hitch that held", ja = "解けなかった結び目" }
shows = { en = "It held for a day. Nobody had looked.", ja = "一日もった。誰も見ていなかった。" }
[[read_next]]
url = "https://example.org/en"
title = { en = "Knots, a book", ja = "結び方の本" }
[[read_next]]
url = "https://example.org/ja"
language = "ja"
title = { en = "Ropes, a book", ja = "縄の本" }
"""
NOTES = """# Instructor's notes

## Aim

They tie it blind. Nobody looks.

## A five-minute opening

A rope.

## Where people get stuck

At the loop.

## A drawing for the board

```text
## o--
```

## To discuss

### Ropes

Listen for: the loop.

## What to cut

Nothing.
"""
NOTES_JA = """# 講師用ノート

## ねらい

見ずに結べる。誰も手元を見ない。

## 5分の導入

縄を一本。

## つまずくところ

輪のところ。

## 板書の図

```text
## o--
```

## 話し合う

### 縄

聞きたいこと: 輪。

## 削るなら

なし。
"""
WHY = """# Why knots

## A Monday on deck

The sail was up. "Who tied this?" asked Rin. Then [it](how.md) came down.

More.

## The question

**What holds a rope <to> itself?**

## The model

```mermaid
flowchart LR
  a["friction"] --> b["a rope"]
```

## What people did before

They glued it.
"""
WHY_JA = """# なぜ結ぶのか

## 月曜、甲板で

帆が上がっていた。「誰が結んだのか。」とリンが言った。そして[落ちた](how.md)。

続き。

## 残った問い

**縄は何によって<自分に>とまるのか。**

## モデル

```mermaid
flowchart LR
  a["摩擦"] --> b["縄"]
```

## それまでのやり方

糊で付けていた。
"""


def complete_module(root: Path) -> None:
    """Give the tiny course's module its card, story and notes, and the root its cast and a workshop's sheet."""
    course = root / "courses" / "knots"
    folder = course / "bowline"
    (root / "courses" / "cast.toml").write_text(CAST)
    (folder / "card.toml").write_text(longest_card())
    (folder / "module.toml").write_text((folder / "module.toml").read_text() + STORY)
    pages = {"instructor.md": NOTES, "instructor.ja.md": NOTES_JA, "why.md": WHY, "why.ja.md": WHY_JA}
    for name, text in pages.items():
        (folder / name).write_text(text)
    for name in ("workshop.md", "workshop.ja.md"):
        (course / name).write_text("# Tie in pairs\n\nFour hands.\n")


def longest_card() -> str:
    """Write card.toml with each text as long as it may be."""
    longest = {
        kind: f'en = "{_filled("the holder waits for an end ", en)}", ja = "{_filled("縄の端を待つ", ja)}"'
        for kind, (en, ja) in LONGEST.items()
    }
    commands = f'[[commands]]\nrun = "{RUN}"\ntells = {{ {longest["tells"]} }}\n' * 6
    return f"model = {{ {longest['model']} }}\ntrap = {{ {longest['trap']} }}\n{commands}"


def _filled(words: str, length: int) -> str:
    """A text of so many letters, in three sentences."""
    stop = ". " if words.isascii() else "。"
    third = (words * length)[: length // 3 - len(stop)] + stop
    return (third * 3).strip()
