"""Pure rules: no I/O and no clock; `today` is an argument."""
