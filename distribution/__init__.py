"""Emergency parcels, linked to a case ID and to nothing else about the person.

A parcel is packed (stock moves to staging), then handed over (it moves to the
clients) or cancelled (it moves back).
"""
