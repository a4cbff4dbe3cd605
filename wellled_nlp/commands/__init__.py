"""The commands, a module for each kind of work: options in, one call, a sentence out.

Heavy libraries load inside the commands, so that `wellled --help` answers in the time that Python and click take. To add one: a function
in the module it belongs to, and its name in that module's COMMANDS.
"""

from wellled_nlp.commands import coding, compare, frameworks, labels, library, papers, profile

COMMANDS = (
    *papers.COMMANDS,
    *profile.COMMANDS,
    *library.COMMANDS,
    *compare.COMMANDS,
    *labels.COMMANDS,
    *coding.COMMANDS,
    *frameworks.COMMANDS,
)
