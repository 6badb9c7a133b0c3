"""Demo data: a year in the life of an invented food bank, the same every time.

The facts are pure: what is given, by whom, and what happens on which day. They
know no database; a runner turns each event into a call of the command that a
person would have used, so that demo data can never be in a state that the
program itself would refuse.
"""
