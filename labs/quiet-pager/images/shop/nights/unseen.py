"""What the deployed rules would do in nights that are in no diary, as JSON: asked when rules are judged."""

import json
import os
import sys

from nights import UNSEEN, Night
from replay import Unusable, replayed

if __name__ == "__main__":
    try:
        print(json.dumps(replayed([Night(name, os.environ.get("SEED", "1")) for name in UNSEEN])))
    except Unusable as problem:
        sys.exit(str(problem))
