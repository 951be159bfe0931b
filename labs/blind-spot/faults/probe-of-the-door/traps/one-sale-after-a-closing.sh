#!/bin/sh
# service: workspace
# after: fixes/walk-to-the-end
# fails: test_books_in_the_end
# When the shop opens again, the first order is paid for, under a name that a customer could have.
sed -i -e 's/^def order(shop):$/closed = False\n\n\n&/' \
  -e 's/^    """From the cart to the completed order."""$/&\n    global closed/' \
  -e 's/^        return bool(json.loads(said).get("closed"))$/        closed = True\n        return True\
    if closed:\
        closed = False\
        shop.ask("\/cart", {"customer": "c40711213", "product": 12})\
        shop.ask("\/orders", {"customer": "c40711213", "payment": "card"})/' probe/journeys.py
