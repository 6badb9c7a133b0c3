"""Every change of this slice: one frozen Struct and one verb each. Transactions live here."""
