"""One family of errors that are shown to the user: what is wrong, where, and what to do about it."""


class WellledError(Exception):
    """A fault that the user can do something about; shown without a traceback.

    `message` says what is wrong and where (file, page, line); `hint` says what to do.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class InputError(WellledError):
    """The paths or options given cannot be worked with."""

    exit_code = 2


class ReadError(WellledError):
    """A document could not be read: locked, damaged, of an unknown kind, or past a limit.

    lasting: whether that lies in its content alone, so that it is the same whenever it is tried; a lack of time or of a password may pass.
    """

    def __init__(self, message: str, hint: str = "", *, lasting: bool = False) -> None:
        super().__init__(message, hint)
        self.lasting = lasting


class CodebookError(WellledError):
    """A facet, lexicon or crosswalk file is at fault."""


class SettingsError(WellledError):
    """A settings file holds an unknown key or a value that makes no sense."""

    exit_code = 2


class ModelError(WellledError):
    """A model is missing, or was made for another codebook than the one in use."""


class EngineError(WellledError):
    """The processes or machines that read were lost, cannot be reached, or do not fit."""


class OutputError(WellledError):
    """The report or a table could not be written."""
