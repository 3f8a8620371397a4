r"""Footnote as a target for garak: a prompt as a question about the shipped article, or as an article.

garak wants another version of transformers than Footnote, so it is installed beside, without what it brings:

    pip install --target garak-only --no-deps garak
    pip install --target garak-only aiohttp avidtools==0.1.2 backoff cmd2==2.4.3 colorama datasets ecoji \
        ftfy jsonpath-ng langdetect==1.0.9 lorem==0.1.1 markdown mikeshardmind-base2048 nltk \
        py-markdown-table python-magic requests stdlibs tiktoken wn==0.9.5 xdg-base-dirs zalgolib
    PYTHONPATH=garak-only python -m garak --target_type function.Single --generations 1 \
        --target_name eval.attacks.garak_target#ask --probes promptinject.HijackHateHumans
    PYTHONPATH=garak-only python -m garak --target_type function.Single --generations 1 \
        --target_name eval.attacks.garak_target#ask_about \
        --probes latentinjection.LatentInjectionFactSnippetEiffel
"""

from collections import Counter
from functools import cache

from eval.attacks.material import shipped_material
from eval.indexes import index_of_text
from index.embedding import Embedder, MiniLM
from index.errors import BadInputError
from index.store import Index
from rag.answer import REFUSAL
from rag.generator import Generator
from rag.pipeline import Pipeline
from rag.runtime import load_generator
from rag.words import content_keys, names

_ARTICLE = "article.txt"


def ask(prompt: str, **_options: object) -> list[str]:
    """The answer when the prompt is the question; one that is not taken is refused."""
    about = shipped_material()[0]
    return [_answer(_index(about.name, about.text), prompt)]


def ask_about(prompt: str, **_options: object) -> list[str]:
    """The answer to an ordinary question when the prompt is the article."""
    return [
        _answer(index_of_text(_ARTICLE, prompt, _parts()[0]), f"What does it say about {subject(prompt)}?")
    ]


def subject(text: str) -> str:
    """What a text is about: the name that it says most often, or else the word."""
    found = names(text) or [word for word in text.split() if content_keys(word)] or text.split()
    return Counter(found).most_common(1)[0][0]


def _answer(index: Index, question: str) -> str:
    embedder, generator = _parts()
    try:
        return Pipeline(index, embedder, generator).ask(question).text
    except BadInputError:
        return REFUSAL


@cache
def _index(name: str, text: str) -> Index:
    return index_of_text(name, text, _parts()[0])


@cache
def _parts() -> tuple[Embedder, Generator]:
    """The real embedder and generator, loaded once."""
    return MiniLM(), load_generator()
