"""What can be asked of cases and parcels; every answer is a frozen view.

A view without a `case_id` may be shown to volunteers; whoever shows one with it
records that it was viewed.
"""
