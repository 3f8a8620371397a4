"""Which systems there are, what each needs, and how it is put together."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from eval.systems.baselines import ModelAlone, PlainPrompt
from eval.systems.best_sentence import BestSentence
from eval.systems.product import Product
from eval.systems.system import System
from index.embedding import Embedder
from index.errors import BadInputError
from index.store import Index
from rag.generator import Generator, Preparing

PRODUCT = "product"

Load = Literal["chosen", "transformers"]
"""Which generator is meant: the one that the user chose, or the same model in plain transformers."""


@dataclass
class Tools:
    """What systems are made with; each generator is loaded once, when the first system needs it."""

    embedder: Embedder
    load: Callable[[Load], Generator]
    _loaded: dict[Load, Generator] = field(default_factory=dict)

    def generator(self, which: Load) -> Generator:
        """The generator, loaded now or before."""
        if which not in self._loaded:
            self._loaded[which] = _prepared(self.load(which))
        return self._loaded[which]


def _prepared(generator: Generator) -> Generator:
    if isinstance(generator, Preparing):
        generator.prepare()
    return generator


@dataclass(frozen=True, slots=True)
class Kind:
    """A system that can be made: the generator it needs, if any, and its maker."""

    needs: Load | None
    make: Callable[[Index, Tools], System]


def _product(name: str, dense_weight: float | None = None) -> Kind:
    return Kind(
        "chosen",
        lambda index, tools: Product(name, index, tools.embedder, tools.generator("chosen"), dense_weight),
    )


def _plain(name: str, which: Load) -> Kind:
    return Kind(which, lambda index, tools: PlainPrompt(name, index, tools.embedder, tools.generator(which)))


KINDS: Mapping[str, Kind] = {
    PRODUCT: _product(PRODUCT),
    "bm25_only": _product("bm25_only", 0.0),
    "dense_only": _product("dense_only", 1.0),
    "best_sentence": Kind(None, lambda index, tools: BestSentence(index, tools.embedder)),
    "plain_prompt": _plain("plain_prompt", "chosen"),
    "plain_transformers": _plain("plain_transformers", "transformers"),
    "model_alone": Kind("chosen", lambda index, tools: ModelAlone(tools.generator("chosen"))),
}
"""Every system by its name."""


def kind_of(name: str) -> Kind:
    """The kind of that name.

    Raises:
        BadInputError: There is none.
    """
    if name not in KINDS:
        raise BadInputError(f"There is no system {name!r}; write some of {', '.join(KINDS)}.")
    return KINDS[name]


def systems_of(text: str) -> tuple[str, ...]:
    """The systems named in a text such as ``product,best_sentence``, each once.

    Raises:
        BadInputError: There is no such system.
    """
    names = tuple(dict.fromkeys(name.strip() for name in text.split(",")))
    for name in names:
        kind_of(name)
    return names


def asks_a_model(names: Sequence[str]) -> bool:
    """Whether one of the systems needs a language model."""
    return any(kind_of(name).needs is not None for name in names)
