"""What can be asked of the stock; every answer is a frozen view."""
