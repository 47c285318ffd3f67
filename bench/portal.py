"""Pages per second of the public site: uncached, and behind nginx with the configuration of deploy/.

Usage: python bench/portal.py [--publications 100000] [--seconds 10]

Each kind of page is asked for in turn over many addresses by wrk on the same machine: (a) from two gunicorn workers,
(b) through nginx with the cache of deploy/nginx.conf, beside (c) bare Django views over the same tables, and
(d) nginx serving the bytes of the same pages as static files. Ratios are (a) to (c) and (b) to (d), all from one run.
Needs Debian's nginx and wrk.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[1]
WORK = ROOT / "var" / "bench" / "portal"
APP, BARE, CACHE, STATIC = 8701, 8702, 8703, 8704
ADDRESSES = 400
"""How many different pages of a kind are asked for."""
QUERIES = ("公积金", "义务教育 招生", "“实施方案”", "预算", "通知 2024", "应急预案", "补贴 标准", "公示 -结果")


def environment(publications: int) -> dict[str, str]:
    """The settings of a server, on its own data."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "gongkai.settings.production",
        "GONGKAI_SECRET_KEY": "bench-only-0123456789-abcdefghijklmnopqrstuvwxyz-XYZ",
        "GONGKAI_HOSTS": "127.0.0.1",
        "GONGKAI_HTTPS": "0",
        "GONGKAI_DATA": str(WORK / str(publications)),
        "GONGKAI_LOG_LEVEL": "ERROR",
        "PYTHONPATH": str(ROOT / "bench"),
    }


def prepare(publications: int, env: dict[str, str]) -> None:
    """Tables and static files as they are now; publications and the index, made once and kept."""
    for command in (["migrate", "--verbosity", "0"], ["collectstatic", "--no-input", "--verbosity", "0"]):
        subprocess.run([sys.executable, "-m", "gongkai.manage", *command], env=env, check=True)
    stamp = Path(env["GONGKAI_DATA"]) / "bench.stamp"
    if stamp.exists():
        return
    code = f"import django; django.setup(); import portal_data; portal_data.fill({publications})"
    subprocess.run([sys.executable, "-c", code], env=env, check=True)
    stamp.write_text("")


@contextmanager
def serving(command: list[str], port: int, env: dict[str, str] | None = None) -> Iterator[None]:
    """Runs a server until the block ends."""
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield
    finally:
        process.terminate()
        process.wait(20)


def wait_for(port: int) -> None:
    """Returns when something answers on the port."""
    for _ in range(150):
        try:
            httpx.get(f"http://127.0.0.1:{port}/", timeout=5)
        except httpx.TransportError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit(f"nothing answers on port {port}")


def gunicorn(application: str, port: int) -> list[str]:
    """Two workers."""
    options = ["--workers", "2", "--bind", f"127.0.0.1:{port}", "--log-level", "error"]
    return [sys.executable, "-m", "gunicorn", application, *options]


def nginx(name: str, port: int, servers: str) -> list[str]:
    """nginx in the foreground with its own folder."""
    folder = WORK / name
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "nginx.conf"
    path.write_text(
        f"daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;\n"
        f"events {{ worker_connections 1024; }}\nhttp {{ access_log off; include /etc/nginx/mime.types;\n"
        f"client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;\n"
        f"uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;\n{servers}\n}}\n"
    )
    return ["nginx", "-c", str(path)]


def deployed(data: str) -> str:
    """The configuration of deploy/ with this run's addresses."""
    text = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    text = text.replace("127.0.0.1:8000", f"127.0.0.1:{APP}").replace("listen 80;", f"listen 127.0.0.1:{CACHE};")
    return text.replace("/var/cache/nginx/gongkai", f"{WORK}/cache").replace("/srv/gongkai", data)


def pages() -> dict[str, list[str]]:
    """The addresses of each kind of page, taken from the site itself."""
    client = httpx.Client(base_url=f"http://127.0.0.1:{APP}", timeout=30)
    found: list[str] = []
    page = 1
    while len(found) < ADDRESSES and page < 60:
        text = client.get(f"/catalogue/?page={page}").text
        found += re.findall(r'href="(/p/\d+/)"', text)
        page += 1
    return {
        "home": ["/"],
        "list": [f"/latest/?page={n}" for n in range(1, 41)],
        "policies": [f"/policies/?page={n}" for n in range(1, 41)],
        "catalogue": [f"/catalogue/?page={n}" for n in range(1, 41)],
        "publication": list(dict.fromkeys(found))[:ADDRESSES],
        "search": [str(httpx.URL("/search/", params={"q": q})) for q in QUERIES],
    }


def rate(port: int, addresses: list[str], seconds: int) -> float:
    """Requests per second by wrk over the addresses in turn; stops the run where an answer is no 200."""
    script = WORK / "ask.lua"
    quoted = ",".join(f'"{a}"' for a in addresses)
    script.write_text(
        f"local a={{{quoted}}}\nlocal i=0\nrequest=function() i=i%#a+1 return wrk.format('GET',a[i]) end\n"
    )
    run = subprocess.run(
        ["wrk", "-t1", "-c8", f"-d{seconds}s", "-s", str(script), f"http://127.0.0.1:{port}"],
        capture_output=True,
        text=True,
        check=True,
    )
    if "Non-2xx" in run.stdout:
        raise SystemExit(f"not every answer on port {port} was 200:\n{run.stdout}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", run.stdout)[1])  # type: ignore[index]


def save_static(kinds: dict[str, list[str]]) -> dict[str, list[str]]:
    """The bytes of the same pages as files; returns their addresses."""
    folder = WORK / "static"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    client = httpx.Client(base_url=f"http://127.0.0.1:{APP}", timeout=30)
    saved = {}
    for kind, addresses in kinds.items():
        saved[kind] = [f"/{kind}-{i}.html" for i in range(len(addresses))]
        for name, address in zip(saved[kind], addresses, strict=True):
            (folder / name[1:]).write_bytes(client.get(address).content)
    return saved


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--publications", type=int, default=100_000)
    parser.add_argument("--seconds", type=int, default=10)
    options = parser.parse_args()
    missing = [tool for tool in ("nginx", "wrk") if shutil.which(tool) is None]
    if missing:
        print(f"left out: install Debian's {' and '.join(missing)} to measure the site")
        return
    WORK.mkdir(parents=True, exist_ok=True)
    env = environment(options.publications)
    prepare(options.publications, env)
    figures: dict[tuple[str, str], float] = {}
    with serving(gunicorn("gongkai.wsgi", APP), APP, env):
        kinds = pages()
        static = save_static(kinds)
        for kind, addresses in kinds.items():
            figures["uncached", kind] = rate(APP, addresses, options.seconds)
        with serving(nginx("front", CACHE, deployed(env["GONGKAI_DATA"])), CACHE):
            for kind, addresses in kinds.items():
                rate(CACHE, addresses, 2)
                figures["cached", kind] = rate(CACHE, addresses, options.seconds)
    with serving(gunicorn("bare:application", BARE), BARE, env):
        figures["bare", "publication"] = rate(BARE, kinds["publication"], options.seconds)
        figures["bare", "list"] = rate(BARE, ["/"], options.seconds)
    server = f"server {{ listen 127.0.0.1:{STATIC}; root {WORK}/static; location = / {{ return 204; }} }}"
    with serving(nginx("plain", STATIC, server), STATIC):
        for kind, addresses in static.items():
            figures["static", kind] = rate(STATIC, addresses, options.seconds)
    show(figures, kinds, options.publications)


def show(figures: dict[tuple[str, str], float], kinds: dict[str, list[str]], publications: int) -> None:
    """Prints a line for each kind of page."""
    print(f"{publications:,} publications; pages a second, two workers, load from the same machine")
    print(f"{'':12} {'uncached':>10} {'bare view':>10} {'ratio':>6} {'cached':>10} {'static':>10} {'ratio':>6}")
    for kind in kinds:
        plain, cached, static = (figures[name, kind] for name in ("uncached", "cached", "static"))
        bare = figures.get(("bare", kind))
        ratio = f"{plain / bare:6.2f}" if bare else f"{'–':>6}"
        print(f"{kind:12} {plain:10.0f} {bare or 0:10.0f} {ratio} {cached:10.0f} {static:10.0f} {cached / static:6.2f}")


if __name__ == "__main__":
    main()
