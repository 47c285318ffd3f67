"""The demo city 云州市 on one's own machine: loaded when it is not there yet, and served."""

from __future__ import annotations

import hashlib
import os
import socket
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from gongkai.cli.words import gettext as _

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.settings.demo")

HOST = "127.0.0.1"


def prepare() -> None:
    """Makes the tables and loads the city; a second call finds the stamp of the first and does nothing."""
    stamp = _data() / "demo.stamp"
    version = _version()
    if stamp.is_file() and stamp.read_text("utf-8") == version and _database_there():
        return
    import django

    django.setup()
    started = time.monotonic()
    print(_("正在准备演示城市云州市，第一次大约需要一分钟……"), flush=True)
    stamp.unlink(missing_ok=True)
    reports, publications = _load()
    stamp.write_text(version, "utf-8")
    used = time.monotonic() - started
    words = _("已就绪：%(publications)s 条信息，%(reports)s 份年度报告，用时 %(seconds)s 秒。")
    print(words % {"publications": publications, "reports": reports, "seconds": f"{used:.0f}"}, flush=True)


def _load() -> tuple[int, int]:
    """Makes the tables while other processes write and read the reports, then stores these and the publications."""
    from gongkai.agencies import demo as agencies
    from gongkai.publishing.demo import loading as publications
    from gongkai.reporting import demo as reports
    from gongkai.reporting.demo_files import write

    with ProcessPoolExecutor(max_workers=min(os.cpu_count() or 1, 4)) as pool:
        # The heaviest agencies first would be no faster: there are many of them, all alike.
        ahead = {order: pool.submit(write, order) for order in reports.orders()}
        _make_tables()
        agencies.load()
        published = publications.load()
        return reports.load(lambda wanted: (ahead[order].result() for order in wanted)), published


def _make_tables() -> None:
    """Brings the tables up to date; a demo whose tables come from another history is set aside and begun anew."""
    from django.core.management import call_command
    from django.db import DatabaseError, connection
    from django.db.migrations.exceptions import InconsistentMigrationHistory

    try:
        call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    except (DatabaseError, InconsistentMigrationHistory):
        database = _data() / "gongkai.sqlite3"
        if connection.vendor != "sqlite" or not database.is_file():
            raise
        connection.close()
        for end in ("", "-wal", "-shm"):
            part = Path(f"{database}{end}")
            if part.exists():
                part.replace(f"{part}.old")
        words = _("原有的演示数据与本版本不兼容，已另存为 %(file)s，重新装载。")
        print(words % {"file": f"{database}.old"}, flush=True)
        call_command("migrate", verbosity=0, interactive=False, skip_checks=True)


def serve(port: int = 8000) -> None:
    """Serves the site on this machine only, with the background worker beside it, until Ctrl+C."""
    if not _free(port):
        words = _("端口 %(port)s 已被占用。请关闭占用它的程序，或换一个端口：gongkai demo --port %(next)s")
        sys.exit(words % {"port": port, "next": port + 1})
    from gunicorn.app.base import BaseApplication

    class Demo(BaseApplication):
        """Gunicorn with our options."""

        def load_config(self) -> None:
            """Sets the options."""
            options = {
                "bind": f"{HOST}:{port}",
                "workers": 1,
                "threads": 8,
                "worker_class": "gthread",
                "preload_app": True,
                "loglevel": "warning",
                "proc_name": "gongkai-demo",
                "control_socket_disable": True,
                "when_ready": lambda _: _announce(port),
                "post_worker_init": lambda _: _start_worker(),
            }
            for name, value in options.items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self) -> Any:
            """The site."""
            from gongkai.wsgi import application

            return application

    Demo().run()


def _start_worker() -> None:
    """Runs the background worker and the clock in threads of the serving process."""
    from gongkai import clock

    def work() -> None:
        from django_tasks_db.management.commands.db_worker import Worker

        while True:
            try:
                Worker(
                    queue_names=["default"],
                    interval=0.5,
                    batch=False,
                    backend_name="default",
                    startup_delay=False,
                    max_tasks=None,
                    worker_id=f"demo-{os.getpid()}",
                    excluded_queue_names=[],
                ).run()
            except Exception as error:
                print(_("后台任务出错，5 秒后重试：%(error)s") % {"error": error}, file=sys.stderr, flush=True)
                time.sleep(5)

    threading.Thread(target=work, name="worker", daemon=True).start()
    clock.start()


def _announce(port: int) -> None:
    from gongkai.agencies.demo import ACCOUNTS, PASSWORD, titles

    site = f"http://{HOST}:{port}"
    rows = (
        (_("公众网站"), f"{site}/"),
        (_("年报体检"), f"{site}/checkup/"),
        (_("年度报告库"), f"{site}/reports/"),
        (_("工作台"), f"{site}/admin/"),
        (_("接口文档"), f"{site}/api/docs"),
    )
    lines = [
        "",
        *(f"  {address:<34} {name}" for name, address in rows),
        "",
        "  " + _("演示账号，密码都是 %(password)s：") % {"password": PASSWORD},
    ]
    lines += [f"    {account.username:<12} {account.name}，{titles(account)}" for account in ACCOUNTS]
    print("\n".join([*lines, "", "  " + _("按 Ctrl+C 停止。"), ""]), flush=True)


def _data() -> Path:
    from gongkai.settings.env import env

    return env.folder("GONGKAI_DATA")


def _version() -> str:
    """Changes with the program, its tables and the demo's content: the next start then brings the data up to date."""
    from gongkai import __version__

    package = Path(__file__).parent
    migrations = sorted(p.relative_to(package).as_posix() for p in package.glob("*/migrations/0*.py"))
    content = [p.read_bytes() for p in sorted([*package.glob("*/demo*.py"), *package.glob("*/demo/*.*")])]
    text = "\n".join([__version__, *migrations]).encode() + b"".join(content)
    return hashlib.sha256(text).hexdigest()


def _database_there() -> bool:
    from gongkai.settings.env import env

    return bool(env.text("DATABASE_URL")) or (_data() / "gongkai.sqlite3").is_file()


def _free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True
