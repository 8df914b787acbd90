"""A server of one archive on this machine, which can fail as servers do."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Archive:
    """`breaks`: after how many bytes each of the first answers ends. `asked`: path and range of each request."""

    content: bytes
    ranges: bool = True
    status: int = 200
    breaks: list[int] = field(default_factory=list)
    length_is_said: bool = True
    asked: list[tuple[str, str | None]] = field(default_factory=list)


@contextmanager
def serving(archive: Archive) -> Iterator[str]:
    """The server's address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            _answer(self, archive)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _answer(request: BaseHTTPRequestHandler, archive: Archive) -> None:
    wanted = request.headers.get("Range")
    archive.asked.append((request.path, wanted))
    begin = int(wanted.removeprefix("bytes=").removesuffix("-")) if wanted and archive.ranges else 0
    if archive.status != 200:
        request.send_error(archive.status)
        return
    if begin and begin >= len(archive.content):
        request.send_response(416)
        request.send_header("Content-Range", f"bytes */{len(archive.content)}")
        request.end_headers()
        return
    rest = archive.content[begin:]
    request.send_response(206 if begin else 200)
    if archive.length_is_said:
        request.send_header("Content-Length", str(len(rest)))
    request.end_headers()
    request.wfile.write(rest[: archive.breaks.pop(0)] if archive.breaks else rest)
