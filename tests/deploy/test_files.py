"""The container file and the manifests agree with nginx.conf, the settings and the repository. No container engine and
no cluster runs in the tests."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from typing import Any

import pytest
import streamlit.config
import yaml

from hiring.dashboard import logs, projects
from tests.deploy import container
from tests.deploy.conftest import REPLICAS
from tests.server import ROOT

DEPLOY = ROOT / "deploy"
NGINX = (DEPLOY / "nginx.conf").read_text()
SERVER = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())["server"]
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
OBJECTS: list[dict[str, Any]] = list(yaml.safe_load_all((DEPLOY / "kubernetes.yaml").read_text()))
NGINX_COMMAND = ["nginx", "-c", "/etc/hiring/nginx.conf", "-e", "/dev/stderr", "-g", "daemon off;"]
LISTENS = int(re.findall(r"listen (\d+)", NGINX)[0])


def found(kind: str, name: str) -> dict[str, Any]:
    (it,) = (it for it in OBJECTS if (it["kind"], it["metadata"]["name"]) == (kind, name))
    return it["spec"]


def pod(kind: str, name: str) -> dict[str, Any]:
    return found(kind, name)["template"]["spec"]


def test_each_replica_of_nginx_conf_is_in_the_compose_file_and_in_the_manifest() -> None:
    assert {f"{name}:{told['environment']['STREAMLIT_SERVER_PORT']}" for name, told in COMPOSE.items()
            if name != "nginx"} == set(REPLICAS)
    ports = {it["metadata"]["name"]: it["spec"]["ports"][0]["port"] for it in OBJECTS
             if it["kind"] == "Service" and "statefulset.kubernetes.io/pod-name" in it["spec"]["selector"]}
    assert {f"{name}:{port}" for name, port in ports.items()} == set(REPLICAS)
    assert all(found("Service", name)["selector"]["statefulset.kubernetes.io/pod-name"] == name for name in ports)
    assert found("StatefulSet", "hiring")["replicas"] == len(REPLICAS) >= 2
    assert set(COMPOSE["nginx"]["depends_on"]) == {name.split(":")[0] for name in REPLICAS}


def test_every_upstream_names_every_replica_and_the_cookie_its_own_first() -> None:
    upstreams = {name: re.findall(r"server (\S+?)[ ;](.*)", body)
                 for name, body in re.findall(r"upstream (\w+) \{(.*?)\}", NGINX, re.DOTALL)}
    assert all({replica for replica, _ in servers} == set(REPLICAS) for servers in upstreams.values())
    cookies = dict(re.findall(r"^ +(\d+) (replica_\d+);$", NGINX, re.MULTILINE))
    assert set(cookies) == set(REPLICAS.values())
    for port, upstream in cookies.items():
        (home,) = (replica for replica, told in upstreams[upstream] if "backup" not in told)
        assert home.endswith(f":{port}")


def test_the_containers_ports_are_those_that_others_ask_for() -> None:
    port = int(container.settings()["STREAMLIT_SERVER_PORT"])
    (app,), (nginx,) = pod("StatefulSet", "hiring")["containers"], pod("Deployment", "nginx")["containers"]
    assert int(container.last("EXPOSE")) == port == app["ports"][0]["containerPort"]
    assert nginx["ports"][0]["containerPort"] == LISTENS
    assert COMPOSE["nginx"]["ports"] == [f"127.0.0.1:{LISTENS}:{LISTENS}"]
    assert f":{LISTENS}/healthz" in COMPOSE["nginx"]["healthcheck"]["test"][-1]
    services = [it["spec"] for it in OBJECTS if it["kind"] == "Service"]
    assert {service["ports"][0]["targetPort"] for service in services} == {app["ports"][0]["name"]}
    (allowed,) = found("NetworkPolicy", "hiring")["ingress"]
    assert allowed["ports"] == [{"protocol": "TCP", "port": port}]


def test_probes_ask_for_addresses_that_the_app_has() -> None:
    (app,) = pod("StatefulSet", "hiring")["containers"]
    paths = {probe: app[probe]["httpGet"]["path"] for probe in ("startupProbe", "readinessProbe", "livenessProbe")}
    assert paths == {"startupProbe": "/_stcore/script-health-check", "readinessProbe": "/_stcore/health",
                     "livenessProbe": "/_stcore/health"}
    assert SERVER["scriptHealthCheckEnabled"] is True
    assert "/_stcore/script-health-check" in container.last("HEALTHCHECK")
    assert "location = /healthz { proxy_pass http://any_replica/_stcore/health; }" in NGINX


def test_the_image_is_made_of_pinned_packages_and_of_files_that_exist() -> None:
    (install,) = (told for name, told in container.instructions() if name == "RUN" and "--requirement" in told)
    assert "--require-hashes" in install
    assert "--only-binary :all:" in install
    ignored = (DEPLOY / "Containerfile.dockerignore").read_text().splitlines()
    let_in = {line.removeprefix("!") for line in ignored if line.startswith("!")}
    copied = {name for instruction, told in container.instructions() if instruction == "COPY" and "--from" not in told
              for name in told.split()[:-1]}
    assert copied == let_in
    assert all((ROOT / name).exists() for name in copied)
    imported = {line.split()[1].split(".")[0] for line in (ROOT / "app.py").read_text().splitlines()
                if line.startswith(("from ", "import "))}
    assert imported - {"streamlit"} <= copied


def test_nothing_runs_as_root_or_writes_outside_of_its_temporary_folder() -> None:
    assert container.last("USER").split(":")[0] != "0"
    for kind, name in (("StatefulSet", "hiring"), ("Deployment", "nginx")):
        spec = pod(kind, name)
        assert spec["securityContext"]["runAsNonRoot"] is True
        assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        assert spec["automountServiceAccountToken"] is False
        (its,) = spec["containers"]
        assert its["securityContext"] == {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True,
                                          "capabilities": {"drop": ["ALL"]}}
        assert its["resources"]["limits"].keys() == {"cpu", "memory"}
    assert container.last("USER") == "{runAsUser}:{runAsGroup}".format(
        **pod("StatefulSet", "hiring")["securityContext"])
    for told in COMPOSE.values():
        assert (told["read_only"], told["cap_drop"]) == (True, ["ALL"])
        assert told["security_opt"] == ["no-new-privileges:true"]
    written = {path.rsplit("/", 1)[0] for path in re.findall(r"(?:pid|_temp_path) (/\S+);", NGINX)}
    assert written == {"/tmp/nginx"}
    assert {mount["mountPath"] for mount in pod("Deployment", "nginx")["containers"][0]["volumeMounts"]} >= written
    assert [told.split(":")[0] for told in COMPOSE["nginx"]["tmpfs"]] == ["/tmp/nginx"]


def test_one_nginx_conf_serves_both_and_both_start_it_alike() -> None:
    kustomization = yaml.safe_load((DEPLOY / "kustomization.yaml").read_text())
    (settings,) = kustomization["configMapGenerator"]
    assert settings["files"] == ["nginx.conf"]
    assert all((DEPLOY / name).exists() for name in kustomization["resources"])
    spec = pod("Deployment", "nginx")
    assert {"name": "settings", "configMap": {"name": settings["name"]}} in spec["volumes"]
    assert spec["containers"][0]["volumeMounts"][0]["mountPath"] == "/etc/hiring"
    assert spec["containers"][0]["command"] == NGINX_COMMAND == COMPOSE["nginx"]["command"]
    assert COMPOSE["nginx"]["volumes"] == ["./nginx.conf:/etc/hiring/nginx.conf:ro"]
    assert spec["containers"][0]["image"] == COMPOSE["nginx"]["image"]


def test_every_reference_within_the_manifest_leads_somewhere() -> None:
    labels = {name: found(kind, name)["template"]["metadata"]["labels"]["app"]
              for kind, name in (("StatefulSet", "hiring"), ("Deployment", "nginx"))}
    for kind, name in (("StatefulSet", "hiring"), ("Deployment", "nginx")):
        assert found(kind, name)["selector"]["matchLabels"] == {"app": labels[name]}
        volumes = {volume["name"] for volume in pod(kind, name)["volumes"]}
        assert {mount["name"] for mount in pod(kind, name)["containers"][0]["volumeMounts"]} == volumes
    for it in OBJECTS:
        if it["kind"] in ("Service", "PodDisruptionBudget", "NetworkPolicy"):
            selector = it["spec"].get("selector") or it["spec"]["podSelector"]
            assert selector.get("matchLabels", selector)["app"] in labels.values()
    (allowed,) = found("NetworkPolicy", "hiring")["ingress"]
    assert allowed["from"] == [{"podSelector": {"matchLabels": {"app": labels["nginx"]}}}]
    assert found("NetworkPolicy", "hiring")["egress"] == []
    assert found("Service", found("StatefulSet", "hiring")["serviceName"])["clusterIP"] == "None"


def test_the_limits_of_nginx_of_the_settings_and_of_the_page_agree() -> None:
    assert SERVER["maxUploadSize"] == projects.LARGEST
    location = NGINX.split("location /_stcore/upload_file/ {")[1].split("}")[0]
    assert f"client_max_body_size {projects.LARGEST + 1}m;" in location


def test_the_log_names_the_pages_that_there_are() -> None:
    pages = set(re.findall(r'url_path="([a-z-]+)"', (ROOT / "app.py").read_text())) - {"decide"}
    (named,) = re.findall(r'"~\^/\(([a-z|-]+)\)\?\$" \$uri;', NGINX)
    assert set(named.split("|")) == pages


def test_every_setting_in_the_readme_exists_and_each_that_is_used_is_told() -> None:
    told = set(re.findall(r"^\| `([A-Z_]+)` \|", (DEPLOY / "README.md").read_text(), re.MULTILINE))
    known = {option.env_var for option in streamlit.config.get_config_options(force_reparse=False).values()}
    assert {name for name in told if name.startswith("STREAMLIT_")} <= known
    assert told - known == {logs.LEVEL}
    used = {name for name in container.settings() if name.startswith("STREAMLIT_")}
    used |= {name for its in COMPOSE.values() for name in its.get("environment", {})}
    used |= {it["name"] for it in pod("StatefulSet", "hiring")["containers"][0]["env"]}
    assert used <= told


@pytest.mark.skipif(shutil.which("kubectl") is None, reason="kubectl was not found; it renders the manifest")
def test_the_manifest_renders_with_nginx_conf_in_it() -> None:
    rendered = subprocess.run(["kubectl", "kustomize", str(DEPLOY)], check=True, capture_output=True, text=True).stdout
    objects = list(yaml.safe_load_all(rendered))
    (settings,) = (it for it in objects if it["kind"] == "ConfigMap")
    assert settings["data"]["nginx.conf"] == NGINX
    assert len(objects) == len(OBJECTS) + 1
    (nginx,) = (it for it in objects if it["kind"] == "Deployment")
    assert nginx["spec"]["template"]["spec"]["volumes"][0]["configMap"]["name"] == settings["metadata"]["name"]
