"""Whom each route lets in: the one table that the program is compared with.

A new route belongs here before it works: the test fails until it stands in
this table, and until the program does what the table says.
"""

from staff.rules.actor import Access

EVERYONE, SIGNED_IN, STOCK, CASES, MANAGER = (
    Access.EVERYONE,
    Access.SIGNED_IN,
    Access.STOCK,
    Access.CASES,
    Access.MANAGER,
)

ACCESS = {}
