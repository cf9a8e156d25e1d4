"""The container files agree with nginx.conf, the settings and the repository. No container engine runs in the tests."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import streamlit.config
import yaml

from deploy import supervise
from hiring.web.pages import projects
from hiring.web.server import logs, page_head
from tests.deploy import container
from tests.deploy.conftest import REPLICAS
from tests.server import ROOT

DEPLOY = ROOT / "deploy"
NGINX = (DEPLOY / "nginx.conf").read_text()
SERVER = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())["server"]
FILE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
COMPOSE, NETWORKS = FILE["services"], FILE["networks"]
NGINX_COMMAND = ["nginx", "-c", "/etc/hiring/nginx.conf", "-e", "/dev/stderr", "-g", "daemon off;"]
LISTENS = int(re.findall(r"listen (\d+)", NGINX)[0])


def test_each_replica_of_nginx_conf_is_in_the_compose_file() -> None:
    assert {f"{name}:{its['environment']['STREAMLIT_SERVER_PORT']}" for name, its in COMPOSE.items()
            if name != "nginx"} == set(REPLICAS)
    assert set(COMPOSE["nginx"]["depends_on"]) == {name.split(":")[0] for name in REPLICAS}


def test_every_upstream_names_every_replica_and_the_cookie_its_own_first() -> None:
    upstreams = {name: re.findall(r"server (\S+?)[ ;](.*)", body)
                 for name, body in re.findall(r"upstream (\w+) \{(.*?)\}", NGINX, re.DOTALL)}
    assert all({replica for replica, _ in servers} == set(REPLICAS) for servers in upstreams.values())
    cookies = dict(re.findall(r"^ +(\d+) (replica_\d+);$", NGINX, re.MULTILINE))
    assert set(cookies) == set(REPLICAS.values())
    for port, upstream in cookies.items():
        (home,) = (replica for replica, shown in upstreams[upstream] if "backup" not in shown)
        assert home.endswith(f":{port}")


def test_the_containers_ports_are_those_that_others_ask_for() -> None:
    assert container.last("EXPOSE") == container.settings()["STREAMLIT_SERVER_PORT"]
    assert COMPOSE["nginx"]["ports"] == [f"127.0.0.1:{LISTENS}:{LISTENS}"]
    assert f":{LISTENS}/healthz" in COMPOSE["nginx"]["healthcheck"]["test"][-1]
    (gateway,) = (its["gateway"] for its in NETWORKS["outside"]["ipam"]["config"])
    assert f"set_real_ip_from {gateway};" in NGINX


def test_checks_ask_for_addresses_that_the_app_has() -> None:
    assert SERVER["scriptHealthCheckEnabled"] is True
    assert "/_stcore/script-health-check" in container.last("HEALTHCHECK")
    assert "location = /healthz { proxy_pass http://$pool/_stcore/health; }" in NGINX


def test_a_container_gives_its_server_longer_to_stop_than_the_supervisor_does() -> None:
    for name, its in COMPOSE.items():
        if name != "nginx":
            assert int(its["stop_grace_period"].removesuffix("s")) > supervise.SECONDS["HIRING_STOP_SECONDS"]


def test_the_image_is_made_of_pinned_packages_and_of_files_that_exist() -> None:
    (install,) = (shown for name, shown in container.instructions() if name == "RUN" and "--requirement" in shown)
    assert "--require-hashes" in install
    assert "--only-binary :all:" in install
    ignored = (DEPLOY / "Containerfile.dockerignore").read_text().splitlines()
    let_in = {line.removeprefix("!") for line in ignored if line.startswith("!")}
    copied = {name for instruction, shown in container.instructions() if instruction == "COPY" and "--from" not in shown
              for name in shown.split()[:-1]}
    assert copied == let_in
    assert all((ROOT / name).exists() for name in copied)
    imported = {line.split()[1].split(".")[0] for line in (ROOT / "app.py").read_text().splitlines()
                if line.startswith(("from ", "import "))}
    assert imported - {"streamlit"} <= copied


def test_nothing_runs_as_root_or_writes_outside_of_its_temporary_folder() -> None:
    assert container.last("USER").split(":")[0] != "0"
    for shown in COMPOSE.values():
        assert (shown["read_only"], shown["cap_drop"]) == (True, ["ALL"])
        assert shown["security_opt"] == ["no-new-privileges:true"]
    written = {path.rsplit("/", 1)[0] for path in re.findall(r"(?:pid|_temp_path) (/\S+);", NGINX)}
    assert written == {"/tmp/nginx"}
    for name, its in COMPOSE.items():
        assert [place.split(":")[0] for place in its["tmpfs"]] == ["/tmp/nginx" if name == "nginx" else "/tmp"]


def test_nginx_starts_with_the_shipped_configuration() -> None:
    assert COMPOSE["nginx"]["command"] == NGINX_COMMAND
    assert COMPOSE["nginx"]["volumes"] == ["./nginx.conf:/etc/hiring/nginx.conf:ro"]


def test_the_limits_of_nginx_of_the_settings_and_of_the_page_agree() -> None:
    assert SERVER["maxUploadSize"] == projects.LARGEST_UPLOAD_MB
    location = NGINX.split("location /_stcore/upload_file/ {")[1].split("}")[0]
    assert f"client_max_body_size {projects.LARGEST_UPLOAD_MB + 1}m;" in location


def test_the_log_names_the_pages_that_there_are() -> None:
    pages = set(re.findall(r'url_path="([a-z-]+)"', (ROOT / "app.py").read_text())) - {"decide"}
    (named,) = re.findall(r'"~\^/\(([a-z|-]+)\)\?\$" \$uri;', NGINX)
    assert set(named.split("|")) == {"answer", *pages}  # the first answer is no page


def test_every_setting_in_the_readme_exists_and_each_that_is_used_is_told() -> None:
    shown = set(re.findall(r"^\| `([A-Z_]+)` \|", (DEPLOY / "README.md").read_text(), re.MULTILINE))
    known = {option.env_var for option in streamlit.config.get_config_options(force_reparse=False).values()}
    assert {name for name in shown if name.startswith("STREAMLIT_")} <= known
    assert shown - known == {logs.LEVEL, page_head.SITE, *supervise.SECONDS}
    used = {name for name in container.settings() if name.startswith("STREAMLIT_")}
    used |= {name for its in COMPOSE.values() for name in its.get("environment", {})}
    assert used <= shown
