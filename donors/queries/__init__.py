"""What can be asked of the givers; every answer is a frozen view."""
