"""Pure rules of the stock: no I/O and no clock; `today` is an argument."""
