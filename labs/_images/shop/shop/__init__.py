"""A small shop: catalog (browse, search) and checkout (cart, orders)."""
