"""What changes the stock: one file per noun, one frozen Struct and one verb per change."""
