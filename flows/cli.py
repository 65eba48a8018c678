"""The `dateline` command. Commands import what they need when they run, so that the command starts at once."""

import os
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Literal

import typer

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

Warehouse = Annotated[
    Path, typer.Option("--warehouse", envvar="DATELINE_WAREHOUSE", help="Folder of the warehouse.", show_default=True)
]
_DEFAULT = Path("warehouse/data")
Home = Annotated[
    Path, typer.Option("--home", envvar="DATELINE_HOME", help="Folder that paths of the deployments start from.")
]
_HERE = Path()
Notify = Annotated[
    str | None, typer.Option(metavar="TYPE/NAME", help="Prefect notification block that new automations call.")
]


def _show_version(value: bool) -> None:  # noqa: FBT001 - typer's protocol
    if value:
        typer.echo(f"dateline {version('dateline')}")
        raise typer.Exit


@app.callback()
def options(
    *,
    show: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """News stories on conflict and diplomacy, turned into tables: who did what to whom, where, when, how many."""


@app.command()
def run(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Files and folders: .txt, .html, .jsonl(.gz), .warc(.gz). Nothing: the bundled sample articles."
        ),
    ] = None,
    sources: Annotated[
        list[str] | None,
        typer.Option(
            "--sources", help="A file of declared sources (.yml), or a source of seeds/sources.yml; may be repeated."
        ),
    ] = None,
    warehouse: Warehouse = _DEFAULT,
    workers: Annotated[int, typer.Option(min=1, help="Worker processes, each about 600 MB.")] = min(
        2, os.cpu_count() or 1
    ),
    shard_size: Annotated[int, typer.Option(min=1, help="Records a shard.")] = 500,
    wait: Annotated[float, typer.Option(min=0, help="Seconds to wait for another run on this warehouse.")] = 0.0,
) -> None:
    """Read articles into the warehouse and publish a snapshot."""
    from flows.nightly import Night  # noqa: PLC0415
    from flows.terminal import run_and_show  # noqa: PLC0415

    names = tuple(str(path) for path in paths or ())
    run_and_show(Night(names, str(warehouse), workers, shard_size, wait, sources=tuple(sources or ())))


@app.command()
def backfill(
    first: Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help="First night, a day in UTC.")],
    last: Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help="Last night, a day in UTC.")],
    paths: Annotated[list[Path], typer.Argument(help="Files and folders to look through.")],
    undated: Annotated[
        Literal["leave out", "read"], typer.Option(help="What to do with articles that do not say their date.")
    ] = "leave out",
    warehouse: Warehouse = _DEFAULT,
) -> None:
    """Read the articles that were published in a range of nights, and publish a snapshot."""
    from flows.terminal import backfill_and_show  # noqa: PLC0415

    backfill_and_show([str(path) for path in paths], (first.date(), last.date()), undated, str(warehouse))


@app.command()
def rebuild(
    warehouse: Warehouse = _DEFAULT,
    workers: Annotated[int, typer.Option(min=1, help="Worker processes, each about 600 MB.")] = min(
        2, os.cpu_count() or 1
    ),
    wait: Annotated[float, typer.Option(min=0, help="Seconds to wait for another run on this warehouse.")] = 0.0,
    damaged: Annotated[
        Literal["stop", "leave out"], typer.Option(help="What to do where kept bytes of articles are damaged.")
    ] = "stop",
) -> None:
    """Read all articles of the warehouse again, from their kept bytes, with today's code, model and seeds."""
    from flows.terminal import rebuild_and_show  # noqa: PLC0415

    rebuild_and_show(str(warehouse), workers, wait, damaged)


@app.command()
def serve(
    home: Home = _HERE,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 4200,
    notify: Notify = None,
) -> None:
    """Run a Prefect server with UI, a worker and the deployments on this machine, until interrupted."""
    from flows.errors import errors_in_one_line  # noqa: PLC0415
    from flows.serve import serve as start  # noqa: PLC0415

    with errors_in_one_line():
        start(home.resolve(), host, port, notify)


@app.command()
def deploy(home: Home = _HERE, notify: Notify = None) -> None:
    """Register work pool, deployments and automations with the Prefect server that PREFECT_API_URL names."""
    from flows.deploy import deploy as register  # noqa: PLC0415
    from flows.errors import errors_in_one_line  # noqa: PLC0415

    with errors_in_one_line():
        register(home.resolve(), notify)
    typer.echo("registered: work pool dateline, deployments nightly, backfill, rebuild, and the automations")


@app.command()
def doctor(warehouse: Warehouse = _DEFAULT) -> None:
    """Check model, gazetteer, disk, warehouse and Prefect, and say what to do; exit status 1 where one is wrong."""
    from flows.doctor import examine_and_show  # noqa: PLC0415

    examine_and_show(str(warehouse))


@app.command()
def sql(
    query: Annotated[str | None, typer.Argument(help="A query; none: a prompt.")] = None,
    warehouse: Warehouse = _DEFAULT,
    as_of: Annotated[int | None, typer.Option(help="Show an older snapshot, by its number.")] = None,
) -> None:
    """Ask the tables in SQL."""
    from flows.query import query_and_show  # noqa: PLC0415

    query_and_show(query, str(warehouse), as_of)


@app.command()
def explain(
    identifier: Annotated[str, typer.Argument(metavar="ID", help="An event_id or an event_mention_id.")],
    warehouse: Warehouse = _DEFAULT,
    as_of: Annotated[int | None, typer.Option(help="Explain a row of an older snapshot, by its number.")] = None,
) -> None:
    """Show why a row says what it says: its sentence, its evidence, and what was decided against."""
    from flows.explain import explain_and_show  # noqa: PLC0415

    explain_and_show(identifier, str(warehouse), as_of)


@app.command()
def vacuum(
    warehouse: Warehouse = _DEFAULT,
    keep: Annotated[int, typer.Option(min=1, help="Snapshots to keep.")] = 10,
) -> None:
    """Remove old snapshots, and every file that no kept snapshot names."""
    from flows.query import vacuum_and_show  # noqa: PLC0415

    vacuum_and_show(str(warehouse), keep)


def main() -> None:
    """Run the command."""
    app()
