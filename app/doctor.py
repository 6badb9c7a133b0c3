"""The doctor: recomputes what is kept twice, and names each difference."""

from inventory.queries.balances import balance_faults
from kernel.database import snapshot
from staff.queries.audit import check_audit_chain


async def examine() -> list[str]:
    """Sentences about everything that does not add up; empty when all is well."""
    async with snapshot():
        return [*await balance_faults(), *await check_audit_chain()]
