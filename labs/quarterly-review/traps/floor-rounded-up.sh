#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_lowered
# A number is lowered to a hundredth of a hundredth more than can be kept.
turn=$(cat <<'TURN'
import csv, math, re, sys
text = sys.stdin.read()
borne = re.search(r"With (\S+)\s+nobody", text)[1]
needs = [row for row in csv.DictReader(open("/records/needs.csv", encoding="utf-8")) if row["objective"] == borne]
most = min(100 * math.prod(float(row[key]) / 100 for row in needs) for key in ("promised", "kept"))
print(re.sub(rf"(\| {borne} \| lower \|) \S+ \|", rf"\1 {math.ceil(10000 * most + 0.01) / 10000:.4f} |", text), end="")
TURN
)
docker exec -i "$KIKORI_STACK-records-1" python3 -c "$turn" < review.md > other.md
mv other.md review.md
