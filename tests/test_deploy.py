"""The examples of deploy/ fit the limits of the product that they serve."""

import re
from pathlib import Path

from cockpit import intake
from etl.reading import child

DEPLOY = Path(__file__).resolve().parents[1] / "deploy"
SERVICE = (DEPLOY / "cockpit.service").read_text("utf-8").splitlines()
NGINX = (DEPLOY / "nginx.conf").read_text("utf-8")


def test_one_file_cannot_take_the_memory_of_the_service() -> None:
    [most] = [
        int(line.removeprefix("MemoryMax=").removesuffix("G")) for line in SERVICE if "MemoryMax" in line
    ]
    assert most * 1024**3 > 2 * child.MOST_MEMORY
    assert "OOMPolicy=continue" in SERVICE


def test_a_restart_leaves_what_is_being_published_alone() -> None:
    assert "KillMode=process" in SERVICE


def test_the_page_refuses_a_large_file_before_the_proxy_does() -> None:
    [most] = re.findall(r"client_max_body_size (\d+)m;", NGINX)
    assert int(most) > intake.LARGEST_MB


def test_the_proxy_passes_the_port_on() -> None:
    """Streamlit compares the Origin that a browser sends, with its port, with the Host."""
    hosts = re.findall(r"proxy_set_header Host (\S+);", NGINX)
    assert hosts and set(hosts) == {"$http_host"}
