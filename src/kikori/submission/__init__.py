"""One file that holds what is needed to verify an attempt elsewhere: packed here, unpacked as hostile input.

Documented in docs/submission.md; ``format`` has its names and limits.
"""

from kikori.submission.format import DISPUTE, FORMAT, SUFFIX, Manifest, Submission
from kikori.submission.pack import pack
from kikori.submission.unpack import unpack

__all__ = ["DISPUTE", "FORMAT", "SUFFIX", "Manifest", "Submission", "pack", "unpack"]
