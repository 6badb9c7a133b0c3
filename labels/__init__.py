"""Codes that are printed and scanned: what a label is bound to, and the sheets it is printed on."""
