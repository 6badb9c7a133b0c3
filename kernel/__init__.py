"""The ground the house stands on: database, time, text, forms, errors, PDF.

Nothing here knows a word of the food bank. Every slice may import any room
of the kernel; the kernel imports no slice.
"""
