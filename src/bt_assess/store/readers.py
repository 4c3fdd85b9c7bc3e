"""Reading very many files in processes of their own, so that no key waits and all cores help.

A parser in a thread would hold the interpreter; another process does not.
"""

import json
import marshal
import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator
from queue import SimpleQueue
from threading import Lock, Semaphore, Thread
from typing import IO, Any, Self, TypeAlias

from bt_assess.store.reading import LENGTH, READY, Row, Sums

Chunk: TypeAlias = range
"""Files to read, by number."""
Read: TypeAlias = tuple[list[Row], Sums]
"""The rows of a chunk, and what those that count add up to."""

CHUNK = 200
_AHEAD = 2
"""How many chunks a process has at a time, so that it never waits for the next one."""
_MOST_WAITING = 8
_MOST_PROCESSES = 4


class Readers:
    """Processes that turn files into rows; leaving the context ends them at once."""

    def __init__(
        self, recipe: dict[str, Any], count: int, file: Callable[[int], tuple[str, bool]]
    ) -> None:
        """`file` gives the path of each, and whether it counts in the sums."""
        self._recipe = recipe
        # Paths are made up when they are handed out: a hundred thousand of them take room.
        self._file = file
        self._chunks = deque(
            range(first, min(first + CHUNK, count)) for first in range(0, count, CHUNK)
        )
        self._left = count
        self._results: SimpleQueue[tuple[Chunk, Read | None] | None] = SimpleQueue()
        self._lock = Lock()
        self._children: set[subprocess.Popen[bytes]] = set()
        self._is_over = False
        # Rows take room too: who reads waits for who writes them down.
        self._room = Semaphore(_MOST_WAITING)
        processes = min(len(self._chunks), os.cpu_count() or 1, _MOST_PROCESSES)
        self._threads = [Thread(target=self._serve, daemon=True) for _ in range(processes)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._is_over = True
            self._chunks.clear()
            for child in self._children:
                child.kill()
        self._room.release(2 * len(self._threads))
        for thread in self._threads:
            thread.join()

    def rows(self) -> Iterator[tuple[Chunk, Read | None]]:
        """Chunks as they are read, with their rows.

        None instead of rows for a file whose reading ended the process. Fewer chunks than there was
        work when no process can be had: the rest, `unread`, is still to be read.
        """
        running = len(self._threads)
        while self._left and running:
            result = self._results.get()
            if result is None:
                running -= 1
            else:
                self._left -= len(result[0])
                self._room.release()
                yield result

    @property
    def unread(self) -> list[int]:
        """What no process could be had for."""
        return [number for chunk in self._chunks for number in chunk]

    def _serve(self) -> None:
        """Keep a process busy; start another one when a file was too much for it."""
        try:
            while self._chunks and self._one_process():
                pass
        finally:
            self._results.put(None)

    def _one_process(self) -> bool:
        """Let one process read until nothing is left or it dies; whether it worked at all."""
        given: deque[Chunk] = deque()
        is_ready = False
        try:
            with self._started() as child:
                work, rows = child.stdin, child.stdout
                try:
                    if work is None or rows is None:
                        return False
                    _send(work, self._recipe)
                    is_ready = rows.readline() == READY.encode()
                    while is_ready and self._hand_out(work, given):
                        length = int.from_bytes(rows.read(LENGTH), "big")
                        answer = rows.read(length)
                        if not length or len(answer) < length:
                            break
                        self._room.acquire()
                        if self._is_over:
                            break
                        found = marshal.loads(answer)  # noqa: S302 - of our own process
                        self._results.put((given.popleft(), found))
                finally:
                    with self._lock:
                        self._children.discard(child)
                    child.kill()
        except OSError:
            pass
        self._take_back(given)
        return is_ready

    def _started(self) -> "subprocess.Popen[bytes]":
        child = subprocess.Popen(
            [sys.executable, "-P", "-m", "bt_assess.store.reading"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # What is typed at the terminal, Ctrl+C too, is for the program and not for this.
            start_new_session=True,
        )
        with self._lock:
            self._children.add(child)
            if self._is_over:
                child.kill()
        return child

    def _hand_out(self, to: IO[bytes], given: deque[Chunk]) -> bool:
        """Give work until there is enough ahead; False when none is left and all is done."""
        while len(given) < _AHEAD:
            with self._lock:
                if not self._chunks:
                    break
                chunk = self._chunks.popleft()
            given.append(chunk)
            _send(to, [self._file(number) for number in chunk])
        return bool(given)

    def _take_back(self, given: deque[Chunk]) -> None:
        """After a death: one of the first chunk's files did it, so they are tried one by one."""
        with self._lock:
            if not given or self._is_over:
                return
            first = given.popleft()
            self._chunks.extendleft(reversed(given))
            if len(first) > 1:
                self._chunks.extendleft(range(n, n + 1) for n in reversed(first))
                return
        self._room.acquire()
        self._results.put((first, None))


def _send(to: IO[bytes], what: Any) -> None:
    to.write(json.dumps(what).encode() + b"\n")
    to.flush()
