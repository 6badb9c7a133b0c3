"""Who gives: organisations, their agreements, and the donations they bring.

A donation is logged, then inspected line by line. Accepted pieces become lots
in the inventory; refused pieces keep the reason they were refused for.
"""
