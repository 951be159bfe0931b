#!/bin/sh
# Who wants to find a telegram in the graph again should be able to, somebody thought.
sed -i -e 's|^        labels = {"method": "POST", "code": str(status)}$|&\n        if "number" in answer:\n            labels["telegram"] = answer["number"]|' /srv/counter/counter.py
sv restart counter
