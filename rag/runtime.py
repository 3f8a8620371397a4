"""Chooses and loads the generator that a user named."""

import os
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Literal, cast, get_args

from index.errors import BadInputError
from index.home import home
from rag.catalogue import catalogue
from rag.generator import Generator
from rag.model_store import Form, make_form, open_form, open_hub_model, stored, stored_gguf

Runtime = Literal["auto", "int8", "transformers"]

_HUB_NAME = re.compile(r"[\w-][\w.-]*/[\w-][\w.-]*")


def load_generator(
    model: str | None = None, runtime: Runtime = "auto", server: str | None = None
) -> Generator:
    """Loads the generator.

    Args:
        model: A catalogue name (the default when None), a GGUF file, a local folder, a hub repository
            (``org/name``), or with `server` whatever the server calls it.
        runtime: ``auto`` takes 8-bit weights for the catalogue and GGUF files, transformers for the rest.
        server: The base address of an OpenAI-compatible server.

    Raises:
        BadInputError: The name fits nothing.
        NotReadyError: It is not on this machine, or altered.
    """
    if server is not None:
        from rag.generators.openai_server import OpenAIServerGenerator

        if not server.startswith(("http://", "https://")):
            raise BadInputError(f"--server {server!r} is not an address; write http://HOST:PORT/v1.")
        return OpenAIServerGenerator(server, model or "default", os.environ.get("FOOTNOTE_SERVER_KEY"))
    name = model or catalogue().default
    path = Path(name)
    if name in catalogue().models:
        return _load_catalogue_model(name, "transformers" if runtime == "transformers" else "int8")
    if path.is_file() and path.suffix == ".gguf":
        return _load_gguf(path, "transformers" if runtime == "transformers" else "int8")
    if path.is_dir() or is_hub_name(name):
        from rag.generators.hugging_face import TransformersGenerator

        folder = path if path.is_dir() else open_hub_model(name)
        return TransformersGenerator(folder, path.name if path.is_dir() else name)
    raise catalogue().unknown(name)


def is_hub_name(name: str) -> bool:
    """Whether this can only be a repository on the hub."""
    return _HUB_NAME.fullmatch(name) is not None and not Path(name).exists()


def as_runtime(name: str) -> Runtime:
    """The runtime of that name.

    Raises:
        BadInputError: There is none.
    """
    if name not in get_args(Runtime):
        raise BadInputError(f"There is no runtime {name!r}; write one of {', '.join(get_args(Runtime))}.")
    return cast(Runtime, name)


def default_threads() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _load_catalogue_model(name: str, form: Form) -> Generator:
    option = " --runtime transformers" if form == "transformers" else ""
    command = f"footnote models fetch {name}{option}"
    with ThreadPoolExecutor(1) as pool:
        checked = pool.submit(open_form, stored(name), form, command)
        # Takes about as long as checking the files does, and leaves the other core to that.
        import safetensors.torch  # noqa: F401

        folder = checked.result()
    return _load_form(folder, name, form)


def _load_gguf(path: Path, form: Form) -> Generator:
    place = stored_gguf(path)
    if not place.is_ready(form):
        make_form(place, form, lambda done, of: None)
    return _load_form(open_form(place, form, f"footnote models fetch {path}"), path.name, form)


def _load_form(folder: Path, name: str, form: Form) -> Generator:
    if form == "transformers":
        from rag.generators.hugging_face import TransformersGenerator

        return TransformersGenerator(folder, name)
    from rag.generators.int8 import Int8Generator
    from rag.kept_states import KeptStates
    from rag.packing import rounding

    states = KeptStates(home() / "states" / f"{folder.parent.name}-{folder.name}-{rounding()}")
    return Int8Generator(folder, name, default_threads(), states)
