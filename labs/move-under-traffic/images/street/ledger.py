"""Holds the offices' book against what a server has. Pure: it knows neither offices nor servers."""

from collections import Counter


def compare(orders, given, rows):
    """Tell what differs between what offices were told and a server's rows of number, id and boxes.

    ``orders`` has for each id its number, its boxes (None: cancelled) and whether the last answer is unsure.
    ``given`` has all numbers that were ever told, with their ids.
    """
    kept = {}
    for number, order, boxes in rows:
        kept.setdefault(order, []).append((number, boxes))
    found = {"lost": [], "doubled": [], "changed": [], "back": [], "number": []}
    for order, (number, boxes, unsure) in orders.items():
        has = kept.get(order, [])
        if len(has) > 1:
            found["doubled"].append(order)
        elif unsure:
            continue
        elif boxes is None and has:
            found["back"].append(order)
        elif boxes is not None and not has:
            found["lost"].append(order)
        elif has and has[0][0] != number:
            found["number"].append(order)
        elif has and has[0][1] != boxes:
            found["changed"].append(order)
    found["strange"] = [order for order in kept if order not in orders]
    twice = Counter(number for number, _ in {(number, order) for number, order in given})
    found["twice"] = [number for number, times in twice.items() if times > 1]
    return found
