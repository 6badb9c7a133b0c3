from piccolo.conf.apps import AppRegistry

from kernel.database import DB

__all__ = ["APP_REGISTRY", "DB"]

APP_REGISTRY = AppRegistry(
    apps=[
        "kernel.piccolo_app",
        "staff.piccolo_app",
        "inventory.piccolo_app",
        "donors.piccolo_app",
        "distribution.piccolo_app",
    ]
)
