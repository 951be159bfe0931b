"""The pages for people: a list of traces, and one trace as a waterfall."""

from html import escape

STYLE = """<style>
body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#222;background:#fff}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.2rem .6rem;border-bottom:1px solid #8884}
td.n{text-align:right;font-variant-numeric:tabular-nums}svg{width:100%;height:auto}
svg text{font:12px system-ui,sans-serif;fill:#222}
@media(prefers-color-scheme:dark){body{color:#ddd;background:#181818}a{color:#8bf}svg text{fill:#ddd}}
</style>"""
COLOURS = ["#4477aa", "#228833", "#aa7722", "#884499", "#117788"]
ROW, LEFT, WIDE = 26, 340, 1000


def listing(found):
    """The latest traces."""
    rows = "".join(
        f'<tr><td><a href="/trace/{one["trace_id"]}">{one["trace_id"][:12]}…</a><td>{escape(one["name"])}'
        f"<td class=n>{one['ms']:.1f} ms<td class=n>{one['spans']}<td>{escape(', '.join(one['services']))}"
        f"<td class=n>{one['errors'] or ''}"
        for one in found
    )
    head = "<tr><th>trace<th>begins with<th>takes<th>spans<th>services<th>errors"
    return f"<!doctype html><meta charset=utf-8><title>Traces</title>{STYLE}<h1>Traces</h1><table>{head}{rows}</table>"


def waterfall(spans):
    """One trace: who waited for whom, and for how long."""
    begin, end = spans[0]["start"], max(span["end"] for span in spans)
    scale = (WIDE - LEFT - 80) / max(end - begin, 1)
    services = sorted({span["service"] for span in spans})
    bars = []
    for row, (depth, span) in enumerate(ordered(spans)):
        x, y = LEFT + (span["start"] - begin) * scale, row * ROW
        width = max((span["end"] - span["start"]) * scale, 1.5)
        colour = "#c33" if span["error"] else COLOURS[services.index(span["service"]) % len(COLOURS)]
        about = escape("\n".join(f"{key}: {value}" for key, value in span["attributes"].items()))
        label = escape(f"{span['service']}: {span['name']}"[: 52 - 2 * depth])
        bars.append(
            f'<g><title>{about}</title><text x="{8 + 12 * depth}" y="{y + 17}">{label}</text>'
            f'<rect x="{x:.1f}" y="{y + 5}" width="{width:.1f}" height="{ROW - 9}" rx="2" fill="{colour}"/>'
            f'<text x="{x + width + 4:.1f}" y="{y + 17}">{(span["end"] - span["start"]) / 1e6:.1f} ms</text></g>'
        )
    title = f"{escape(spans[0]['name'])}, {(end - begin) / 1e6:.1f} ms"
    picture = f'<svg viewBox="0 0 {WIDE} {ROW * len(bars)}" role="img" aria-label="{title}">{"".join(bars)}</svg>'
    return (
        f"<!doctype html><meta charset=utf-8><title>Trace</title>{STYLE}<p><a href=/>All traces</a><h1>{title}</h1>"
        f'<p>{spans[0]["trace_id"]} (<a href="/api/traces/{spans[0]["trace_id"]}">JSON</a>)</p>{picture}'
    )


def ordered(spans):
    """Every span below the one that it belongs to, with its depth."""
    known = {span["span_id"] for span in spans}
    below = {}
    for span in spans:
        below.setdefault(span["parent_id"] if span["parent_id"] in known else "", []).append(span)
    waiting = [(0, span) for span in reversed(below.get("", []))]
    while waiting:
        depth, span = waiting.pop()
        yield depth, span
        waiting += [(depth + 1, child) for child in reversed(below.get(span["span_id"], []))]
