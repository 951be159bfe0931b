"""Pages served on this computer for one person: whom they answer, and what they may load.

Knows nothing of labs; the pages themselves belong to the packages that serve them.
"""

from kikori.web.guard import Guard
from kikori.web.serving import Address, serve, unused_port

__all__ = ["Address", "Guard", "serve", "unused_port"]
