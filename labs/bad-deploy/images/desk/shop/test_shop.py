"""Run with python3 -m unittest, in the folder of the shop."""

import unittest

import shop


class Prices(unittest.TestCase):
    """What an order costs."""

    def test_few_tins(self):
        """Each is paid for."""
        self.assertEqual(shop.total(800, 3), 2400)

    def test_the_tenth_is_free(self):
        """Ten cost as much as nine."""
        self.assertEqual(shop.total(800, 10), 7200)

    def test_every_tea_has_a_price(self):
        """None is given away."""
        self.assertTrue(all(price > 0 for price in shop.TEAS.values()))
