"""What the donors slice refuses."""

from kernel.errors import Conflict


class AlreadyInspected(Conflict):
    """Somebody has inspected these lines before; named by their products."""

    def __init__(self, *products: str) -> None:
        super().__init__(*products)
        self.products = products


class CorporateNumberTaken(Conflict):
    """Another organisation has this corporate number already."""

    def __init__(self, code: str, name: str) -> None:
        super().__init__(code, name)
        self.code, self.name = code, name
