# SPDX-License-Identifier: Apache-2.0
"""Runs one unmodified event source or event filter plugin for the process that started us.

One JSON object per line. The first line that comes in says what to run:
    {"kind": "source" | "filter", "path": FILE, "args": {...}, "roots": [DIRECTORY, ...]}
A source sends {"put": [EVENT, ...]} and waits for {"ack": true} before its put returns;
a filter gets {"event": EVENT} and sends {"result": [EVENT, ...]}.
Both may send {"dropped": WHY} and end with {"error": {"type", "message", "traceback"}};
a source whose main returns sends {"end": true}.
What a plugin prints goes to standard error.
"""

import asyncio
import inspect
import json
import os
import runpy
import signal
import sys
import threading
import traceback

GRACE_SECONDS = 2


def open_pipes():
    """Keeps our two pipes to ourselves: a plugin that prints or reads must not disturb them."""
    incoming = os.fdopen(os.dup(0), "r", encoding="utf-8", newline="\n")
    outgoing = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return incoming, outgoing


def end_group():
    """Ends us and all that we started, unless it has left our process group."""
    os.killpg(0, signal.SIGKILL)


class Wire:
    def __init__(self, outgoing):
        self.outgoing = outgoing
        self.lock = threading.Lock()

    def send(self, message):
        line = json.dumps(message, allow_nan=False)
        with self.lock:
            self.outgoing.write(line + "\n")
            self.outgoing.flush()

    def fail(self, error):
        lines = traceback.format_exception(type(error), error, error.__traceback__)
        self.send(
            {
                "error": {
                    "type": type(error).__name__,
                    "message": str(error),
                    "traceback": "".join(lines),
                }
            }
        )


class PluginQueue(asyncio.Queue):
    """The queue that a source puts its events into: it holds one, until whoever reads us has taken it."""

    def __init__(self, wire):
        super().__init__(maxsize=1)
        self.wire = wire
        self.turn = asyncio.Lock()
        self.taken = None

    def acknowledged(self):
        if self.taken is not None and not self.taken.done():
            self.taken.set_result(None)

    def full(self):
        return self.taken is not None and not self.taken.done()

    def empty(self):
        return not self.full()

    def qsize(self):
        return 1 if self.full() else 0

    async def put(self, item):
        async with self.turn:
            if self.full():
                await self.taken
            if self.hand_over(item):
                await self.taken

    def put_nowait(self, item):
        if self.turn.locked() or self.full():
            raise asyncio.QueueFull
        self.hand_over(item)

    def hand_over(self, item):
        ready = [event for event in as_list(item) if self.is_sendable(event)]
        if not ready:
            return False
        self.taken = asyncio.get_running_loop().create_future()
        self.wire.send({"put": ready})
        return True

    def is_sendable(self, event):
        return is_sendable(self.wire, event)


def as_list(value):
    return value if isinstance(value, list) else [value]


def is_sendable(wire, event):
    """An event that is no mapping ends the plugin; one that is not JSON is dropped, and life goes on."""
    if not isinstance(event, dict):
        raise TypeError(f"an event must be a dict, not {type(event).__name__}")
    try:
        json.dumps(event, allow_nan=False)
    except (TypeError, ValueError) as error:
        wire.send({"dropped": f"{type(error).__name__}: {error}"})
        return False
    return True


def load(task):
    sys.path.extend(root for root in task["roots"] if root not in sys.path)
    module = runpy.run_path(task["path"])
    if "main" not in module:
        raise AttributeError(f"the plugin {task['path']} has no function main")
    return module["main"]


async def run_source(wire, incoming, task):
    main = load(task)
    if not inspect.iscoroutinefunction(main):
        raise TypeError(f"main of the source plugin {task['path']} must be declared with async def")
    loop = asyncio.get_running_loop()
    queue = PluginQueue(wire)
    running = asyncio.ensure_future(main(queue, task["args"]))

    def listen():
        for _ in incoming:
            loop.call_soon_threadsafe(queue.acknowledged)
        end_group()  # whoever reads us is gone

    def stop():
        loop.call_later(GRACE_SECONDS, end_group)
        running.cancel()

    loop.add_signal_handler(signal.SIGTERM, stop)
    threading.Thread(target=listen, daemon=True).start()
    await running
    wire.send({"end": True})


def run_filter(wire, incoming, task):
    main = load(task)
    for line in incoming:
        result = main(json.loads(line)["event"], **task["args"])
        if inspect.isawaitable(result):
            raise TypeError(f"main of the filter plugin {task['path']} must not be declared with async def")
        wire.send({"result": [event for event in as_list(result) if is_sendable(wire, event)]})


def run():
    try:
        os.setsid()
    except PermissionError:
        pass  # we lead a session already
    incoming, outgoing = open_pipes()
    wire = Wire(outgoing)
    task = json.loads(incoming.readline())
    try:
        if task["kind"] == "source":
            asyncio.run(run_source(wire, incoming, task))
        else:
            run_filter(wire, incoming, task)
    except asyncio.CancelledError:
        pass
    except BaseException as error:  # whatever it is, it belongs into the log of who started us
        wire.fail(error)
    sys.stdout.flush()
    sys.stderr.flush()
    end_group()


run()
