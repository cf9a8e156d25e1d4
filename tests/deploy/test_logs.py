"""What is written down of a visit: enough to operate the site, and nothing about the project or the person."""

from __future__ import annotations

import json
import signal

from hiring import ProjectNeeds
from tests.deploy.conftest import Site
from tests.deploy.manager import Manager

FIELDS = {"time", "request_id", "method", "place", "status", "seconds", "bytes", "received", "network", "asked",
          "replica", "replica_status", "replica_seconds"}
SENDER = "127.9.8.7"
SECRETS = ("98765432", "98765.432", "876543219", "765432198", "hidden-project", "hidden-file", "hidden-cookie",
           "hidden-agent", "hidden-host", SENDER)


def visited(site: Site) -> None:
    """Every kind of request, with what must not be written down wherever a request has room for it."""
    for path in ("/", "/decide", "/hidden-project", "/decide/", "/_stcore/health", "/_stcore/metrics", "/healthz",
                 "/media/hidden-file.csv", "/static/hidden-file.js", "/_stcore/stream", "/_stcore/hidden-file"):
        site.ask(f"{path}?budget_usd=98765432", sender=SENDER, Referer="http://hidden-host/?budget_usd=876543219",
                 Cookie="replica=hidden-cookie; other=hidden-cookie", User_Agent="hidden-agent",
                 X_Forwarded_For="hidden-host")
    site.ask("/_stcore/upload_file/hidden-project/hidden-file?765432198", "PUT", b"98765432", SENDER)
    site.ask("/_stcore/upload_file/hidden-project/hidden-file", "PUT", sender=SENDER, Content_Length="999999999")
    site.ask("/?budget_usd=98765432", "POST", b"x" * 5_000, SENDER)
    site.ask(f"/?budget_usd=98765432&{'x' * 20_000}", sender=SENDER)
    site.ask("/%00?budget_usd=98765432", sender=SENDER)


def worked(site: Site) -> None:
    """A manager reads a verdict and changes something, as a browser would."""
    manager = Manager(site.port, ProjectNeeds(project="hidden-project", budget_usd=98_765_432))
    manager.change(4)
    assert manager.seen == manager.expected
    manager.close()


def shown(site: Site) -> list[str]:
    logs = site.logs()
    return [secret for secret in SECRETS if secret in logs]


def test_no_log_holds_a_budget_a_name_a_path_or_an_address_even_when_replicas_are_dead(own_site: Site) -> None:
    visited(own_site)
    worked(own_site)
    first, second = list(own_site.processes)
    own_site.end(first, signal.SIGKILL)
    visited(own_site)
    worked(own_site)
    own_site.end(second, signal.SIGKILL)
    visited(own_site)
    assert {line["status"] for line in own_site.requests()} >= {101, 200, 301, 403, 404, 413, 414, 503}
    assert shown(own_site) == []


def test_a_line_says_when_what_kind_and_how_it_went(site: Site) -> None:
    answer = site.ask("/evidence?budget_usd=1", sender=SENDER)
    line = site.line(answer)
    assert set(line) == FIELDS
    assert (line["method"], line["place"], line["status"], line["network"]) == ("GET", "/evidence", 200, "127.9.8.0")
    assert line["replica"].rsplit(":", 1)[1] in site.processes
    assert line["asked"] == line["replica"]
    assert line["replica_status"] == "200"
    assert {json.dumps(line[name])[0] for name in ("status", "seconds", "bytes", "received")} <= set("0123456789")


def test_a_line_of_a_path_that_nobody_published_says_other(site: Site) -> None:
    for path in ("/hidden-project", "/decide/hidden-project", "/Evidence", "/decide.php", "/_stcore/hidden-project"):
        assert site.line(site.ask(path))["place"] == "other", path
