"""What stands for nothing, or for nobody, in a form."""

from __future__ import annotations

NIL = frozenset({*"-–—―ー", "none", "nothing", "zero", "nil", "なし", "無し", "ゼロ"})
"""What stands for no number at all."""
NOTHING = NIL - {"zero", "nil", "ゼロ"} | frozenset(
    {"", "?", "x", "n/a", "na", "no events", "tbd", "todo"}
    | {"該当なし", "いない", "未定", "不要", "不明", "同上", "イベントなし"}
)
"""What a cell holds that says nothing."""
NOBODY = NOTHING | frozenset(
    {"nobody", "no one", "someone", "somebody", "everybody", "everyone", "anybody", "whoever", "all"}
    | {"誰も", "誰もいない", "まだ誰も", "誰か", "全員", "みんな"}
)
"""The same where somebody is to be named."""
