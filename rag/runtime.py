"""Chooses and loads the generator that a user named."""

import os
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Literal, cast, get_args

from index.errors import BadInputError, NotReadyError
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
    form = form_of(runtime)
    if name in catalogue().models:
        with ThreadPoolExecutor(1) as pool:
            checked = pool.submit(located, name, form)
            # Takes about as long as checking the files does, and leaves the other core to that.
            import safetensors.torch  # noqa: F401

            folder = checked.result()
        return _load_form(folder, name, form)
    place = located(name, form)
    if place.is_file():
        return _load_form(_form_of_gguf(place, form), place.name, form)
    from rag.generators.hugging_face import TransformersGenerator

    return TransformersGenerator(place, place.name if Path(name).is_dir() else name)


def located(name: str, form: Form) -> Path:
    """Where a model stands that is named as for `load_generator`: its form, GGUF file or folder, checked.

    Raises:
        BadInputError: The name fits nothing.
        NotReadyError: It is not on this machine, or altered.
    """
    path = Path(name)
    if name in catalogue().models:
        option = " --runtime transformers" if form == "transformers" else ""
        return open_form(stored(name), form, f"footnote models fetch {name}{option}")
    if path.is_dir() or (path.is_file() and path.suffix == ".gguf"):
        return path
    if is_hub_name(name):
        return open_hub_model(name)
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


def form_of(runtime: str) -> Form:
    """The form of a model that the runtime loads."""
    return "transformers" if runtime == "transformers" else "int8"


def default_threads() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _form_of_gguf(path: Path, form: Form) -> Path:
    """The form made from a GGUF file; made now, or again, where there is none that is whole."""
    place = stored_gguf(path)
    try:
        return open_form(place, form, "footnote models fetch")
    except NotReadyError:
        return make_form(place, form, lambda done, of: None)


def _load_form(folder: Path, name: str, form: Form) -> Generator:
    if form == "transformers":
        from rag.generators.hugging_face import TransformersGenerator

        return TransformersGenerator(folder, name)
    from rag.generators.int8 import Int8Generator
    from rag.kept_states import KeptStates
    from rag.packing import rounding

    states = KeptStates(home() / "states" / f"{folder.parent.name}-{folder.name}-{rounding()}")
    return Int8Generator(folder, name, default_threads(), states)
