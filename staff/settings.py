"""Settings of this slice that a manager may change."""

from kernel.settings import Setting

IDLE_MINUTES = Setting("idle_minutes", 60)
"""After how many minutes without a click somebody must sign in again."""
