#!/usr/bin/python3
"""Keeps a picture that a member sends, under the name that it has on the member's computer."""

import os
import re
import sys
from urllib.parse import parse_qs

LARGEST = 2 * 2**20
name = parse_qs(os.environ.get("QUERY_STRING", "")).get("name", [""])[0]
picture = sys.stdin.buffer.read(min(int(os.environ.get("CONTENT_LENGTH") or 0), LARGEST))
if re.fullmatch(r"[\w-][\w.-]{0,60}", name, re.ASCII) and picture:
    place = f"/srv/site/pictures/{name}"
    with open(f"{place}.part", "wb") as file:
        file.write(picture)
    os.chmod(f"{place}.part", 0o755)
    os.replace(f"{place}.part", place)
    print(f"Status: 201 Created\r\nContent-Type: text/plain\r\n\r\n/pictures/{name}")
else:
    print("Status: 400 Bad Request\r\nContent-Type: text/plain\r\n\r\na picture has a name and a content")
