import inspect
from pathlib import Path

import gradio
import pytest
from gradio.component_meta import create_or_modify_pyi

from ui.quick_gradio import without_stubs


def test_gradio_writes_no_stubs_meanwhile() -> None:
    with without_stubs():
        create_or_modify_pyi(gradio.Textbox, "NoSuchClass", [])
    with pytest.raises(ValueError, match="class source code"):
        create_or_modify_pyi(gradio.Textbox, "NoSuchClass", [])


def test_other_sources_are_found_and_all_of_them_afterwards() -> None:
    with without_stubs():
        assert Path(inspect.getfile(Path)).name == "pathlib.py"
        with pytest.raises(OSError, match="left as they are"):
            inspect.getfile(gradio.Textbox)
    assert inspect.getfile(gradio.Textbox).endswith("textbox.py")
