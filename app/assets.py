"""Front-end files: copied from node_modules to where they are served and embedded.

`npm ci` brings the packages of package-lock.json; `python -m app.assets` takes
the few files out of them that a page or a document needs. The program itself
never looks into node_modules, so an office PC can be installed without Node.
"""

import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "app" / "static" / "vendor"
FONTS = ROOT / "app" / "fonts"

# vendor name: where the package keeps it. Each licence travels beside its file.
SERVED = {
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    "htmx.LICENSE.txt": "htmx.org/LICENSE",
    "tokens.css": "@digital-go-jp/design-tokens/dist/tokens.css",
    "tokens.LICENSE.txt": "@digital-go-jp/design-tokens/LICENSE",
    "swagger-ui.css": "swagger-ui-dist/swagger-ui.css",
    "swagger-ui-bundle.js": "swagger-ui-dist/swagger-ui-bundle.js",
    "swagger-ui-bundle.js.LICENSE.txt": "swagger-ui-dist/swagger-ui-bundle.js.LICENSE.txt",
    "swagger-ui-standalone-preset.js": "swagger-ui-dist/swagger-ui-standalone-preset.js",
    "swagger-ui-standalone-preset.js.LICENSE.txt": (
        "swagger-ui-dist/swagger-ui-standalone-preset.js.LICENSE.txt"
    ),
    "swagger-ui.LICENSE.txt": "swagger-ui-dist/LICENSE",
    "swagger-ui.NOTICE.txt": "swagger-ui-dist/NOTICE",
}
BIZ_UDPGOTHIC = "@expo-google-fonts/biz-udpgothic"
TYPEFACE = {
    "BIZUDPGothic-Regular.ttf": f"{BIZ_UDPGOTHIC}/400Regular/BIZUDPGothic_400Regular.ttf",
    "BIZUDPGothic-Bold.ttf": f"{BIZ_UDPGOTHIC}/700Bold/BIZUDPGothic_700Bold.ttf",
    "BIZUDPGothic.LICENSE.txt": f"{BIZ_UDPGOTHIC}/LICENSE_FONT",
}

# Swagger UI sends the address of a description to its maker's validator unless
# told otherwise. "none" is its own word for "do not".
VALIDATOR = b"https://validator.swagger.io/validator"


class AssetsMissing(Exception):
    """Files that the packages should hold and do not."""


def copy_assets() -> None:
    """Fill app/static/vendor and app/fonts; the same again changes nothing."""
    copies = {
        **{VENDOR / name: MODULES / source for name, source in SERVED.items()},
        **{VENDOR / "fonts" / name: MODULES / source for name, source in TYPEFACE.items()},
        **{FONTS / name: MODULES / source for name, source in TYPEFACE.items()},
    }
    missing = sorted({str(source) for source in copies.values() if not source.is_file()})
    if missing:
        raise AssetsMissing("\n  ".join(["run `npm ci` first; not found:", *missing]))
    for target, source in copies.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    keep_swagger_at_home(VENDOR / "swagger-ui-bundle.js")


def keep_swagger_at_home(bundle: Path) -> None:
    """Take the one address out that Swagger UI would call by itself."""
    script = bundle.read_bytes()
    if VALIDATOR not in script:
        raise AssetsMissing(f"{bundle.name} has changed: look for its validator address again")
    bundle.write_bytes(script.replace(VALIDATOR, b"none"))


if __name__ == "__main__":
    try:
        copy_assets()
    except AssetsMissing as missing:
        sys.exit(f"app.assets: {missing}")
