#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_floors
# What was kept has a row below Floors as well, with the right numbers.
read=$(cat <<'READ'
import csv, math, sys
missed = sys.stdin.read()
needs = [*csv.DictReader(open("/records/needs.csv", encoding="utf-8"))]
name = next(row["objective"] for row in needs if row["objective"] not in missed)
rows = [row for row in needs if row["objective"] == name]
print(f"| {name} |", *(f"{100 * math.prod(float(row[key]) / 100 for row in rows):.2f} |" for key in ("promised", "kept")))
READ
)
row=$(sed -n '/^## Floors/,/^## Decisions/p' review.md | docker exec -i "$KIKORI_STACK-records-1" python3 -c "$read")
sed -i "/^| Objective | Promised at most/{n;s/\$/\n$row/}" review.md
