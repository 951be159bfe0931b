#!/bin/sh
# service: workspace
# fails: test_slow
# It waits, for as long as an order takes on a good day.
python3 - <<'END'
from pathlib import Path

probe = Path("probe/journeys.py")
text = probe.read_text().replace("import json\n", "import json\nimport time\n").replace("    return status == 201\n", """\
    if status != 201:
        return False
    time.sleep(1.5)
    return '"completed"' in shop.ask("/orders/" + json.loads(said)["order"])[1]
""")
probe.write_text(text)
END
