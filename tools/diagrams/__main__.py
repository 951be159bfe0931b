"""Draw what is missing, and take away what no page shows; ``--all`` draws everything anew."""

import sys

from kikori import paths
from kikori.content import Catalog
from kikori.site.assembly import markdown
from kikori.site.content import Content
from kikori.site.diagram_pictures import PLACE, diagrams, name_of
from tools.diagrams.browser import artist

shelf = paths.ROOT / "docs" / PLACE
content = Content(paths.ROOT / "docs", Catalog([paths.ROOT]), instructor=True)
wanted = {name_of(text): text for page in markdown(content) for text in diagrams(page)}
shelf.mkdir(parents=True, exist_ok=True)
for path in shelf.iterdir():
    if path.name not in wanted:
        path.unlink()
missing = [name for name in sorted(wanted) if "--all" in sys.argv or not (shelf / name).is_file()]
if missing:
    with artist() as draw:
        for name in missing:
            (shelf / name).write_text(draw(wanted[name]), encoding="utf-8")
            print(shelf / name)
