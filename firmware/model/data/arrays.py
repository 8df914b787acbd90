"""Files of named arrays (.npz), and a digest of what they hold, whatever their compression and order."""

import hashlib
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from firmware.model.data.sets import PublicSet
from hardware import files
from hardware.errors import InputError

Arrays = Mapping[str, NDArray[Any]]


def digest(arrays: Arrays) -> str:
    """SHA-256 over name, type, shape and content, low byte first, of each array in the order of their names."""
    found = hashlib.sha256()
    for name in sorted(arrays):
        array = np.ascontiguousarray(arrays[name])
        low_first = array.astype(array.dtype.newbyteorder("<"))
        found.update(f"{name} {low_first.dtype.str} {low_first.shape}\n".encode())
        found.update(low_first.tobytes())
    return found.hexdigest()


def write(path: Path, arrays: Arrays) -> None:
    """Beside, then renamed."""
    packed = io.BytesIO()
    np.savez_compressed(packed, **arrays)  # type: ignore[arg-type]  # its stub takes the names for options
    files.write(path, packed.getvalue())


def read(folder: Path, public: PublicSet) -> Arrays:
    """What the set's file holds, proven to be what it should. InputError says what is missing or wrong, and how to get it."""
    path = folder / public.file
    mend = f"run dollar data fetch {public.name}"
    try:
        with np.load(path, allow_pickle=False) as packed:
            arrays = {name: packed[name] for name in packed.files}
    except FileNotFoundError:
        raise InputError(
            f"the data set {public.name} is not there, {path} is missing: {mend}, or name its folder in DOLLAR_DATA"
        ) from None
    except (OSError, ValueError, EOFError, zipfile.BadZipFile) as error:
        raise InputError(f"{path} cannot be read ({error}): remove it and {mend}") from None
    if digest(arrays) != public.digest:
        raise InputError(f"{path} does not hold the data set {public.name} as it was published: remove it and {mend}")
    return arrays


def parts(array: NDArray[Any], lengths: NDArray[Any]) -> list[NDArray[Any]]:
    """What was joined end to end, each with its length, apart again."""
    return np.split(array, np.cumsum(lengths)[:-1])
