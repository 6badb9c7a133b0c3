"""The states of a donation."""

from kernel.terms import Term


class DonationState(Term):
    """Logged until its last line is inspected; refused when nothing of it was accepted."""

    LOGGED = "logged", "検品待ち"
    RECEIVED = "received", "受入済み"
    REFUSED = "refused", "受入なし"


FINISHED = (DonationState.RECEIVED, DonationState.REFUSED)
