"""Figures, tables and documents; reads every slice and writes nothing."""
