"""Every page with a year of data behind it: accessible, no overflow, nothing in the console."""

import os
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from app.demo.accounts import DEMO_PASSWORD
from app.demo.run import make_demo
from kernel import clock
from kernel.database import fetch, snapshot

AXE = Axe()

OF_ONE_THING = {
    "donation": "SELECT code FROM donation WHERE state = 'logged' LIMIT 1",
    "received": "SELECT code FROM donation WHERE state = 'received' LIMIT 1",
    "organization": "SELECT code FROM organization LIMIT 1",
    "product": "SELECT code FROM product LIMIT 1",
    "lot": "SELECT lot.code FROM lot JOIN parcel_line ON parcel_line.lot = lot.id LIMIT 1",
    "case": "SELECT code FROM case_file LIMIT 1",
    "packed": "SELECT code FROM parcel WHERE state = 'packed' LIMIT 1",
    "handed": "SELECT code FROM parcel WHERE state = 'handed_over' LIMIT 1",
}

PAGES = (
    "/", "/counter", "/stock", "/lots", "/places", "/donations", "/donations/new",
    "/organizations", "/organizations/new", "/products/new", "/parcels", "/staff", "/staff/tokens",
    "/staff/audit", "/me", "/search?q=さば", "/search?q=zzz", "/nowhere",
    "/donations/{donation}", "/donations/{received}", "/organizations/{organization}",
    "/organizations/{organization}/edit", "/products/{product}", "/products/{product}/edit",
    "/lots/{lot}", "/cases/{case}", "/cases/{case}/parcels/new", "/parcels/{packed}",
    "/parcels/{handed}", "/parcels/{packed}/packing-list",
)  # fmt: skip

pytestmark = pytest.mark.skipif(
    os.environ["FOODBANK_DATABASE_URL"].startswith("postgres"),
    reason="what the browser shows does not depend on the engine",
)

codes: dict[str, str] = {}


async def prepare() -> None:
    await make_demo(clock.today())
    async with snapshot():
        for name, sql in OF_ONE_THING.items():
            codes[name] = (await fetch(sql))[0]["code"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_every_page(browser: Browser, site: Any, width: int, scheme: Any) -> None:
    url = site(prepare)
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, locale="ja-JP"
    )
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
    elsewhere: list[str] = []
    page.on("request", lambda r: None if r.url.startswith(url) else elsewhere.append(r.url))
    faults = faults_of(page, f"{url}/sign-in")
    page.get_by_label("ログイン名").fill("kanri")
    page.get_by_label("パスワード").fill(DEMO_PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{url}/")
    for path in PAGES:
        faults += faults_of(page, url + path.format(**codes))
    context.close()
    assert faults == []
    assert elsewhere == []
    assert [text for text in said if "/nowhere" not in text] == []


def faults_of(page: Page, url: str) -> list[str]:
    answer = page.goto(url)
    assert answer is not None
    faults = [] if answer.status in (200, 404) else [f"{url}: status {answer.status}"]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        faults.append(f"{url}: wider than the window")
    found = AXE.run(page)
    for violation in found.response["violations"]:
        where = violation["nodes"][0]["html"][:120]
        faults.append(f"{url}: {violation['id']} at {where}")
    return faults
