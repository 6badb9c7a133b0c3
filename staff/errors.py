"""What the staff slice refuses."""

from kernel.errors import Conflict, Refusal


class SignInNeeded(Refusal):
    """Nobody is signed in, or the session has ended."""

    status = 401


class WrongSignIn(Refusal):
    """No such name, or not its password; which of the two is never told."""

    status = 422


class TooManyAttempts(Refusal):
    """This name, or this address, has failed too often; trying again is right in `minutes`."""

    status = 429

    def __init__(self, minutes: int) -> None:
        super().__init__(minutes)
        self.minutes = minutes


class LastManager(Conflict):
    """Without this person nobody could manage accounts any more."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name
