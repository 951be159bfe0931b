"""The desk's side of the slip printers, which stand in the stations and belong to another department."""

import json
import sys
from urllib.request import Request, urlopen

PLACE = "http://printer:9100/slips"


def print_slip(number, told):
    """Have a slip printed; comes back when it is out."""
    slip = {"station": told["station"], "number": number, "phone": told["phone"]}
    try:
        urlopen(Request(PLACE, json.dumps(slip).encode(), {"Content-Type": "application/json"}), timeout=5).close()
    except OSError as problem:
        print(f"no slip for {number}: {problem}", file=sys.stderr, flush=True)
