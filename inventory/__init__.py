"""What we hold: products, lots, places, movements and balances.

A ledger of movements between places. Boundaries (donors, clients, waste …)
are places too, so every change of stock is a move from one place to another,
and a balance can always be recomputed from the movements.
"""
