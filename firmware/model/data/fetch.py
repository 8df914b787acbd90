"""A public set from its public home to the .npz file that the loaders read.

The archive's own checksum is not known beforehand and may change with GitHub's compression. So the converted arrays are compared,
by their SHA-256 digest in sets.py: it is right only if each byte of the originals that matters is.
"""

import tarfile
import zlib
from pathlib import Path, PurePosixPath

from firmware.model.data import arrays
from firmware.model.data.download import Progress, download
from firmware.model.data.originals import convert
from firmware.model.data.place import VARIABLE
from firmware.model.data.sets import PublicSet
from hardware.errors import InputError

HOME = "https://codeload.github.com"


def url(public: PublicSet, home: str = HOME) -> str:
    """The repository at its commit as GitHub packs it."""
    return f"{home}/{public.repository}/tar.gz/{public.commit}"


def present(public: PublicSet, folder: Path) -> bool:
    try:
        arrays.read(folder, public)
    except InputError:
        return False
    return True


def fetch(public: PublicSet, folder: Path, home: str = HOME, progress: Progress = lambda _done, _total: None) -> Path:
    """Download, convert, prove, write. InputError, and no file, if any of these fails."""
    archive = folder / f".{public.name}.{public.commit[:8]}.tar.gz"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        archive.touch()
    except OSError as error:
        raise InputError(f"{folder} cannot be written ({error.strerror}): name another folder in {VARIABLE}") from None
    try:
        download(url(public, home), archive, progress)
        converted = convert(public.name, _originals(archive, public.folder))
        if arrays.digest(converted) != public.digest:
            raise InputError(f"{url(public, home)} does not hold the originals of {public.name}: is it altered on the way?")
        arrays.write(folder / public.file, converted)
    finally:
        archive.unlink(missing_ok=True)  # what is kept of a download that ended early has another name
    return folder / public.file


def _originals(archive: Path, folder: str) -> dict[str, bytes]:
    """The files of `folder` by their names in it. Nothing is written to disk, so that no name can do harm."""
    found = {}
    try:
        with tarfile.open(archive, "r:gz") as packed:
            for member in packed:
                inside = PurePosixPath(*PurePosixPath(member.name).parts[1:])  # the first part is repository and commit
                content = packed.extractfile(member) if inside.is_relative_to(folder) else None
                if content is not None:
                    found[str(inside.relative_to(folder))] = content.read()
    except (tarfile.TarError, EOFError, OSError, zlib.error) as error:
        raise InputError(f"the archive of {archive.name} is damaged ({error}): fetch it again") from None
    if not found:
        raise InputError(f"the archive of {archive.name} has nothing in {folder}: it is not the repository that sets.py names")
    return found
