"""What a manager may set for the cases."""

from kernel.settings import Setting

CASE_ID_PATTERN = Setting("case_id_pattern", "R#-####, R##-####")
"""The shapes of the desk's case IDs, as `distribution.rules.case_id` reads them."""
