"""`python -m benchmarks.failover`: two replicas behind nginx, managers at work, and a replica that ends. How long those
that it served wait until they go on, what they type again, and what nginx could not answer. Needs nginx."""

from __future__ import annotations

import argparse
import signal
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from threading import Event
from typing import NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.measure import machine
from tests.browser.conftest import IDLE, opened
from tests.conftest import CHROMIUM
from tests.deploy.conftest import NGINX, Site, deployed
from tests.deploy.manager import Manager, project

MANAGERS = 10
PAUSE = 5.0  # seconds between two changes of a manager
BEFORE, AFTER = 10.0, 30.0  # seconds at work around the end
ENDS = ((signal.SIGKILL, "killed"), (signal.SIGTERM, "asked to stop"))


class Work(NamedTuple):
    """What a manager read: answers, and of them those that were another's or another question's."""

    answers: int
    wrong: int


def works(manager: Manager, stop: Event) -> Work:
    """Change the form every `PAUSE` seconds, read the answer, and compare it with one worked out here."""
    answers = wrong = 0
    while not stop.wait(PAUSE):
        answers += 1
        manager.change(1 + answers % 40 / 10)
        wrong += manager.seen != manager.expected
    return Work(answers, wrong)


@contextmanager
def window() -> Iterator[Browser | None]:
    if CHROMIUM is None:
        yield None
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def returned(page: Page, away_from: str, began: float) -> float:
    """Seconds from `began` until an idle page stands again, from another replica, without its reader doing anything."""
    def replica() -> str:
        return next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "replica")

    while replica() == away_from and time.monotonic() < began + 120:
        page.wait_for_timeout(20)
    page.wait_for_selector('[data-test-connection-state="CONNECTED"]', timeout=60_000)
    page.wait_for_timeout(50)
    page.wait_for_selector(IDLE, timeout=60_000)
    return time.monotonic() - began


def failed_over(site: Site, browser: Browser | None, count: int, end: signal.Signals) -> list[str]:
    """What happened when one of two warm replicas ended, as lines to print."""
    with ThreadPoolExecutor(count) as pool:
        managers = list(pool.map(partial(Manager, site.port), map(project, range(count))))
        page = browser.new_page() if browser else None
        if page:
            opened(page, f"{site.address}?developers=3")
        ends = managers[0].replica if page is None else next(
            cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "replica")
        stop = Event()
        work = [pool.submit(works, manager, stop) for manager in managers]
        time.sleep(BEFORE)
        before, began = len(site.requests()), time.monotonic()
        site.end(ends, end)
        back = returned(page, ends, began) if page else None
        time.sleep(max(0, began + AFTER - time.monotonic()))
        stop.set()
        read = [task.result() for task in work]
    waits = [wait for manager in managers for wait in manager.waits]
    for manager in managers:
        manager.close()
    if page:
        page.close()
    requests = site.requests()[before:]
    shown = f"{statistics.median(waits):.2f} s (lowest {min(waits):.2f}, highest {max(waits):.2f})" if waits else "none"
    return [f"managers cut off                        {len(waits)} of {count}",
            f"  until the link stood again            {shown}",
            f"  changes typed again                   {len(waits)}",
            "a browser's page stood again after      " + ("no browser found" if back is None else f"{back:.2f} s"),
            f"answers read                            {sum(it.answers for it in read)}, "
            f"of them wrong or another's {sum(it.wrong for it in read)}",
            f"requests after the end                  {len(requests)}, not answered (5xx) "
            f"{sum(it['status'] >= 500 for it in requests)}, tried a second time "
            f"{sum(',' in it['replica'] for it in requests)}"]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.failover", description=__doc__)
    parser.add_argument("managers", nargs="?", type=int, default=MANAGERS, help=f"{MANAGERS} unless told")
    count = parser.parse_args().managers
    if NGINX is None:
        raise SystemExit("No nginx was found; on Debian, `apt-get install nginx-light` brings one.")
    print(f"{machine()}\n{count} managers, each with a change every {PAUSE:.0f} s, on two replicas\n")
    with window() as browser:
        for end, name in ENDS:
            with deployed() as site:
                print(f"a replica is {name} ({end.name})", *failed_over(site, browser, count, end), "", sep="\n",
                      flush=True)


if __name__ == "__main__":
    main()
