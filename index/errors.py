"""The errors a user may meet: each says what is wrong, quotes the value, and names the next step."""


class FootnoteError(Exception):
    """Base of every error that is shown as one line, never as a traceback."""

    exit_code = 1


class BadInputError(FootnoteError):
    """The question, a path or an option can't be used as given."""

    exit_code = 2


class NotReadyError(FootnoteError):
    """An index or a model is missing, mismatched or corrupt; the message names the command that mends it."""

    exit_code = 3
