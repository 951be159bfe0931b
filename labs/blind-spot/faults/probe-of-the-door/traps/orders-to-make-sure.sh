#!/bin/sh
# service: workspace
# after: fixes/walk-to-the-end
# fails: test_books_of_the_loss
# Before it says that an order was lost, it orders forty times more.
sed -i 's/^    return False$/    for _ in range(40):\
        shop.ask("\/cart", {"customer": "probe", "product": 12})\
        shop.ask("\/orders", {"customer": "probe", "payment": "test"})\
    return False/' probe/journeys.py
