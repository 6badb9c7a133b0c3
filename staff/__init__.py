"""Who acts: accounts, roles, sign-in, API tokens, and the audit trail.

Every slice above asks here who may do a thing, and records here who did or
viewed what.
"""
