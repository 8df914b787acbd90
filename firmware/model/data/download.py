"""A file over HTTP(S), which goes on where an earlier try ended, if the server can do that (RFC 9110, range requests)."""

import http.client
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import IO

from hardware.errors import InputError

Progress = Callable[[int, int | None], object]  # bytes so far, bytes in all if the server says so

ATTEMPTS = 3
TIMEOUT_S = 30.0
PIECE = 1 << 16
PARTIAL, BEYOND_THE_END = 206, 416


def download(url: str, path: Path, progress: Progress = lambda _done, _total: None, timeout_s: float = TIMEOUT_S) -> None:
    """Into `path`.part, which is kept if it ends early, then renamed. InputError if the server refuses or is not reached."""
    part = path.with_name(f"{path.name}.part")
    for attempt in range(ATTEMPTS):
        try:
            _go_on(url, part, progress, timeout_s)
            break
        except urllib.error.HTTPError as error:
            raise InputError(f"{url} cannot be fetched: the server says {error.code} {error.reason}") from None
        except (OSError, http.client.HTTPException) as error:
            if attempt == ATTEMPTS - 1:
                so_far = part.stat().st_size if part.exists() else 0
                raise InputError(
                    f"{url} cannot be fetched ({error}); {so_far} bytes are kept: try again, and it goes on from there"
                ) from None
    part.replace(path)


def _go_on(url: str, part: Path, progress: Progress, timeout_s: float) -> None:
    done = part.stat().st_size if part.exists() else 0
    request = urllib.request.Request(url, headers={"Range": f"bytes={done}-"} if done else {})
    try:
        answer = urllib.request.urlopen(request, timeout=timeout_s)
    except urllib.error.HTTPError as error:
        if error.code != BEYOND_THE_END:
            raise
        if error.headers.get("Content-Range") == f"bytes */{done}":
            return  # all of it was there
        part.unlink()  # the file has become shorter: it is another one
        raise ConnectionError("the file on the server has changed") from None
    with answer:
        if answer.status != PARTIAL:
            done = 0  # the server sends all of it anew
        length = answer.headers.get("Content-Length")
        with part.open("ab" if done else "wb") as file:
            _copy(answer, file, done, done + int(length) if length else None, progress)


def _copy(answer: http.client.HTTPResponse, file: IO[bytes], done: int, total: int | None, progress: Progress) -> None:
    progress(done, total)
    while piece := answer.read(PIECE):
        file.write(piece)
        done += len(piece)
        progress(done, total)
    if total is not None and done < total:
        raise ConnectionError(f"the connection ended after {done} of {total} bytes")
