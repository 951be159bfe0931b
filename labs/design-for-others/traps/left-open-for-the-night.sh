#!/bin/sh
# service: workspace
# after: fixes/read-from-the-files
# fails: test_prose
# What is safe until morning is left open.
turn=$(cat <<'TURN'
import json, re, sys
text = sys.stdin.read()
parts = re.split(r"^(?=## )", text, flags=re.M)

def record(name):
    return open(f"/records/{name}", encoding="utf-8").read()

def rows(part, change):
    """Change the cells of each row of a part; a row for which nothing comes back is left out."""
    kept, place = [], 0
    for line in parts[part].splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("|") and (place := place + 1) > 2:
            cells = change(cells)
            line = "| " + " | ".join(cells) + " |" if cells else None
        kept += [line] if line is not None else []
    parts[part] = "\n".join(kept) + "\n\n"

def change(cells):
    if cells[0] == "Docks are silent":
        cells[3] = "nobody could say in this meeting, so it is left open for now"
    return cells

rows(6, change)
print("".join(parts))
TURN
)
docker exec -i "$KIKORI_STACK-records-1" python3 -c "$turn" < design.md > other.md
mv other.md design.md
