"""Who works: processes of this machine, or the workers of a Dask cluster."""

from collections.abc import Iterator
from contextlib import contextmanager

import joblib

from hardware.errors import InputError

CONNECT_S = 10


@contextmanager
def workers(shared: object, address: str = "") -> Iterator[None]:
    """What joblib runs inside this block runs there; `shared` is what all tasks get, sent once. The cluster's workers need
    this project, what it builds and installs, at the same versions. InputError if the cluster is not to be had.
    """
    if not address:
        yield
        return
    from distributed import Client

    try:
        client = Client(address, timeout=CONNECT_S, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise InputError(f"no Dask scheduler answers at {address} ({error}): start one, or leave --dask out") from None
    with client:
        try:
            client.get_versions(check=True)
        except ValueError as error:
            raise InputError(f"the workers at {address} have other packages than this machine: {error}") from None
        with joblib.parallel_config(backend="dask", client=client, scatter=[shared]):
            yield
