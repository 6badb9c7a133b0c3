"""The doctor: recomputes what is kept twice, and names each difference."""

import msgspec

from inventory.queries.balances import balance_faults
from kernel.database import snapshot
from staff.queries.audit import check_audit_chain, trail_head


class Findings(msgspec.Struct, frozen=True):
    """`faults` are sentences, none when all is well; the trail ends at `seq` with `seal`.

    The seal noted on paper proves later that nobody has rewritten the whole trail.
    """

    faults: list[str]
    seq: int
    seal: str


async def examine() -> Findings:
    """Everything of one moment."""
    async with snapshot():
        head = await trail_head()
        faults = [*await balance_faults(), *await check_audit_chain()]
        return Findings(faults, head.seq, head.hash)
