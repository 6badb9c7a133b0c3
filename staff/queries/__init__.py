"""Every look of this slice; each is called inside a snapshot or a transaction."""
